/// Finds where events begin and end in UTF-8 text, whatever stands around them, and resynchronises after damage.
///
/// Only the tags are looked at; whether an event is well-formed is for the parser to say.
struct EventSplitter {
  /// A part of the text that is or was an event.
  enum Piece: Equatable {
    /// From the opening tag to the end of the closing tag.
    case event(Range<Int>)
    /// An event whose closing tag is missing: it ends where the next one begins, or with the text.
    case unterminated(Range<Int>)
    /// The rest of an event whose opening tag is missing.
    case headless(Range<Int>)
  }

  private let text: UnsafeRawBufferPointer
  private let tag: EventTag
  private let closingName: [UInt8]
  private(set) var position = 0
  private var pending: Piece?

  init(_ text: UnsafeRawBufferPointer, tag: EventTag) {
    self.text = text
    self.tag = tag
    closingName = Array(tag.closing.dropLast())
  }

  /// Whether the byte after an element's name ends the name.
  static func endsName(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard index < text.count else { return false }
    return text[index].isXMLSpace || text[index] == UInt8(ascii: ">") || text[index] == UInt8(ascii: "/")
  }

  mutating func next() -> Piece? {
    if let piece = pending {
      pending = nil
      return piece
    }
    let gapStart = position
    guard let start = opening(from: position) else {
      position = text.count
      return headless(in: gapStart..<text.count)
    }
    let piece = event(at: start)
    guard let rest = headless(in: gapStart..<start) else { return piece }
    pending = piece
    return rest
  }

  /// Takes the last event back and gives it another end, one that comments and CDATA sections do not hide.
  ///
  /// - Returns: The longer event, or nil when its end was right.
  mutating func extend(_ range: Range<Int>) -> Range<Int>? {
    guard let end = carefulEnd(of: range.lowerBound), end > range.upperBound else { return nil }
    position = end
    pending = nil
    return range.lowerBound..<end
  }

  private mutating func event(at start: Int) -> Piece {
    let end = closing(from: start)
    let next = opening(from: start + tag.opening.count, before: end ?? text.count)
    if let end, next == nil {
      position = end
      return .event(start..<end)
    }
    if let next, mayNest(start..<next), let end = carefulEnd(of: start) {
      position = end
      return .event(start..<end)
    }
    position = next ?? text.count
    return .unterminated(start..<position)
  }

  private func opening(from start: Int, before end: Int? = nil) -> Int? {
    var from = start
    let limit = end ?? text.count
    let head = text.slice(0..<limit)
    while let found = head.firstIndex(of: tag.opening, from: from) {
      if Self.endsName(text, found + tag.opening.count) { return found }
      from = found + tag.opening.count
    }
    return nil
  }

  /// The offset after the first closing tag; `</Event >` counts too.
  private func closing(from start: Int, before limit: Int? = nil) -> Int? {
    var from = start
    let text = text.slice(0..<(limit ?? text.count))
    while let found = text.firstIndex(of: closingName, from: from) {
      if let end = Self.endOfClosingTag(text, nameEnd: found + closingName.count) { return end }
      from = found + closingName.count
    }
    return nil
  }

  private static func endOfClosingTag(_ text: UnsafeRawBufferPointer, nameEnd: Int) -> Int? {
    var index = nameEnd
    while index < text.count, text[index].isXMLSpace { index += 1 }
    return index < text.count && text[index] == UInt8(ascii: ">") ? index + 1 : nil
  }

  /// Whether an opening tag may stand inside an event: as an element of its payload, in a comment or as CDATA.
  private func mayNest(_ head: Range<Int>) -> Bool {
    let head = text.slice(head)
    return head.firstIndex(of: "UserData") != nil || head.firstIndex(of: "<!") != nil
  }

  /// The end of an event found tag by tag, comments and CDATA sections skipped; nil when there is none nearby.
  private func carefulEnd(of start: Int) -> Int? {
    var depth = 0
    var position = start
    while let bracket = text.firstIndex(of: UInt8(ascii: "<"), from: position) {
      position = bracket + 1
      if text.matches("<![CDATA[", at: bracket) {
        guard let end = text.firstIndex(of: "]]>", from: bracket) else { return nil }
        position = end + 3
      } else if text.matches("<!--", at: bracket) {
        guard let end = text.firstIndex(of: "-->", from: bracket + 4) else { return nil }
        position = end + 3
      } else if text.matches(tag.opening, at: bracket), Self.endsName(text, bracket + tag.opening.count) {
        depth += 1
        // Payloads do not nest events; many openings in a row are lost closing tags.
        if depth > 8 { return nil }
      } else if text.matches(closingName, at: bracket),
        let end = Self.endOfClosingTag(text, nameEnd: bracket + closingName.count)
      {
        depth -= 1
        if depth == 0 { return end }
      }
    }
    return nil
  }

  /// What between events is the rest of one: it has a closing tag or a header of its own.
  private func headless(in gap: Range<Int>) -> Piece? {
    guard gap.count > 8 else { return nil }
    let between = text.slice(gap)
    let hasRest =
      closing(from: gap.lowerBound, before: gap.upperBound) != nil || between.firstIndex(of: "<System>") != nil
    return hasRest ? .headless(gap) : nil
  }
}
