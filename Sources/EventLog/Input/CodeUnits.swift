/// How ASCII is spelt in an input's bytes, so that markup can be found without turning the text into UTF-8 first.
struct CodeUnits: Sendable {
  /// One byte a character.
  static let utf8 = CodeUnits(.utf8)

  /// The size of a code unit, in bytes.
  let width: Int
  private let isBigEndian: Bool

  init(_ encoding: TextEncoding) {
    width = encoding.unitWidth
    isBigEndian = encoding == .utf16BigEndian
  }

  /// The bytes of an ASCII text.
  func encode(_ ascii: String) -> [UInt8] { encode(Array(ascii.utf8)) }

  /// The bytes of an ASCII text.
  func encode(_ ascii: [UInt8]) -> [UInt8] {
    guard width == 2 else { return ascii }
    return ascii.flatMap { isBigEndian ? [0, $0] : [$0, 0] }
  }

  /// The code unit at an offset if it fits a byte; 0 when it does not, or behind the end.
  func byte(_ text: UnsafeRawBufferPointer, _ index: Int) -> UInt8 {
    guard index >= 0, index + width <= text.count else { return 0 }
    guard width == 2 else { return text[index] }
    let (low, high) = isBigEndian ? (text[index + 1], text[index]) : (text[index], text[index + 1])
    return high == 0 ? low : 0
  }

  /// The first place of an ASCII character at or after an offset.
  func firstIndex(of ascii: UInt8, in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var from = start
    while let found = text.firstIndex(of: ascii, from: from) {
      let unit = found - found % width
      if unit >= start, byte(text, unit) == ascii { return unit }
      from = found + 1
    }
    return nil
  }

  /// The first place of an encoded pattern at or after an offset.
  func firstIndex(of pattern: [UInt8], in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var from = start
    while let found = text.firstIndex(of: pattern, from: from) {
      if found % width == 0 { return found }
      from = found + 1
    }
    return nil
  }

  /// The last place of an encoded pattern that ends at or before an offset.
  func lastIndex(of pattern: [UInt8], in text: UnsafeRawBufferPointer, endingBefore end: Int) -> Int? {
    var end = end
    while let found = text.lastIndex(of: pattern, endingBefore: end) {
      if found % width == 0 { return found }
      end = found + pattern.count - 1
    }
    return nil
  }
}

/// Remembers what a search that only moves forward has found, so that no part of a text is searched twice: a million
/// openings without a closing tag must not mean a million searches of the whole text.
struct ForwardSearch {
  private var start: Int?
  private var found: Range<Int>?

  /// The first match at or after an offset.
  mutating func first(from offset: Int, _ search: (Int) -> Range<Int>?) -> Range<Int>? {
    if let start, offset >= start, found.map({ $0.lowerBound >= offset }) ?? true { return found }
    start = offset
    found = search(offset)
    return found
  }
}
