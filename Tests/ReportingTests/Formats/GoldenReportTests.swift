import Reporting
import RuleEngine
import Testing
import Triage

@Suite("whole reports") struct GoldenReportTests {
  @Test("as Markdown")
  func markdown() async throws {
    try expectGolden(MarkdownFormat().text(of: try await TestCase.report()), "report.md")
  }

  @Test("as Markdown with the reasons of the verdicts")
  func reasons() async throws {
    try expectGolden(MarkdownFormat(explainsVerdicts: true).text(of: try await TestCase.report()), "report-reasons.md")
  }

  @Test("as JSON")
  func json() async throws {
    try expectGolden(JSONFormat().text(of: try await TestCase.report()), "report.json")
  }

  @Test("as CSV")
  func csv() async throws {
    try expectGolden(CSVFormat().text(of: try await TestCase.report()), "report.csv")
  }

  @Test("without any event")
  func nothing() async throws {
    let report = await report(on: [], rules: .empty)
    try expectGolden(MarkdownFormat().text(of: report), "nothing.md")
  }

  @Test("an explanation")
  func explanation() throws {
    let explainer = Explainer(rules: try rules(TestCase.pack))
    let answer = explainer.explain([
      "Event Type: Error Event Source: Maill Event ID: 1 "
        + "Description: Mail from 192.0.2.1 failed on Default with 0x5."
    ])
    try expectGolden(ExplanationFormat().text(of: answer), "explanation.md")
  }
}
