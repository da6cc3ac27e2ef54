import EventLog
import RuleEngine
import Triage

/// Writes what the logs say about the causes of a finding.
struct MarkdownVerdicts {
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
    let causes = finding.guidance.causes
    guard causes.contains(where: { $0.verdict != nil }) else { return }
    page.paragraph(conclusion(causes))
    page.table(
      [.left("cause"), .left("verdict"), .left("evidence")],
      causes.enumerated().map { index, cause in
        let title = AuthoredMarkdown.line(cause.title, inTable: true, inLink: true)
        return [
          "[\(index + 1). \(title)](#cause-\(finding.number)-\(index + 1))",
          cause.verdict.map(verdict) ?? "—", cause.verdict.map(evidence) ?? "—",
        ]
      })
    if explains { reasons(causes, &page) }
    changes(&page)
  }

  private func conclusion(_ causes: [ReportCause]) -> String {
    let supported = causes.filter { $0.verdict?.verdict == .supported }
    if let first = supported.first {
      let title = AuthoredMarkdown.line(first.title)
      let others = supported.count - 1
      return "**Most likely cause:** \(title)."
        + (others > 0 ? " The logs also speak for \(Wording.count(others, "other cause"))." : "")
    }
    let undecided = causes.count { $0.verdict?.verdict == .undecided }
    if undecided == 0 { return "**The logs speak for none of the known causes.** Work through the checks in order." }
    let missing = causes.filter { $0.verdict?.verdict == .undecided }.flatMap { $0.verdict?.missing ?? [] }
    let help = missing.allSatisfy(\.isLost) ? "look for copies of" : "collect"
    return "**The logs do not decide between the causes.** Work through the checks in order"
      + (missing.isEmpty ? "." : ", or \(help) the logs [named below](#collect).")
  }

  private func verdict(_ verdict: ReportVerdict) -> String {
    verdict.verdict == .supported ? "**supported**" : verdict.verdict.rawValue
  }

  private func evidence(_ verdict: ReportVerdict) -> String {
    var parts = verdict.supporting.prefix(4).map { "for: " + describe($0) }
    if verdict.supporting.count > 4 { parts.append("and \(verdict.supporting.count - 4) more") }
    parts += verdict.contradicting.prefix(2).map { "against: " + describe($0) }
    if verdict.verdict == .undecided {
      if verdict.isThinned {
        parts.append("too many events of its kind to remember each; read the log around the time")
      } else if verdict.missing.isEmpty {
        parts.append("no event shows this; use the checks")
      } else {
        let lost = verdict.missing.filter(\.isLost)
        let missing = verdict.missing.filter { !$0.isLost }
        if !missing.isEmpty { parts.append("missing: " + Wording.list(missing.map(describe), limit: 4)) }
        if !lost.isEmpty { parts.append("lost: " + Wording.list(lost.map(describe), limit: 4)) }
      }
    }
    return parts.isEmpty ? "nothing in the logs speaks for it" : parts.joined(separator: "<br>")
  }

  private func describe(_ evidence: ReportEvidence) -> String {
    let links = evidence.events.map { "[E\($0 + 1)](#e\($0 + 1))" }
    let computers = Wording.list(evidence.computers.map { MarkdownText.code($0, inTable: true) }, limit: 3)
    let title = MarkdownText.escape(evidence.title)
    return "\(Wording.number(evidence.count)) × \(title) on \(computers) (\(links.joined(separator: ", ")))"
  }

  private func describe(_ log: ReportMissingLog) -> String {
    let computer = log.computer.map { MarkdownText.code($0, inTable: true) } ?? "a domain controller"
    let state =
      switch log.reason {
      case .absent: ""
      case .partial: ", which does not cover the time"
      case .cleared: ", which was cleared within the time"
      }
    return "\(MarkdownText.code(log.channel, inTable: true)) of \(computer)\(state)"
  }

  private func reasons(_ causes: [ReportCause], _ page: inout MarkdownPage) {
    page.paragraph("Why these verdicts:")
    page.list(
      causes.enumerated().map { index, cause in
        let reasons = cause.verdict?.reasons ?? []
        return "Cause \(index + 1): " + reasons.map(MarkdownText.escape).joined(separator: "; ")
      })
  }

  private func changes(_ page: inout MarkdownPage) {
    guard !finding.changes.isEmpty else { return }
    page.paragraph("Changed in the day before:")
    page.list(finding.changes.prefix(10).map(describe))
  }
}

extension MarkdownVerdicts {
  /// What a clock that was off means for the report.
  static func describe(_ clock: ReportClock) -> String {
    let computer = MarkdownText.code(clock.computer)
    let amount = Wording.count(Int(clock.seconds.magnitude), "second")
    return "Clock: \(computer) was \(amount) \(clock.seconds < 0 ? "fast" : "slow") until "
      + "\(clock.time.shortDescription); evidence on other computers is looked for in windows wider by that."
  }
}
