/// A string of a rule with its escapes resolved: literal text and wildcards.
struct SigmaText: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    /// Text that stands for itself.
    case literal(String)
    /// `?`: exactly one character.
    case one
    /// `*`: any number of characters, none and line breaks included.
    case any
    /// One of the characters that begin an option on Windows, by the modifier `windash`.
    case dash

    /// How many bytes of UTF-8 the part has, one for what is no text.
    var utf8Count: Int { if case .literal(let text) = self { text.utf8.count } else { 1 } }
  }

  /// What ``Part/dash`` stands for: hyphen, slash, en dash, em dash and horizontal bar.
  static let dashes: [Character] = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"]

  var parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  /// Reads a string by Sigma's rules of escaping.
  ///
  /// `\` before `*`, `?` or `\` makes that character literal; before anything else, and at the end, it is itself
  /// literal. So `\\*` is a backslash and a wildcard, and `C:\Windows` needs no escape.
  init(parsing text: String) {
    parts = []
    guard text.utf8.contains(where: Self.isSpecial) else {
      if !text.isEmpty { parts.append(.literal(text)) }
      return
    }
    // What is special is ASCII, so bytes may be looked at alone.
    var literal: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
        if !Self.isSpecial(byte) { literal.append(Self.backslash) }
        literal.append(byte)
      } else if byte == Self.backslash {
        isEscaped = true
      } else if Self.isSpecial(byte) {
        append(literal)
        literal = []
        parts.append(byte == UInt8(ascii: "*") ? .any : .one)
      } else {
        literal.append(byte)
      }
    }
    if isEscaped { literal.append(Self.backslash) }
    append(literal)
  }

  private static let backslash = UInt8(ascii: "\\")

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == backslash || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
  }

  private mutating func append(_ literal: [UInt8]) {
    if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
  }

  /// The text when it has no wildcard.
  var literal: String? {
    switch parts.first {
    case nil: ""
    case .literal(let text) where parts.count == 1: text
    default: nil
    }
  }

  /// The text with anything before it.
  func withAnythingBefore() -> SigmaText {
    parts.first == .any ? self : SigmaText(parts: [.any] + parts)
  }

  /// The text with anything after it.
  func withAnythingAfter() -> SigmaText {
    parts.last == .any ? self : SigmaText(parts: parts + [.any])
  }
}
