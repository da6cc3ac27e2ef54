/// The links within a Markdown document and the names that they lead to, as far as can be told without rendering it.
struct Anchors {
  let links: [String]
  let names: [String]

  init(_ document: String) {
    var fence = 0
    let lines = document.split(separator: "\n").filter { line in
      let ticks = line.drop { $0 == " " }.prefix { $0 == "`" }.count
      guard ticks >= max(3, fence) else { return fence == 0 }
      fence = fence == 0 ? ticks : 0
      return false
    }
    let markdown = lines.map(Self.withoutCode).joined(separator: "\n")
    links = markdown.matches(of: #/\]\(#([^)]*)\)/#).map { String($0.output.1) }
    names = markdown.matches(of: #/(?:^|[^\\])<a id="([^"]*)"><\/a>/#.anchorsMatchLineEndings())
      .map { String($0.output.1) }
  }

  /// Links that lead nowhere, or to more than one place.
  var broken: [String] { Set(links).filter { link in names.count { $0 == link } != 1 }.sorted() }

  /// A line without its code spans.
  private static func withoutCode(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let start = rest.firstIndex(of: "`") {
      let ticks = rest[start...].prefix { $0 == "`" }
      let after = rest[ticks.endIndex...]
      guard let end = after.ranges(of: ticks).first(where: { after[$0.upperBound...].first != "`" }) else { break }
      result += rest[..<start]
      rest = after[end.upperBound...]
    }
    return result + rest
  }
}
