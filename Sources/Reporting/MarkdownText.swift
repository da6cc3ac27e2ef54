/// Text made safe for Markdown (CommonMark 0.31 with GitHub's tables, autolinks and mathematics).
///
/// What comes from a log is shown as it is and never becomes markup. What a rule's author wrote may use Markdown, but no
/// raw HTML.
enum MarkdownText {
  /// A text from a log, on one line.
  static func escape(_ text: String) -> String {
    let scalars = Array(singleLine(text).unicodeScalars)
    var result = ""
    result.reserveCapacity(scalars.count + 8)
    for (index, scalar) in scalars.enumerated() {
      let previous = index > 0 ? scalars[index - 1] : nil
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if needsEscape(scalar, previous: previous, next: next) { result.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func needsEscape(
    _ scalar: Unicode.Scalar, previous: Unicode.Scalar?, next: Unicode.Scalar?
  ) -> Bool {
    switch scalar {
    case "`", "*", "[", "]", "<", ">", "|", "~", "$": true
    // Within a word an underscore is literal.
    case "_": !(isWord(previous) && isWord(next))
    // A backslash is literal before anything but ASCII punctuation.
    case "\\": next.map(isPunctuation) ?? true
    case "&": next.map { isWord($0) || $0 == "#" } ?? false
    // `http://` and `www.` would become links.
    case ":": next == "/"
    case ".": previous == "w" || previous == "W"
    case "#", "+", "-", "=": previous == nil
    default: false
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) } ?? false
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
    default: false
    }
  }

  /// A text from a log as a code span; `—` for an empty one.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - inTable: Whether the span stands in a table, where `|` must be escaped even in code.
  /// - Returns: The span.
  static func code(_ text: String, inTable: Bool = false) -> String {
    let line = singleLine(text)
    guard !line.isEmpty else { return "—" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    let padding = line.hasPrefix("`") || line.hasSuffix("`") || line.allSatisfy { $0 == " " } ? " " : ""
    let span = fence + padding + line + padding + fence
    return inTable ? span.replacing("|", with: "\\|") : span
  }

  /// A fenced block of a command.
  static func block(_ command: String, language: String) -> String {
    let lines = command.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: command) + 1))
    return "\(fence)\(language)\n\(lines.joined(separator: "\n"))\n\(fence)"
  }

  /// Markdown by a rule's author, raw HTML made literal.
  static func authored(_ text: String) -> String {
    var result: [String] = []
    var fence: Substring?
    for line in text.trimmingNewlines().split(separator: "\n", omittingEmptySubsequences: false) {
      let body = line.drop { $0 == " " }
      if let open = fence {
        if body.hasPrefix(open) { fence = nil }
        result.append(visible(String(line)))
      } else if body.hasPrefix("```") || body.hasPrefix("~~~") {
        fence = body.prefix { $0 == body.first }
        result.append(visible(String(line)))
      } else {
        result.append(withoutHTML(visible(String(line))))
      }
    }
    if let fence { result.append(String(fence)) }
    return result.joined(separator: "\n")
  }

  /// Markdown by a rule's author for one line or a table's cell.
  static func authoredLine(_ text: String, inTable: Bool = false) -> String {
    let line = authored(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    return inTable ? line.replacing("|", with: "\\|") : line
  }

  /// A `<` that would begin a tag or an autolink becomes literal, outside of code spans.
  private static func withoutHTML(_ line: String) -> String {
    var result = ""
    var isCode = false
    for character in line {
      if character == "`" { isCode.toggle() }
      if character == "<", !isCode { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// An absolute web address as a link that shows itself; anything else as code.
  static func link(_ address: String) -> String {
    let isWeb = address.hasPrefix("https://") || address.hasPrefix("http://")
    let isPlain = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>\"`\\|".utf8.contains($0) }
    return isWeb && isPlain ? "<\(address)>" : code(address)
  }

  private static func singleLine(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
    return visible(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  /// Control, format and direction characters are written out, so that nothing hides or reorders text.
  static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        result.append(" ")
      } else if isHidden(scalar) {
        result.append("\\u{\(String(scalar.value, radix: 16))}")
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for candidate in text {
      run = candidate == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

extension String {
  fileprivate func trimmingNewlines() -> String {
    var slice = self[...]
    while slice.first?.isNewline == true { slice = slice.dropFirst() }
    while slice.last?.isNewline == true { slice = slice.dropLast() }
    return String(slice)
  }
}
