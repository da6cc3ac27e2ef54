import RuleEngine

/// Collects blocks of Markdown, with one empty line between them.
struct MarkdownPage {
  /// A column of a table.
  enum Column {
    case left(String)
    case right(String)

    var title: String {
      switch self {
      case .left(let title), .right(let title): title
      }
    }

    var rule: String {
      switch self {
      case .left: "---"
      case .right: "--:"
      }
    }
  }

  private(set) var text = ""

  /// Adds the text of another page.
  mutating func append(_ page: String) {
    if !text.isEmpty, !page.isEmpty { text += "\n" }
    text += page
  }

  /// Adds what is written of each of many parts, in their order; they are written on all cores.
  mutating func append<Part: Sendable>(parts: [Part], _ write: @Sendable (Part, inout MarkdownPage) -> Void) {
    let pages = parts.parallelMap { part in
      var page = MarkdownPage()
      write(part, &page)
      return page.text
    }
    for page in pages { append(page) }
  }

  /// Adds a block of one line.
  mutating func line(_ line: String) { paragraph(line) }

  /// Adds a block.
  mutating func paragraph(_ block: String) {
    if !text.isEmpty { text += "\n" }
    text += block + "\n"
  }

  /// Adds a heading, with a name to link to that does not depend on how a renderer makes names of headings.
  mutating func heading(_ level: Int, _ title: String, anchor: String? = nil) {
    if let anchor { self.anchor(anchor) }
    paragraph(String(repeating: "#", count: level) + " " + title)
  }

  /// Adds a name to link to.
  mutating func anchor(_ name: String) { paragraph("<a id=\"\(name)\"></a>") }

  /// Adds a bulleted list.
  mutating func list(_ items: [String]) {
    guard !items.isEmpty else { return }
    paragraph(items.map { "- " + Self.indented($0, by: 2) }.joined(separator: "\n"))
  }

  /// Adds a numbered list; items may have several blocks.
  mutating func numberedList(_ items: [String]) {
    guard !items.isEmpty else { return }
    let isLoose = items.contains { $0.contains("\n") }
    let lines = items.enumerated().map { index, item in
      let marker = "\(index + 1). "
      return marker + Self.indented(item, by: marker.count)
    }
    paragraph(lines.joined(separator: isLoose ? "\n\n" : "\n"))
  }

  /// Adds a table; cells are Markdown without line breaks.
  mutating func table(_ columns: [Column], _ rows: [[String]]) {
    let head = "| " + columns.map(\.title).joined(separator: " | ") + " |"
    let rule = "|" + columns.map(\.rule).joined(separator: "|") + "|"
    paragraph(([head, rule] + rows.map { "| " + $0.joined(separator: " | ") + " |" }).joined(separator: "\n"))
  }

  private static func indented(_ item: String, by width: Int) -> String {
    if item.isPlain(without: "\n") { return item }
    let lines = item.split(separator: "\n", omittingEmptySubsequences: false)
    let margin = String(repeating: " ", count: width)
    return lines.enumerated().map { index, line in index == 0 || line.isEmpty ? String(line) : margin + line }
      .joined(separator: "\n")
  }
}
