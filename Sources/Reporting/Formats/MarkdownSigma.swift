import EventLog
import RuleEngine
import Triage

/// Writes what a Sigma rule says about itself.
struct MarkdownSigma {
  private let sigma: ReportSigmaRule
  private let ruleID: String
  private let meaning: String?

  init(_ sigma: ReportSigmaRule, ruleID: String, meaning: String?) {
    self.sigma = sigma
    self.ruleID = ruleID
    self.meaning = meaning
  }

  init?(_ finding: ReportFinding) {
    guard let sigma = finding.sigma else { return nil }
    self.init(sigma, ruleID: finding.ruleID, meaning: finding.guidance.meaning)
  }

  func write(to page: inout MarkdownPage) {
    // A description is plain text, whatever it looks like.
    let meaning = meaning ?? ""
    let paragraphs = meaning.isPlain(without: "\n") ? [meaning[...]] : meaning.split(separator: /\n\s*\n/)
    for paragraph in paragraphs where !paragraph.isEmpty { page.paragraph(MarkdownText.escape(String(paragraph))) }
    if sigma.expectsNoFalsePositives { page.paragraph("Its author thinks false positives unlikely.") }
    let known = sigma.describedFalsePositives.map(MarkdownText.escape)
    if !known.isEmpty {
      page.paragraph("Known false positives: \(MarkdownGuidance.withOneFullStop(known.joined(separator: "; ") + "."))")
    }
    let names = sigma.techniques.map(technique) + sigma.tactics.map { MarkdownText.escape($0.name ?? $0.id) }
    if !names.isEmpty { page.paragraph("ATT&CK: \(names.joined(separator: ", "))") }
  }

  /// Who wrote the rule and how far it has come, in small print.
  func writeSmallPrint(to page: inout MarkdownPage) { page.paragraph("<sub>\(origin)</sub>") }

  /// Who wrote the rule and how far it has come.
  var origin: String {
    var parts = ["Sigma rule \(MarkdownText.code(ruleID))"]
    if let status = sigma.status { parts.append("status \(status)") }
    if let author = sigma.author { parts.append("by \(MarkdownText.escape(author))") }
    if let date = sigma.modified ?? sigma.date { parts.append("last changed \(MarkdownText.escape(date))") }
    parts.append("for \(MarkdownText.escape(sigma.logSource))")
    return parts.joined(separator: ", ")
  }

  /// `[T1059.001 PowerShell](https://attack.mitre.org/techniques/T1059/001/)`.
  private func technique(_ technique: ReportAttackName) -> String {
    let label = ([technique.id, technique.name].compactMap { $0 }.map(MarkdownText.escape)).joined(separator: " ")
    let path = technique.id.split(separator: ".").joined(separator: "/")
    return "[\(label)](https://attack.mitre.org/techniques/\(path)/)"
  }
}
