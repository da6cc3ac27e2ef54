import EventLog
import Foundation
import Reporting
import Testing
import Triage

@Suite("hostile values") struct HostileReportTests {
  /// What a report is made of, and nothing else.
  private static let tags: Set<String> = [
    "h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "pre", "strong",
    "blockquote", "br", "sub",
  ]
  /// What an author's Markdown may come to besides.
  private static let authoredTags: Set<String> = ["em", "del", "s", "img", "img src", "img alt", "h4", "hr"]

  @Test("from logs never become markup", .enabled(if: Renderer.isPresent), arguments: Hostile.inXML)
  func logs(value: String) async throws {
    let markdown = MarkdownFormat(explainsVerdicts: true).text(of: try await Hostile.report(value: value))
    let harmless = MarkdownFormat(explainsVerdicts: true).text(of: try await Hostile.report(value: "harmless"))
    let expected = try Renderer.render(harmless)
    for (name, rendering) in try Renderer.render(markdown) {
      #expect(Set(rendering.tags.keys).isSubset(of: Self.tags), "\(name)")
      #expect(rendering.links.allSatisfy { $0.hasPrefix("#") }, "\(name): \(rendering.links)")
      for tag in ["h1", "h2", "h3", "table", "tr", "td", "ul", "li", "blockquote", "pre"] {
        #expect(rendering.tags[tag] == expected[name]?.tags[tag], "\(name): \(tag)")
      }
      #expect(Set(rendering.links).allSatisfy { link in rendering.ids.count { "#" + $0 == link } == 1 })
    }
  }

  @Test(
    "in rules never become raw HTML, nor swallow what follows", .enabled(if: Renderer.isPresent),
    arguments: Hostile.inText)
  func rules(value: String) async throws {
    let markdown = MarkdownFormat().text(of: try await Hostile.report(rule: value))
    let harmless = try Renderer.render(MarkdownFormat().text(of: try await Hostile.report(rule: "harmless")))
    for (name, rendering) in try Renderer.render(markdown) {
      #expect(Set(rendering.tags.keys).isSubset(of: Self.tags.union(Self.authoredTags)), "\(name)")
      #expect(rendering.links.allSatisfy { $0.hasPrefix("#") || $0.contains("evil.example") }, "\(name)")
      #expect(rendering.ids == harmless[name]?.ids, "\(name)")
      #expect(Set(rendering.links.filter { $0.hasPrefix("#") }) == Set(harmless[name]?.links ?? []), "\(name)")
      #expect(rendering.tags["tr"] == harmless[name]?.tags["tr"], "\(name)")
      #expect(rendering.tags["td"] == harmless[name]?.tags["td"], "\(name)")
    }
  }

  @Test("leave every link its anchor", arguments: Hostile.inText)
  func anchors(value: String) async throws {
    let reports = [
      try await Hostile.report(value: value), try await Hostile.report(rule: value),
      try await Hostile.report(sigma: value),
    ]
    for report in reports {
      let markdown = MarkdownFormat().text(of: report)
      let anchors = Anchors(markdown)
      #expect(anchors.broken == [])
      #expect(!anchors.links.isEmpty)
      #expect(
        !markdown.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || (0x202A...0x202E).contains($0.value)) })
    }
  }

  @Test("in a CSV are values of their own column, and no formulas", arguments: Hostile.inText)
  func csv(value: String) async throws {
    let report = try await Hostile.report(value: value)
    let rows = CSV.rows(CSVFormat().text(of: report))
    #expect(rows.count == report.events.count + 1)
    #expect(rows.allSatisfy { $0.count == 15 })
    for cell in rows.joined() {
      #expect(cell.drop { $0 == " " }.first.map { !"=+-@\t\r".contains($0) } ?? true, "\(cell)")
      #expect(!cell.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test("come through JSON unchanged", arguments: Hostile.inText)
  func json(value: String) async throws {
    let text = JSONFormat().text(of: try await Hostile.report(value: value))
    let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["title"] as? String == value)
  }

  @Test("never reach a terminal as control characters", arguments: Hostile.values)
  func terminal(value: String) {
    #expect(!TerminalText.line(value).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    #expect(
      !TerminalText.sanitize(value).unicodeScalars.contains { $0.value < 0x20 && !"\n\t".unicodeScalars.contains($0) })
    var hostile = event(value, 1, on: value, value)
    hostile.computer = value
    for format in [EventLineFormat.text, .jsonLines] {
      #expect(!format.line(hostile).unicodeScalars.contains { $0.value < 0x20 })
    }
  }
}
