/// Markdown by a rule's author, made safe: it may use what Markdown offers, but no raw HTML, no images and no links to
/// anything but the web, and its blocks end where it ends.
///
/// Where renderers could disagree with this about what is code, what is written does not depend on it: a fence is closed
/// where a list that it may stand in ends, and in doubt a `<` is escaped.
struct AuthoredMarkdown {
  private var lines: [String] = []
  private var fence: Fence?
  /// Whether backticks that close nothing on their line stand before in the paragraph.
  private var hasOpenCode = false

  private struct Fence {
    var marker: Substring
    var indentation: Int

    var closing: String { String(repeating: " ", count: indentation) + marker }
  }

  /// A text of several blocks.
  static func blocks(_ text: String) -> String {
    var markdown = AuthoredMarkdown()
    for line in text.trimmingNewlines().split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      markdown.add(MarkdownText.visible(String(line)))
    }
    if let fence = markdown.fence { markdown.lines.append(fence.closing) }
    return markdown.lines.joined(separator: "\n")
  }

  /// A text on one line, which begins no block.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - inTable: Whether it stands in a table, where `|` must be escaped even in code.
  ///   - inLink: Whether it is the text of a link, which can't hold another link.
  /// - Returns: The line.
  static func line(_ text: String, inTable: Bool = false, inLink: Bool = false) -> String {
    var isOpen = false
    let line = MarkdownText.visible(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    let safe = withoutHTML(MarkdownText.withoutBlockStart(line), &isOpen, inLink: inLink)
    return inTable ? withEscapedPipes(safe) : safe
  }

  // MARK: Blocks

  private mutating func add(_ line: String) {
    let indentation = line.prefix { $0 == " " }.count
    let body = line.dropFirst(indentation)
    if let open = fence {
      addCode(line, indentation, body, open)
    } else if let marker = Self.fenceMarker(body), indentation <= 3 {
      fence = Fence(marker: marker, indentation: indentation)
      hasOpenCode = false
      lines.append(line)
    } else {
      if body.isEmpty { hasOpenCode = false }
      lines.append(Self.withoutHTML(line, &hasOpenCode))
    }
  }

  private mutating func addCode(_ line: String, _ indentation: Int, _ body: Substring, _ open: Fence) {
    if body.hasPrefix(open.marker), body.drop(while: { $0 == open.marker.first }).allSatisfy({ $0 == " " }) {
      lines.append(open.closing)
      fence = nil
    } else if body.isEmpty || indentation >= open.indentation {
      lines.append(line)
    } else {
      lines.append(open.closing)
      fence = nil
      add(line)
    }
  }

  /// The backticks or tildes that open a block of code.
  private static func fenceMarker(_ body: Substring) -> Substring? {
    guard let mark = body.first, mark == "`" || mark == "~" else { return nil }
    let marker = body.prefix { $0 == mark }
    return marker.count >= 3 && !(mark == "`" && body.dropFirst(marker.count).contains("`")) ? marker : nil
  }

  // MARK: Lines

  /// A `<` that would begin a tag becomes literal, outside of code spans that end on their line.
  private static func withoutHTML(_ line: String, _ isOpen: inout Bool, inLink: Bool = false) -> String {
    if line.isPlain(without: "\\`<[]!") { return line }
    var result = ""
    var rest = line[...]
    while let character = rest.first {
      var taken = rest.prefix(1)
      switch character {
      case "\\":
        taken = rest.prefix(2)
        // At the end it would escape what follows the text.
        if taken.count == 1 { result.append("\\") }
      case "`":
        taken = rest.prefix { $0 == "`" }
        if !isOpen, let span = codeSpan(rest, marker: taken) { taken = span } else { isOpen = true }
      case "<":
        if !isOpen, !inLink, let link = autolink(rest) {
          taken = link
        } else {
          result.append("\\")
        }
      case "[": if inLink { result.append("\\") }
      case "]": if inLink || !mayEndLink(rest.dropFirst()) { result.append("\\") }
      // An image would be fetched by whoever reads the report.
      case "!": if rest.dropFirst().first == "[" { result.append("\\") }
      default:
        taken = rest.prefix { !"\\`<[]!".contains($0) }
      }
      result += taken
      rest = rest[taken.endIndex...]
    }
    return result
  }

  /// Whether what follows a `]` makes no link, or one that leads to the web or within the document.
  private static func mayEndLink(_ text: Substring) -> Bool {
    if text.first == ":" || text.first == "[" { return false }
    return text.first != "(" || ["(https://", "(http://", "(#"].contains { text.hasPrefix($0) }
  }

  /// The web address in angle brackets that a text begins with.
  private static func autolink(_ text: Substring) -> Substring? {
    guard text.hasPrefix("<http://") || text.hasPrefix("<https://") else { return nil }
    return text.prefixMatch(of: #/<https?:\/\/[^\s<>`]+>/#)?.output
  }

  /// The code span that a text begins with, from its backticks to as many others.
  private static func codeSpan(_ text: Substring, marker: Substring) -> Substring? {
    var rest = text[marker.endIndex...]
    while let start = rest.firstIndex(of: "`") {
      let run = rest[start...].prefix { $0 == "`" }
      if run.count == marker.count { return text[..<run.endIndex] }
      rest = rest[run.endIndex...]
    }
    return nil
  }

  private static func withEscapedPipes(_ line: String) -> String {
    var result = ""
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped { result.append("\\") }
      isEscaped = character == "\\" && !isEscaped
      result.append(character)
    }
    return result
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
