/// Text made safe for Markdown (CommonMark 0.31 with GitHub's tables, autolinks and mathematics).
///
/// What comes from a log is shown as it is and never becomes markup; for what a rule's author wrote see
/// ``AuthoredMarkdown``.
enum MarkdownText {
  /// A text from a log, on one line.
  static func escape(_ text: String) -> String {
    let line = singleLine(text).trimmingBlanks()
    if line.isPlain(without: "`*[]<>|~$_\\&:.") { return withoutBlockStart(line) }
    let scalars = Array(line.unicodeScalars)
    var result = ""
    result.reserveCapacity(scalars.count + 8)
    for (index, scalar) in scalars.enumerated() {
      let previous = index > 0 ? scalars[index - 1] : nil
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if needsEscape(scalar, previous: previous, next: next) { result.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return withoutBlockStart(result)
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
    default: false
    }
  }

  /// A line whose beginning would make it a heading, a list, a quotation, a rule or a block of code, made a paragraph.
  static func withoutBlockStart(_ line: String) -> String {
    if line.hasPrefix("```") || line.hasPrefix("~~~") { return "\\" + line }
    guard let first = line.first else { return line }
    if "#+-=>".contains(first) { return "\\" + line }
    let number = line.prefix { $0.isASCII && $0.isNumber }
    guard !number.isEmpty, let delimiter = line.dropFirst(number.count).first, ".)".contains(delimiter) else {
      return line
    }
    return number + "\\" + line.dropFirst(number.count)
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) { return true }
    return !scalar.isASCII && scalar.properties.isAlphabetic
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
    if line.isPlain(without: "`|"), line.first != " " { return "`\(line)`" }
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
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
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

extension StringProtocol {
  /// Whether none of some ASCII characters is in the text: then there is nothing to look at closely.
  func isPlain(without characters: StaticString) -> Bool {
    characters.withUTF8Buffer { special in !utf8.contains { special.contains($0) } }
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
