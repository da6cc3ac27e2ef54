/// Words for the codes that a parameter or field takes, such as `0xC000006A` → "wrong password".
///
/// Numbers are compared as numbers: `0xC000006A`, `0xc000006a`, `3221225578` and `-1073741718` are one code. The
/// `%%1053` of security events is looked up as 1053. Other codes are compared as text, ignoring letter case.
public struct ValueTable: Sendable, Hashable {
  private var words: [String: String] = [:]

  /// Makes a table of codes and their words.
  public init(_ words: [String: String]) {
    for (code, meaning) in words { self.words[Self.key(of: code)] = meaning }
  }

  /// The words for a code.
  public func words(for code: String) -> String? { words[Self.key(of: code)] }

  /// One spelling for all the spellings of a code.
  private static func key(of code: String) -> String {
    var digits = code[...]
    if digits.hasPrefix("%%") { digits = digits.dropFirst(2) }
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      if let number = UInt64(digits.dropFirst(2), radix: 16) { return String(number) }
    } else if let number = UInt64(digits) {
      return String(number)
    } else if let number = Int32(digits) {
      return String(UInt32(bitPattern: number))
    } else if let number = Int64(digits) {
      return String(number)
    }
    return code.lowercased()
  }
}
