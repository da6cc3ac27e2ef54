/// How the text of an input is encoded, judged by its bytes; a declaration that contradicts them loses.
public enum TextEncoding: String, Sendable, Hashable, Codable {
  /// UTF-8; bytes that are none are read as Windows-1252 where they make sense as such.
  case utf8 = "UTF-8"
  /// UTF-16, low byte first.
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, high byte first.
  case utf16BigEndian = "UTF-16BE"
  /// An 8-bit Western encoding that the input declares (`windows-1252`, `iso-8859-1`).
  case windows1252 = "Windows-1252"

  /// The size of a code unit in bytes.
  var unitWidth: Int {
    switch self {
    case .utf8, .windows1252: 1
    case .utf16LittleEndian, .utf16BigEndian: 2
    }
  }
}

/// What the first bytes of an input say about its encoding.
struct EncodingGuess {
  var encoding: TextEncoding
  /// The length of the byte order mark, in bytes.
  var markLength: Int
  var isUTF32 = false

  init(prefix: UnsafeRawBufferPointer) {
    func byte(_ index: Int) -> UInt8 { index < prefix.count ? prefix[index] : 0xFF }
    switch (byte(0), byte(1), byte(2), byte(3)) {
    case (0xFF, 0xFE, 0, 0), (0, 0, 0xFE, 0xFF):
      (encoding, markLength, isUTF32) = (.utf8, 0, true)
    case (0xEF, 0xBB, 0xBF, _): (encoding, markLength) = (.utf8, 3)
    case (0xFF, 0xFE, _, _): (encoding, markLength) = (.utf16LittleEndian, 2)
    case (0xFE, 0xFF, _, _): (encoding, markLength) = (.utf16BigEndian, 2)
    default:
      markLength = 0
      encoding = Self.byZeroPattern(prefix) ?? Self.byDeclaration(prefix) ?? .utf8
    }
  }

  /// Markup is mostly ASCII, so UTF-16 shows as zeros at every second place.
  private static func byZeroPattern(_ prefix: UnsafeRawBufferPointer) -> TextEncoding? {
    let sample = prefix.prefix(1024)
    guard sample.count >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for (index, byte) in sample.enumerated() where byte == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let half = sample.count / 2
    if zeros.odd * 4 > half * 3, zeros.even * 4 < half { return .utf16LittleEndian }
    if zeros.even * 4 > half * 3, zeros.odd * 4 < half { return .utf16BigEndian }
    return nil
  }

  private static let westernNames = ["windows-1252", "cp1252", "iso-8859-1", "iso-8859-15", "latin1", "latin-1"]

  private static func byDeclaration(_ prefix: UnsafeRawBufferPointer) -> TextEncoding? {
    let head = String(decoding: prefix.prefix(200), as: UTF8.self).lowercased()
    guard let declaration = head.range(of: "encoding=") else { return nil }
    let name = head[declaration.upperBound...].drop { $0 == "\"" || $0 == "'" }
    return westernNames.contains { name.hasPrefix($0) } ? .windows1252 : nil
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) {
        return start..<index(start, offsetBy: part.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
