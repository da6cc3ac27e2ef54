import EventLog
import RuleEngine
import Triage

/// Writes the section of one finding.
struct MarkdownFinding {
  private let finding: ReportFinding
  private let remediations: [ReportRemediation]
  private let explains: Bool

  /// - Parameters:
  ///   - finding: The finding.
  ///   - remediations: Those of the report.
  ///   - explains: Whether to say why each cause got its verdict.
  init(_ finding: ReportFinding, remediations: [ReportRemediation], explains: Bool) {
    self.finding = finding
    self.remediations = remediations
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
        + "\(Wording.list(finding.computers.map { MarkdownText.code($0) })), \(Wording.span(finding.occurrences))."
        + (finding.sigma == nil ? " Rule \(MarkdownText.code(finding.ruleID))." : ""))
    if !finding.consequenceOf.isEmpty {
      let links = finding.consequenceOf.map { "[finding \($0)](#finding-\($0))" }
      page.paragraph("A known consequence of \(Wording.list(links)): remedy that first.")
    }
    if !finding.sameEventsAs.isEmpty {
      let links = finding.sameEventsAs.map { "[finding \($0)](#finding-\($0))" }
      page.paragraph("The same events as \(Wording.list(links)), seen by another rule.")
    }
    if finding.isUnverified {
      page.paragraph("The facts of this rule come from general knowledge and were not verified against a source.")
    }
    let guidance = MarkdownGuidance(finding.guidance, number: number)
    let sigma = MarkdownSigma(finding)
    if let sigma { sigma.write(to: &page) } else { guidance.writeMeaning(to: &page) }
    if sigma != nil || explains { MarkdownReasons(finding).write(to: &page) }
    groups(&page)
    MarkdownVerdicts(finding, explains: explains).write(to: &page)
    if finding.remediations.isEmpty { guidance.writeCauses(to: &page) } else { remedies(guidance, &page) }
    events(&page)
    sigma?.writeSmallPrint(to: &page)
  }

  /// What to do about it stands in a section of its own, for it is the same for many findings.
  private func remedies(_ guidance: MarkdownGuidance, _ page: inout MarkdownPage) {
    let links = finding.remediations.filter(remediations.indices.contains).map { position in
      "[\(AuthoredMarkdown.line(remediations[position].title, inLink: true))](#remedy-\(position + 1))"
    }
    if finding.guidance.causes.isEmpty {
      page.anchor("fix-\(finding.number)")
      page.paragraph("**What to do:** \(links.joined(separator: ", "))")
      MarkdownGuidance.links("References", finding.guidance.references, &page, limit: 5)
    } else {
      guidance.writeCauses(to: &page)
      page.paragraph("**What to do:** \(links.joined(separator: ", "))")
    }
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
