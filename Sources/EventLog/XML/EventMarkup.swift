/// Recognises the tags around events in an input's bytes.
struct EventMarkup: Sendable {
  let units: CodeUnits
  private let opening: [UInt8]
  private let closing: [UInt8]
  private let header: [UInt8]
  private let payload: [UInt8]

  init(_ tag: EventTag, units: CodeUnits = .utf8) {
    self.units = units
    opening = units.encode(tag.opening)
    closing = units.encode(tag.closing)
    header = units.encode(tag.header)
    payload = units.encode("UserData")
  }

  /// The first `<Event` at or after an offset.
  func opening(in text: UnsafeRawBufferPointer, from start: Int) -> Range<Int>? {
    var from = start
    while let found = units.firstIndex(of: opening, in: text, from: from) {
      from = found + opening.count
      if endsName(text, from) { return found..<from }
    }
    return nil
  }

  /// The last `<Event` that ends at or before an offset.
  func lastOpening(in text: UnsafeRawBufferPointer, before end: Int) -> Range<Int>? {
    var end = end
    while let found = units.lastIndex(of: opening, in: text, endingBefore: end) {
      if endsName(text, found + opening.count) { return found..<found + opening.count }
      end = found
    }
    return nil
  }

  /// The first `</Event>` at or after an offset; `</Event >` counts too.
  func closing(in text: UnsafeRawBufferPointer, from start: Int) -> Range<Int>? {
    var from = start
    while let found = units.firstIndex(of: closing, in: text, from: from) {
      from = found + closing.count
      while units.byte(text, from).isXMLSpace { from += units.width }
      if units.byte(text, from) == UInt8(ascii: ">") { return found..<from + units.width }
    }
    return nil
  }

  /// Whether an opening tag is an event's and not that of an element which happens to have the same name: the header
  /// is the next thing after it. Such a place tears no event, whatever damage precedes it.
  func startsEvent(_ text: UnsafeRawBufferPointer, at opening: Range<Int>) -> Bool {
    guard let next = units.firstIndex(of: UInt8(ascii: "<"), in: text, from: opening.upperBound) else { return false }
    return text.matches(header, at: next) && endsName(text, next + header.count)
  }

  /// The first opening tag of an event at or after an offset, see ``startsEvent(_:at:)``.
  func eventStart(in text: UnsafeRawBufferPointer, from start: Int) -> Range<Int>? {
    var from = start
    while let found = opening(in: text, from: from) {
      if startsEvent(text, at: found) { return found }
      from = found.upperBound
    }
    return nil
  }

  /// Whether a tag is `<Event …/>`.
  func isSelfClosing(_ text: UnsafeRawBufferPointer, at opening: Range<Int>) -> Bool {
    let next = units.firstIndex(of: UInt8(ascii: "<"), in: text, from: opening.upperBound) ?? text.count
    let tag = text.slice(0..<next)
    guard let end = units.firstIndex(of: UInt8(ascii: ">"), in: tag, from: opening.upperBound) else { return false }
    return units.byte(text, end - units.width) == UInt8(ascii: "/")
  }

  /// Whether a part of the text has the opening tag of an event's header.
  func hasHeader(_ text: UnsafeRawBufferPointer, in range: Range<Int>) -> Bool {
    let head = text.slice(0..<range.upperBound)
    var from = range.lowerBound
    while let found = units.firstIndex(of: header, in: head, from: from) {
      from = found + header.count
      if endsName(text, from) { return true }
    }
    return false
  }

  /// How often `UserData` is opened or closed in a part of the text.
  func payloadTags(_ text: UnsafeRawBufferPointer, in range: Range<Int>) -> Int {
    let head = text.slice(0..<range.upperBound)
    var (count, from) = (0, range.lowerBound)
    while let found = units.firstIndex(of: payload, in: head, from: from) {
      count += 1
      from = found + payload.count
    }
    return count
  }

  /// Whether the character after an element's name ends the name.
  func endsName(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    let byte = units.byte(text, index)
    return byte.isXMLSpace || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }
}
