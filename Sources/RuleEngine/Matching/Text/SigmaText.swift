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
    let isSpecial: (UInt8) -> Bool = { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    guard text.utf8.contains(where: isSpecial) else {
      if !text.isEmpty { parts.append(.literal(text)) }
      return
    }
    var literal = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        if let next = rest.first, next == "*" || next == "?" || next == "\\" {
          literal.append(next)
          rest = rest.dropFirst()
        } else {
          literal.append(scalar)
        }
      case "*", "?":
        if !literal.isEmpty { parts.append(.literal(String(literal))) }
        literal = String.UnicodeScalarView()
        parts.append(scalar == "*" ? .any : .one)
      default:
        literal.append(scalar)
      }
    }
    if !literal.isEmpty { parts.append(.literal(String(literal))) }
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
    var copy = self
    if parts.first != .any { copy.parts.insert(.any, at: 0) }
    return copy
  }

  /// The text with anything after it.
  func withAnythingAfter() -> SigmaText {
    var copy = self
    if parts.last != .any { copy.parts.append(.any) }
    return copy
  }
}
