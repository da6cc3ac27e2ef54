/// Mends the text of an event that is not well-formed, so that a strict parser can read it without losing anything.
struct EventRepair {
  /// The mended text; control characters are placeholders, see ``restoringControlCharacters(in:)``.
  private(set) var bytes: [UInt8] = []
  /// What was mended.
  private(set) var repairs: Repairs = []

  private let source: UnsafeRawBufferPointer
  private let characters: LenientUTF8
  private var position = 0
  private var tag = TagState.outside
  private var commentEnds = ForwardSearch()
  private var cdataEnds = ForwardSearch()

  private enum TagState: Equatable {
    case outside
    case inside
    case quoted(UInt8)
    /// In a comment or CDATA section, up to this offset.
    case verbatim(end: Int)
  }

  /// - Parameters:
  ///   - source: The text of an event, UTF-8 as far as it goes.
  ///   - isDeclaredWestern: Whether the input declares an 8-bit Western encoding; then other bytes are no damage.
  init(_ source: UnsafeRawBufferPointer, isDeclaredWestern: Bool) {
    self.source = source
    characters = LenientUTF8(source, isDeclaredWestern: isDeclaredWestern)
    bytes.reserveCapacity(source.count + 64)
    while position < source.count { step() }
  }

  private mutating func step() {
    if tag == .verbatim(end: position) { tag = .outside }
    let byte = source[position]
    switch byte {
    case UInt8(ascii: "&") where !isVerbatim: reference()
    case UInt8(ascii: "<") where !isVerbatim: lessThan()
    case 0x09, 0x0A, 0x0D, 0x20..<0x80: ascii(byte)
    case 0x00..<0x20: controlCharacter(UInt32(byte), length: 1)
    default: nonASCII()
    }
  }

  private var isVerbatim: Bool {
    if case .verbatim = tag { true } else { false }
  }

  private mutating func ascii(_ byte: UInt8) {
    switch (tag, byte) {
    case (.inside, UInt8(ascii: ">")): tag = .outside
    case (.inside, UInt8(ascii: "\"")), (.inside, UInt8(ascii: "'")): tag = .quoted(byte)
    case (.quoted(byte), _): tag = .inside
    default: break
    }
    bytes.append(byte)
    position += 1
  }

  private mutating func lessThan() {
    let next = position + 1 < source.count ? source[position + 1] : 0
    switch next {
    case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "?"), 0x80...:
      bytes.append(source[position])
      if tag == .outside { tag = .inside }
      position += 1
    case UInt8(ascii: "!"):
      if !beginsSection() { strayLessThan() }
    default:
      strayLessThan()
    }
  }

  private mutating func strayLessThan() {
    bytes.append(contentsOf: "&lt;".utf8)
    repairs.insert(.strayLessThan)
    position += 1
  }

  /// Whether a comment or CDATA section begins here and ends somewhere; nothing in it is markup.
  private mutating func beginsSection() -> Bool {
    guard tag == .outside else { return false }
    let source = source
    var end: Range<Int>?
    if source.matches("<![CDATA[", at: position) {
      end = cdataEnds.first(from: position) { source.firstIndex(of: "]]>", from: $0).map { $0..<$0 + 3 } }
    } else if source.matches("<!--", at: position) {
      end = commentEnds.first(from: position + 4) { source.firstIndex(of: "-->", from: $0).map { $0..<$0 + 3 } }
    }
    guard let end else { return false }
    tag = .verbatim(end: end.upperBound)
    bytes.append(source[position])
    position += 1
    return true
  }

  // MARK: References

  private static let predefined = ["amp", "lt", "gt", "quot", "apos"].map { Array($0.utf8) }

  private mutating func reference() {
    let rest = source[(position + 1)...].prefix(32)
    if let end = rest.firstIndex(of: UInt8(ascii: ";")) {
      let name = rest[..<end]
      if Self.predefined.contains(where: { name.elementsEqual($0) }) { return copy(through: end) }
      if let number = Self.characterNumber(name) { return character(number, through: end) }
    }
    bytes.append(contentsOf: "&amp;".utf8)
    repairs.insert(.strayAmpersand)
    position += 1
  }

  private mutating func copy(through end: Int) {
    bytes.append(contentsOf: source[position...end])
    position = end + 1
  }

  private static func characterNumber(_ name: Slice<UnsafeRawBufferPointer>) -> UInt32? {
    guard name.first == UInt8(ascii: "#") else { return nil }
    let digits = String(decoding: name.dropFirst(), as: UTF8.self)
    guard let first = digits.utf8.first else { return nil }
    let isHexadecimal = first == UInt8(ascii: "x")
    let number = isHexadecimal ? UInt64(digits.dropFirst(), radix: 16) : UInt64(digits)
    return number.map { UInt32(clamping: $0) }
  }

  private mutating func character(_ number: UInt32, through end: Int) {
    switch number {
    case Self.placeholders: replace(length: end + 1 - position)
    case 0x09, 0x0A, 0x0D, 0x20..<0xD800, 0xE000..<0xFFFE, 0x10000...0x10FFFF: copy(through: end)
    case 0..<0x20: controlCharacter(number, length: end + 1 - position)
    default: replace(length: end + 1 - position)
    }
  }

  // MARK: Characters

  /// XML has no way to write control characters; noncharacters stand in for them until the text has been parsed.
  private static let placeholders: ClosedRange<UInt32> = 0xFDD0...0xFDEF

  private mutating func controlCharacter(_ number: UInt32, length: Int) {
    append(Self.placeholders.lowerBound + number)
    repairs.insert(.controlCharacters)
    position += length
  }

  private mutating func replace(length: Int) {
    append(0xFFFD)
    repairs.insert(.invalidText)
    position += length
  }

  private mutating func nonASCII() {
    let character = characters.character(at: position)
    repairs.formUnion(character.repairs)
    quoteOrScalar(character.scalar)
    position += character.length
  }

  /// Word processors and blogs turn the quotation marks around attributes into typographic ones.
  private mutating func quoteOrScalar(_ scalar: UInt32) {
    switch scalar {
    case 0x201C, 0x201D, 0x2018, 0x2019:
      guard tag == .inside else { return append(scalar) }
      bytes.append(scalar >= 0x201C ? UInt8(ascii: "\"") : UInt8(ascii: "'"))
      repairs.insert(.typographicQuotes)
    case 0xFFFE, 0xFFFF, Self.placeholders:
      append(0xFFFD)
      repairs.insert(.invalidText)
    default:
      append(scalar)
    }
  }

  private mutating func append(_ number: UInt32) {
    guard let scalar = Unicode.Scalar(number) else { return }
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Puts the control characters back that placeholders stand for.
  static func restoringControlCharacters(in text: String) -> String {
    guard text.unicodeScalars.contains(where: { placeholders.contains($0.value) }) else { return text }
    var restored = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let control = placeholders.contains(scalar.value) ? Unicode.Scalar(scalar.value - placeholders.lowerBound) : nil
      restored.append(control ?? scalar)
    }
    return String(restored)
  }
}
