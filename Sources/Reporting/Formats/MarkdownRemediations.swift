import EventLog
import RuleEngine
import Triage

/// Writes what to do about findings whose rules do not say so themselves, once for all of them.
struct MarkdownRemediations {
  private let report: Report

  init(_ report: Report) { self.report = report }

  func write(to page: inout MarkdownPage) {
    guard !report.remediations.isEmpty else { return }
    page.heading(2, "What to do", anchor: "remedies")
    page.paragraph(
      "For findings whose rules say what they saw, but not what to do. Contain first; then check whether it is harmless "
        + "before you remove anything.")
    page.append(parts: Array(report.remediations.indices)) { index, page in
      write(report.remediations[index], index + 1, &page)
    }
  }

  private func write(_ remediation: ReportRemediation, _ number: Int, _ page: inout MarkdownPage) {
    page.heading(3, "R\(number). \(AuthoredMarkdown.line(remediation.title))", anchor: "remedy-\(number)")
    let links = remediation.findings.map { "[\($0)](#finding-\($0))" }
    let computers = remediation.computers.map { MarkdownText.code($0) }
    page.paragraph(
      "For \(links.count == 1 ? "finding" : "findings") \(Wording.list(links, limit: 20)) on \(Wording.list(computers))."
    )
    Self.steps(remediation, &page)
  }

  /// What it means, and what to do in which order.
  static func steps(_ remediation: ReportRemediation, _ page: inout MarkdownPage) {
    if let meaning = remediation.meaning { page.paragraph(AuthoredMarkdown.blocks(meaning)) }
    if let harmless = remediation.harmless {
      page.paragraph("Often harmless when \(MarkdownGuidance.withOneFullStop(AuthoredMarkdown.line(harmless) + "."))")
    }
    block("Contain", remediation.contain, &page)
    if !remediation.checks.isEmpty {
      page.paragraph("**Check**")
      page.numberedList(remediation.checks.map(MarkdownGuidance.step))
    }
    block("Eradicate", remediation.eradicate, &page)
    block("Recover", remediation.recover, &page)
    MarkdownGuidance.links("References", remediation.references, &page)
  }

  private static func block(_ title: String, _ text: String?, _ page: inout MarkdownPage) {
    guard let text else { return }
    page.paragraph("**\(title)**")
    page.paragraph(AuthoredMarkdown.blocks(text))
  }
}
