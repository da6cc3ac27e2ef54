/// How a text is written as bytes.
enum TextForm: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case utf8WithMark = "UTF-8 with a byte order mark"
  case utf16LittleEndian = "UTF-16LE"
  case utf16LittleEndianWithMark = "UTF-16LE with a byte order mark"
  case utf16BigEndian = "UTF-16BE"
  case utf16BigEndianWithMark = "UTF-16BE with a byte order mark"
  case utf8DeclaredAsUTF16 = "UTF-8 that declares UTF-16"
  case utf16DeclaredAsWestern = "UTF-16 that declares Windows-1252"
  case windows1252 = "Windows-1252"

  func bytes(_ text: String) -> [UInt8] {
    switch self {
    case .utf8: Array(text.utf8)
    case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .utf16LittleEndian: units(text, isBigEndian: false)
    case .utf16LittleEndianWithMark: [0xFF, 0xFE] + units(text, isBigEndian: false)
    case .utf16BigEndian: units(text, isBigEndian: true)
    case .utf16BigEndianWithMark: [0xFE, 0xFF] + units(text, isBigEndian: true)
    case .utf8DeclaredAsUTF16: Array(declaring("utf-16", text).utf8)
    case .utf16DeclaredAsWestern: units(declaring("windows-1252", text), isBigEndian: false)
    case .windows1252: declaring("windows-1252", text).unicodeScalars.map { UInt8(clamping: $0.value) }
    }
  }

  private func declaring(_ name: String, _ text: String) -> String {
    let declared = text.replacing("encoding=\"utf-8\"", with: "encoding=\"\(name)\"")
    return declared == text ? "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n" + text : declared
  }

  private func units(_ text: String, isBigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }
}

/// How the lines of a text end.
enum LineEnd: String, CaseIterable, Sendable {
  case lineFeed = "LF"
  case carriageReturnLineFeed = "CRLF"
  case none = "all on one line"

  func apply(_ text: String) -> String {
    switch self {
    case .lineFeed: text
    case .carriageReturnLineFeed: text.replacing("\n", with: "\r\n")
    case .none: text.replacing(">\n  <", with: "><").replacing("\n", with: " ")
    }
  }
}
