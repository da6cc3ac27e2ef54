/// Mends the text of an event that is not well-formed, so that a strict parser can read it without losing anything.
struct EventRepair {
  /// The mended text; control characters are placeholders, see ``restoringControlCharacters(in:)``.
  private(set) var bytes: [UInt8] = []
  /// What was mended.
  private(set) var repairs: Repairs = []

  private let source: UnsafeRawBufferPointer
  private let isDeclaredWestern: Bool
  private var position = 0
  private var tag = TagState.outside

  private enum TagState: Equatable {
    case outside
    case inside
    case quoted(UInt8)
  }

  /// - Parameters:
  ///   - source: The text of an event, UTF-8 as far as it goes.
  ///   - isDeclaredWestern: Whether the input declares an 8-bit Western encoding; then other bytes are no damage.
  init(_ source: UnsafeRawBufferPointer, isDeclaredWestern: Bool) {
    self.source = source
    self.isDeclaredWestern = isDeclaredWestern
    bytes.reserveCapacity(source.count + 64)
    while position < source.count { step() }
  }

  private mutating func step() {
    let byte = source[position]
    switch byte {
    case UInt8(ascii: "&"): reference()
    case UInt8(ascii: "<"): lessThan()
    case 0x09, 0x0A, 0x0D, 0x20...0x7F: ascii(byte)
    case 0x00..<0x20: controlCharacter(UInt32(byte), length: 1)
    default: nonASCII()
    }
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
    case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?"), 0x80...:
      bytes.append(source[position])
      if tag == .outside { tag = .inside }
    default:
      bytes.append(contentsOf: "&lt;".utf8)
      repairs.insert(.strayLessThan)
    }
    position += 1
  }

  // MARK: References

  private static let predefined = ["amp", "lt", "gt", "quot", "apos"].map { Array($0.utf8) }

  private mutating func reference() {
    let rest = source[(position + 1)...].prefix(12)
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
    case 0x09, 0x0A, 0x0D, 0x20..<0xD800, 0xE000..<0xFFFE, 0x10000...0x10FFFF: copy(through: end)
    case 0..<0x20: controlCharacter(number, length: end + 1 - position)
    default: replace(length: end + 1 - position)
    }
  }

  // MARK: Characters

  /// XML has no way to write these characters; noncharacters stand in for them until the text has been parsed.
  private mutating func controlCharacter(_ number: UInt32, length: Int) {
    append(0xFDD0 + number)
    repairs.insert(.controlCharacters)
    position += length
  }

  private mutating func replace(length: Int) {
    append(0xFFFD)
    repairs.insert(.invalidText)
    position += length
  }

  private mutating func nonASCII() {
    let (scalar, length) = Self.decode(source, at: position)
    if let scalar {
      quoteOrScalar(scalar, length: length)
    } else if length > 1 {
      replace(length: length)
    } else if let western = Self.windows1252(source[position]) {
      append(western)
      if !isDeclaredWestern { repairs.insert(.windows1252) }
      position += 1
    } else {
      replace(length: 1)
    }
  }

  /// Word processors and blogs turn the quotation marks around attributes into typographic ones.
  private mutating func quoteOrScalar(_ scalar: UInt32, length: Int) {
    switch scalar {
    case 0x201C, 0x201D, 0x2018, 0x2019:
      guard tag == .inside else { break }
      bytes.append(scalar >= 0x201C ? UInt8(ascii: "\"") : UInt8(ascii: "'"))
      repairs.insert(.typographicQuotes)
      position += length
      return
    case 0xFFFE, 0xFFFF:
      return replace(length: length)
    default: break
    }
    bytes.append(contentsOf: source[position..<position + length])
    position += length
  }

  private mutating func append(_ number: UInt32) {
    guard let scalar = Unicode.Scalar(number) else { return }
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// One scalar of UTF-8; without one, the length of the damaged sequence, 1 for a byte that begins none.
  private static func decode(_ source: UnsafeRawBufferPointer, at start: Int) -> (UInt32?, Int) {
    let lead = source[start]
    let expected: Int
    var scalar: UInt32
    switch lead {
    case 0xC2...0xDF: (expected, scalar) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (expected, scalar) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (expected, scalar) = (4, UInt32(lead & 0x07))
    default: return (nil, 1)
    }
    var length = 1
    while length < expected, start + length < source.count, source[start + length] & 0xC0 == 0x80 {
      scalar = scalar << 6 | UInt32(source[start + length] & 0x3F)
      length += 1
    }
    guard length == expected else { return (nil, length) }
    let smallest: UInt32 = [0, 0, 0x80, 0x800, 0x10000][expected]
    guard scalar >= smallest, scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return (nil, length) }
    return (scalar, length)
  }

  /// The code page's upper half (https://encoding.spec.whatwg.org/index-windows-1252.txt); nil where it has no character.
  private static func windows1252(_ byte: UInt8) -> UInt32? {
    let c1: [UInt32] = [
      0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
      0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
      0x0178,
    ]
    guard byte < 0xA0 else { return UInt32(byte) }
    let scalar = c1[Int(byte) - 0x80]
    return scalar == 0 ? nil : scalar
  }

  /// Puts the control characters back that placeholders stand for.
  static func restoringControlCharacters(in text: String) -> String {
    guard text.unicodeScalars.contains(where: { (0xFDD0...0xFDEF).contains($0.value) }) else { return text }
    var restored = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let control = (0xFDD0...0xFDEF).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFDD0) : nil
      restored.append(control ?? scalar)
    }
    return String(restored)
  }
}
