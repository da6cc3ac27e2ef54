/// Reads the header of an event in the one plain shape that exporters write, and checks that the rest of the event is
/// plain and well-formed too, so that nothing of it needs to be parsed when no rule asks for it.
///
/// The scanner is conservative: what it accepts, a strict XML 1.0 parser accepts with the same values. Everything else
/// (prefixes, comments, CDATA, declarations, odd names, unknown references, anything to mend) it leaves to the parser.
struct PlainEventScanner {
  private static let depthLimit = 16
  private static let attributeLimit = 16
  private static let nameLimit = 48
  private static let sizeLimit = 64 * 1024

  private let text: UnsafeRawBufferPointer
  private var position = 0
  private var header = EventHeader()
  private var seen = FieldSet()

  /// The header of a plain event; nil for any other text.
  static func header(of text: UnsafeRawBufferPointer, limits: ReadingLimits) -> EventHeader? {
    guard text.count <= min(sizeLimit, limits.eventBytes), limits.depth >= depthLimit else { return nil }
    var scanner = PlainEventScanner(text: text)
    guard scanner.scan() else { return nil }
    let header = scanner.header
    // An event without either is unreadable, which is for the parser to say.
    return header.provider.isEmpty && header.eventID == nil ? nil : header
  }

  private init(text: UnsafeRawBufferPointer) { self.text = text }

  private struct FieldSet: OptionSet {
    let rawValue: UInt8
    static let system = FieldSet(rawValue: 1)
    static let provider = FieldSet(rawValue: 2)
    static let eventID = FieldSet(rawValue: 4)
    static let level = FieldSet(rawValue: 8)
    static let time = FieldSet(rawValue: 16)
    static let channel = FieldSet(rawValue: 32)
    static let computer = FieldSet(rawValue: 64)
  }

  // MARK: Structure

  private mutating func scan() -> Bool {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: Self.depthLimit) { names in
      var depth = 0
      var isInSystem = false
      repeat {
        guard position < text.count, text[position] == UInt8(ascii: "<") else { return false }
        position += 1
        if peek == UInt8(ascii: "/") {
          position += 1
          let start = position
          guard depth > 0, skipName(), equal(start..<position, names[depth - 1]), closeTag() else { return false }
          depth -= 1
          if depth == 1 { isInSystem = false }
        } else {
          let start = position
          guard depth < Self.depthLimit, skipName() else { return false }
          let name = start..<position
          if depth == 1, matches(name, "System") {
            guard seen.insert(.system).inserted else { return false }
            isInSystem = true
          }
          let isField = isInSystem && depth == 2
          guard let isEmpty = attributes(of: isField ? name : nil) else { return false }
          if isEmpty {
            if depth == 1 { isInSystem = false }
            if depth == 0 { return position == text.count }
          } else {
            names.initializeElement(at: depth, to: name)
            depth += 1
            if isField, !fieldText(name) { return false }
          }
        }
        guard depth == 0 || skipText() else { return false }
      } while depth > 0
      return position == text.count
    }
  }

  private var peek: UInt8 { position < text.count ? text[position] : 0 }

  /// An ASCII name without a prefix.
  private mutating func skipName() -> Bool {
    let start = position
    while position < text.count, Self.kinds[Int(text[position])] & Self.nameByte != 0 { position += 1 }
    guard position - start <= Self.nameLimit else { return false }
    return position > start && Self.kinds[Int(text[start])] & Self.nameStart != 0
  }

  private mutating func closeTag() -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: ">") else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < text.count, text[position].isXMLSpace { position += 1 }
  }

  /// The attributes of an element up to the end of its tag.
  ///
  /// - Parameter field: The element's name when it is a child of `<System>`.
  /// - Returns: Whether the element is empty (`/>`); nil when the tag is not plain.
  private mutating func attributes(of field: Range<Int>?) -> Bool? {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: Self.attributeLimit) { names in
      var count = 0
      while true {
        let before = position
        skipSpace()
        if peek == UInt8(ascii: ">") {
          position += 1
          return false
        }
        if peek == UInt8(ascii: "/") {
          position += 1
          guard peek == UInt8(ascii: ">") else { return nil }
          position += 1
          return true
        }
        guard position > before, count < Self.attributeLimit, let name = attributeName() else { return nil }
        for other in 0..<count where equal(names[other], name) { return nil }
        names.initializeElement(at: count, to: name)
        count += 1
        guard let value = attributeValue() else { return nil }
        if let field, !takeAttribute(field, name, value) { return nil }
      }
    }
  }

  /// A plain name, or `xmlns:prefix`: other prefixes would have to be declared.
  private mutating func attributeName() -> Range<Int>? {
    let start = position
    guard skipName() else { return nil }
    if peek == UInt8(ascii: ":") {
      guard matches(start..<position, "xmlns") else { return nil }
      position += 1
      let prefix = position
      guard skipName(), !matches(prefix..<position, "xml"), !matches(prefix..<position, "xmlns") else { return nil }
    }
    return start..<position
  }

  private mutating func attributeValue() -> Range<Int>? {
    skipSpace()
    guard peek == UInt8(ascii: "=") else { return nil }
    position += 1
    skipSpace()
    let quote = peek
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    position += 1
    let start = position
    while position < text.count {
      let byte = text[position]
      if byte == quote {
        position += 1
        return start..<position - 1
      }
      // The parser turns white space within a value into blanks, so only blanks are plain.
      if byte < 0x20 || byte == UInt8(ascii: "<") { return nil }
      guard skipCharacter() else { return nil }
    }
    return nil
  }

  // MARK: Text

  /// Text up to the next tag.
  private mutating func skipText() -> Bool {
    while position < text.count {
      let byte = text[position]
      if Self.kinds[Int(byte)] & Self.plainByte != 0 {
        position += 1
      } else if byte == UInt8(ascii: "<") {
        return true
      } else if !skipCharacter() {
        return false
      }
    }
    return false
  }

  /// One character or reference that needs a closer look.
  private mutating func skipCharacter() -> Bool {
    let byte = text[position]
    switch byte {
    case UInt8(ascii: "&"):
      return skipReference()
    case UInt8(ascii: "]"):
      if text.matches("]]>", at: position) { return false }
      position += 1
      return true
    case 0x80...:
      guard let length = LenientUTF8.lengthOfXMLCharacter(text, at: position) else { return false }
      position += length
      return true
    case 0x20..., 0x09, 0x0A, 0x0D:
      position += 1
      return true
    default:
      return false
    }
  }

  private mutating func skipReference() -> Bool {
    for reference: StaticString in ["&lt;", "&gt;", "&amp;", "&quot;", "&apos;"]
    where text.matches(reference, at: position) {
      position += reference.utf8CodeUnitCount
      return true
    }
    // Two to four digits cover what exporters write: line breaks, tabs and Latin letters.
    guard text.matches("&#", at: position) else { return false }
    var index = position + 2
    let isHexadecimal = index < text.count && text[index] == UInt8(ascii: "x")
    if isHexadecimal { index += 1 }
    var number = 0
    let first = index
    while index < text.count, index - first < 4, let digit = Self.digit(text[index], isHexadecimal) {
      number = number * (isHexadecimal ? 16 : 10) + digit
      index += 1
    }
    let isCharacter = number == 0x9 || number == 0xA || number == 0xD || (0x20..<0xD800).contains(number)
    guard index > first, index < text.count, text[index] == UInt8(ascii: ";"), isCharacter else { return false }
    position = index + 1
    return true
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte - 0x30)
    case 0x41...0x46 where isHexadecimal: Int(byte - 0x37)
    case 0x61...0x66 where isHexadecimal: Int(byte - 0x57)
    default: nil
    }
  }

  // MARK: Fields

  private mutating func takeAttribute(_ element: Range<Int>, _ name: Range<Int>, _ value: Range<Int>) -> Bool {
    if matches(element, "Provider"), matches(name, "Name") {
      guard seen.insert(.provider).inserted, let plain = plainValue(value) else { return false }
      header.provider = plain
    } else if matches(element, "TimeCreated"), matches(name, "SystemTime") {
      guard seen.insert(.time).inserted, let plain = plainValue(value) else { return false }
      header.timeCreated = EventTime(utf8: plain)
    }
    return true
  }

  /// The text of a child of `<System>` that the header holds; false when it is not plain.
  private mutating func fieldText(_ name: Range<Int>) -> Bool {
    let field: FieldSet
    if matches(name, "EventID") {
      field = .eventID
    } else if matches(name, "Channel") {
      field = .channel
    } else if matches(name, "Computer") {
      field = .computer
    } else if matches(name, "Level") {
      field = .level
    } else {
      return true
    }
    guard seen.insert(field).inserted else { return false }
    let start = position
    guard skipText(), text.matches("</", at: position), let value = plainValue(start..<position) else { return false }
    switch field {
    case .eventID:
      header.eventID = Self.number(value)
      return value.isEmpty || header.eventID != nil
    case .level:
      header.level = Self.number(value).flatMap { UInt8(exactly: $0) }.map(Level.init(rawValue:))
      return value.isEmpty || header.level != nil
    case .channel: header.channel = value
    default: header.computer = value
    }
    return true
  }

  /// A value that means itself: no references, no white space at its ends.
  private func plainValue(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
    let value = text.slice(range)
    guard !value.contains(UInt8(ascii: "&")) else { return nil }
    if let first = value.first, let last = value.last, first.isXMLSpace || last.isXMLSpace { return nil }
    return value.contains(0x0A) || value.contains(0x0D) ? nil : value
  }

  private static func number(_ value: UnsafeRawBufferPointer) -> Int? {
    guard (1...9).contains(value.count) else { return nil }
    var number = 0
    for byte in value {
      guard case 0x30...0x39 = byte else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  private func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
    range.count == name.utf8CodeUnitCount && text.matches(name, at: range.lowerBound)
  }

  private func equal(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    var offset = 0
    while offset < left.count {
      if text[left.lowerBound + offset] != text[right.lowerBound + offset] { return false }
      offset += 1
    }
    return true
  }

  // MARK: Bytes

  private static let nameStart: UInt8 = 1
  private static let nameByte: UInt8 = 2
  private static let plainByte: UInt8 = 4

  /// What each byte may be: part of a name, or text that needs no closer look.
  private static let kinds: [UInt8] = (0...255).map { byte in
    var kind: UInt8 = 0
    switch UInt8(byte) {
    case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): kind |= nameStart | nameByte
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."): kind |= nameByte
    default: break
    }
    let isSpecial = byte == 0x26 || byte == 0x3C || byte == 0x5D
    if byte == 0x09 || byte == 0x0A || byte == 0x0D || (byte >= 0x20 && byte < 0x80 && !isSpecial) { kind |= plainByte }
    return kind
  }
}
