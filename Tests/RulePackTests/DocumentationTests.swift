import EventLog
import Foundation
import RuleEngine
import ShippedRules
import TestSupport
import Testing
import Triage

/// What the documents say about rules is true: examples load, and messages are those that are shown.
@Suite struct DocumentationTests {
  private static let documents = ["README.md", "Docs/WRITING-RULES.md"]
  private static let shipped = ShippedRules.load()

  @Test(arguments: documents)
  func `YAML examples load without a word and pass their tests`(_ document: String) throws {
    let blocks = try CodeBlock.blocks(of: document).filter { $0.info == "yaml" }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let file = RuleFile(path: "\(document):\(block.line)", text: block.asRuleFile)
      let loaded = RulePackLoader.load([file], adding: Self.shipped)
      #expect(loaded.issues.map { $0.rendered(color: false) } == [], "\(document):\(block.line)")
      let rules = loaded.rules.filter { $0.source.path == file.path }
      let report = RuleSet(rules: rules, packs: []).runTests()
      #expect(report.failures.map(\.message) == [], "\(document):\(block.line)")
    }
  }

  @Test func `mistakes are reported as the document shows them`() throws {
    let blocks = try CodeBlock.blocks(of: "Docs/WRITING-RULES.md")
    let index = try #require(blocks.firstIndex { $0.info == "yaml with mistakes" })
    let loaded = RulePackLoader.load([RuleFile(path: "orders.yaml", text: blocks[index].text)])
    let messages = loaded.issues.map { $0.rendered(color: false) + "\n" }.joined()
    #expect(messages == blocks[index + 1].text)
  }

  @Test func `every field of the JSON report is documented`() async throws {
    let document = try CodeBlock.text(of: "Docs/REPORT-JSON.md")
    let samples = Corpus.packageRoot.appendingPathComponent("Samples").path
    let rules = RuleSet(Self.shipped)
    let summary = await TriageSession(rules: rules).run(InputSource.expand([samples]).sources)
    let report = ReportBuilder(rules: rules, about: ReportAbout(tool: "evtriage")).report(on: summary)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
    let undocumented = Self.keys(of: object).filter { key in
      !document.contains("`\(key)`") && !document.contains(".\(key)`")
    }
    #expect(undocumented.sorted() == [])
  }

  private static func keys(of value: Any) -> Set<String> {
    switch value {
    case let list as [Any]: list.reduce(into: []) { $0.formUnion(keys(of: $1)) }
    case let object as [String: Any]: object.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1.value)) }
    default: []
    }
  }
}

/// A fenced block of a Markdown document.
private struct CodeBlock {
  /// What follows the opening fence.
  var info: String
  /// The line of the opening fence, from 1.
  var line: Int
  var text: String

  /// A document of the package.
  static func text(of document: String) throws -> String {
    try String(contentsOf: Corpus.packageRoot.appendingPathComponent(document), encoding: .utf8)
  }

  /// The blocks of a document of the package whose fences begin their lines.
  static func blocks(of document: String) throws -> [CodeBlock] {
    let lines = try text(of: document).split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [CodeBlock] = []
    var open: CodeBlock?
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```"), let block = open {
        blocks.append(block)
        open = nil
      } else if line.hasPrefix("```") {
        open = CodeBlock(info: String(line.dropFirst(3)), line: index + 1, text: "")
      } else {
        open?.text += line + "\n"
      }
    }
    return blocks
  }

  /// The block as a file: parts of a rule get the keys that they leave out.
  var asRuleFile: String {
    if text.hasPrefix("pack:") { return text }
    let needed = [
      ("id", "id: example"), ("title", "title: An example"), ("severity", "severity: low"),
      ("tests", "tests: [{quiet: {Provider_Name: Another Provider, EventID: 0}}]"),
    ]
    var lines = needed.filter { !has($0.0) }.map(\.1)
    if !has("match"), !has("detection") { lines.append("match: {Provider_Name: Example, EventID: 1}") }
    return text + lines.map { $0 + "\n" }.joined()
  }

  private func has(_ key: String) -> Bool { text.hasPrefix(key + ":") || text.contains("\n\(key):") }
}
