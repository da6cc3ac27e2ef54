import EventLog
import RuleEngine
import Triage

/// Writes the section of one finding.
struct MarkdownFinding {
  private let finding: ReportFinding
  private let explains: Bool

  /// - Parameters:
  ///   - finding: The finding.
  ///   - explains: Whether to say why each cause got its verdict.
  init(_ finding: ReportFinding, explains: Bool) {
    self.finding = finding
    self.explains = explains
  }

  func write(to page: inout MarkdownPage) {
    let number = finding.number
    let title = AuthoredMarkdown.line(finding.title)
    page.heading(2, "\(number). \(title) — \(finding.severity.rawValue)", anchor: "finding-\(number)")
    for sentence in finding.sentences { page.paragraph("> \(MarkdownText.escape(sentence))") }
    mailAnswers(&page)
    page.paragraph(
      "\(Wording.count(finding.occurrences.count, "event")) on "
        + "\(Wording.list(finding.computers.map { MarkdownText.code($0) })), \(Wording.span(finding.occurrences)). "
        + "Rule \(MarkdownText.code(finding.ruleID)).")
    if !finding.consequenceOf.isEmpty {
      let links = finding.consequenceOf.map { "[finding \($0)](#finding-\($0))" }
      page.paragraph("A known consequence of \(Wording.list(links)): remedy that first.")
    }
    if finding.isUnverified {
      page.paragraph("The facts of this rule come from general knowledge and were not verified against a source.")
    }
    let guidance = MarkdownGuidance(finding.guidance, number: number)
    guidance.writeMeaning(to: &page)
    groups(&page)
    MarkdownVerdicts(finding, explains: explains).write(to: &page)
    guidance.writeCauses(to: &page)
    events(&page)
  }

  private func mailAnswers(_ page: inout MarkdownPage) {
    guard !finding.mailAnswers.isEmpty else { return }
    page.list(
      finding.mailAnswers.map { answer in
        "The mail answer \(MarkdownText.code(answer.codes)) means: \(AuthoredMarkdown.line(answer.meaning))."
      })
  }

  /// Where it happened, when there is more than one answer.
  private func groups(_ page: inout MarkdownPage) {
    guard finding.groups.count > 1 else { return }
    let shown = finding.groups.prefix(20)
    page.table(
      finding.groupFields.map { .left(MarkdownText.escape($0)) } + [.right("events"), .left("first – last (UTC)")],
      shown.map { group in
        let values = finding.groupFields.indices.map { index in
          index < group.values.count ? MarkdownText.code(group.values[index], inTable: true) : "(others)"
        }
        return values + [Wording.number(group.occurrences.count), Wording.span(group.occurrences)]
      })
    let rest = finding.groups.count - shown.count
    if rest > 0 { page.paragraph("… and \(Wording.number(rest)) more.") }
  }

  private func events(_ page: inout MarkdownPage) {
    guard !finding.events.isEmpty else { return }
    let links = finding.events.map { "[E\($0 + 1)](#e\($0 + 1))" }
    let rest = finding.occurrences.count - links.count
    page.paragraph(
      "Events: \(links.joined(separator: ", "))" + (rest > 0 ? " and \(Wording.number(rest)) more, not listed." : "."))
  }
}
