/// Finds the codes of replies and the quotation marks around them in the bytes of a text.
///
/// Everything is looked at once, with a look back of bounded length, so that the time grows with the text only.
struct ReplyScanner {
  /// Codes as they stand in a text.
  struct Codes {
    var basic: Int?
    var enhanced: EnhancedStatusCode?
    /// Whether a hyphen after the basic code says that more lines of the same reply follow.
    var isContinued = false
    /// Where the codes end.
    var end: Int
  }

  /// A quotation mark; marks of one kind close each other.
  struct Quote {
    enum Kind { case single, double }
    var kind: Kind
    var length: Int
  }

  let bytes: UnsafeBufferPointer<UInt8>

  private func byte(_ index: Int) -> UInt8? { index >= 0 && index < bytes.count ? bytes[index] : nil }

  // MARK: Codes

  /// The codes that begin at an index.
  func codes(at start: Int) -> Codes? {
    guard let first = byte(start), 0x32...0x35 ~= first, isBoundary(before: start) else { return nil }
    if let enhanced = enhanced(at: start) { return Codes(enhanced: enhanced.code, end: enhanced.end) }
    guard let second = digit(start + 1), let third = digit(start + 2), !isWordOrDot(byte(start + 3)) else { return nil }
    var codes = Codes(basic: Int(first - 0x30) * 100 + second * 10 + third, end: start + 3)
    codes.isContinued = byte(start + 3) == UInt8(ascii: "-")
    var next = start + 3
    while next < start + 8, let separator = byte(next), separator == 0x20 || separator == 0x2D || separator == 0x23 {
      next += 1
    }
    if next > start + 3, let enhanced = enhanced(at: next) {
      (codes.enhanced, codes.end) = (enhanced.code, enhanced.end)
    }
    return codes
  }

  private func enhanced(at start: Int) -> (code: EnhancedStatusCode, end: Int)? {
    guard let first = byte(start), isClass(first), byte(start + 1) == UInt8(ascii: "."),
      let subject = number(at: start + 2), byte(subject.end) == UInt8(ascii: "."),
      let detail = number(at: subject.end + 1), !isWord(byte(detail.end)),
      // More numbers make it an address or a version.
      !(byte(detail.end) == UInt8(ascii: ".") && digit(detail.end + 1) != nil)
    else { return nil }
    let code = EnhancedStatusCode(statusClass: Int(first - 0x30), subject: subject.value, detail: detail.value)
    return (code, detail.end)
  }

  private func number(at start: Int) -> (value: Int, end: Int)? {
    var value = 0
    var end = start
    while end < start + 3, let digit = digit(end) {
      value = value * 10 + digit
      end += 1
    }
    return end > start && digit(end) == nil ? (value, end) : nil
  }

  private func digit(_ index: Int) -> Int? {
    guard let byte = byte(index), 0x30...0x39 ~= byte else { return nil }
    return Int(byte - 0x30)
  }

  /// Whether an enhanced code may begin with it; reply codes may begin with 3 as well.
  private func isClass(_ byte: UInt8) -> Bool { byte == 0x32 || byte == 0x34 || byte == 0x35 }

  /// Codes do not begin within a word, a number, an address, a date or a path.
  private func isBoundary(before start: Int) -> Bool {
    guard let previous = byte(start - 1) else { return true }
    if previous == UInt8(ascii: "-") { return isLetter(byte(start - 2)) }
    return !isWordOrDot(previous) && previous != UInt8(ascii: "/") && previous != UInt8(ascii: "\\")
      && previous != UInt8(ascii: "@") && !(previous == UInt8(ascii: ":") && digit(start - 2) != nil)
  }

  private func isWordOrDot(_ byte: UInt8?) -> Bool { isWord(byte) || byte == UInt8(ascii: ".") }

  private func isWord(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isLetter(byte) || 0x30...0x39 ~= byte || byte == UInt8(ascii: "_")
  }

  private func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  // MARK: Quotation marks

  /// The quotation mark that begins at an index: straight, typographic, or a backtick.
  func quote(at index: Int) -> Quote? {
    switch bytes[index] {
    case UInt8(ascii: "\""): return Quote(kind: .double, length: 1)
    case UInt8(ascii: "'"), UInt8(ascii: "`"): return Quote(kind: .single, length: 1)
    case 0xC2:
      switch byte(index + 1) {
      case 0xAB, 0xBB: return Quote(kind: .double, length: 2)  // « »
      case 0xB4: return Quote(kind: .single, length: 2)  // ´
      default: return nil
      }
    case 0xE2 where byte(index + 1) == 0x80:
      switch byte(index + 2) {
      case .some(0x98...0x9B): return Quote(kind: .single, length: 3)  // ‘ ’ ‚ ‛
      case .some(0x9C...0x9F): return Quote(kind: .double, length: 3)  // “ ” „ ‟
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether a quotation mark between two indexes is an apostrophe, as in `didn't`.
  func isApostrophe(_ start: Int, _ end: Int) -> Bool { isLetter(byte(start - 1)) && isLetter(byte(end)) }

  /// Whether a quotation mark stands before a word and after a blank or bracket, as one does that opens.
  func isOpening(_ start: Int, _ end: Int) -> Bool {
    let isAfterGap = byte(start - 1).map { isBlank($0) || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ":") } ?? true
    return isAfterGap && byte(end).map { isWord($0) || $0 >= 0x80 } ?? false
  }

  /// The first index at or after one that is not blank.
  func skippingBlanks(_ start: Int) -> Int {
    var index = start
    while let byte = byte(index), isBlank(byte) { index += 1 }
    return index
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  // MARK: What stands before

  /// Whether a number stands before an index, with blanks in between; most numbers in a text have no lead.
  func followsNumber(_ index: Int) -> Bool {
    var index = index - 1
    while index >= 0, isBlank(bytes[index]) { index -= 1 }
    return digit(index) != nil
  }

  /// The text before an index in lower case, at most 64 bytes, without blanks and marks at its end.
  func before(_ index: Int) -> String {
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[max(0, index - 64)..<index]), as: UTF8.self)
    let marks: Set<Character> = [
      "\"", "'", "`", "´", "‘", "’", "‚", "“", "”", "„", "«", "»", ":", "=", ";", "-", "<", "[", "(", "#", ",", ".",
      "\u{FFFD}",
    ]
    var slice = text[...]
    while let last = slice.last, last.isWhitespace || marks.contains(last) { slice.removeLast() }
    return slice.lowercased()
  }
}
