import EventLog
import RuleEngine
public import Triage

/// Writes a report as Markdown: readable raw, safe to paste into a ticket, every link within the document.
public struct MarkdownFormat: ReportFormat {
  private let explainsVerdicts: Bool
  /// How many findings the overview has.
  private static let glanceRows = 60

  /// Makes the format.
  ///
  /// - Parameter explainsVerdicts: Whether to say why each cause got its verdict.
  public init(explainsVerdicts: Bool = false) { self.explainsVerdicts = explainsVerdicts }

  /// Writes a report.
  public func write(_ report: Report, to output: inout some TextOutputStream) {
    var page = MarkdownPage()
    heading(report, &page)
    MarkdownInputs(report).write(to: &page)
    glance(report, &page)
    sharedCauses(report, &page)
    page.append(parts: report.findings) { finding, page in
      MarkdownFinding(finding, remediations: report.remediations, explains: explainsVerdicts).write(to: &page)
    }
    MarkdownRemediations(report).write(to: &page)
    MarkdownCollection(report).write(to: &page)
    coverage(report.coverage, &page)
    events(report, &page)
    MarkdownInputs(report).writeAll(to: &page)
    MarkdownAbout(report).write(to: &page)
    output.write(page.text)
  }

  // MARK: Head

  private func heading(_ report: Report, _ page: inout MarkdownPage) {
    page.line("# \(MarkdownText.escape(report.title))")
    let events = Wording.count(report.about.considered, "event")
    let computers = Set(report.logs.map(\.computer)).count
    guard report.about.considered > 0 else {
      return page.paragraph("No findings, for no event was \(report.about.filteredOut > 0 ? "let through" : "read").")
    }
    page.paragraph(
      "\(findingCounts(report.findings)) in \(events) of \(Wording.count(computers, "computer")), "
        + "\(Wording.span(report.occurrences)). All times are UTC.")
  }

  private func findingCounts(_ findings: [ReportFinding]) -> String {
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count > 0 ? "\(count) \(severity.rawValue)" : nil
    }
    guard !counts.isEmpty else { return "No findings" }
    return "**\(Wording.count(findings.count, "finding"))** (\(Wording.list(counts)))"
  }

  // MARK: Findings

  private func glance(_ report: Report, _ page: inout MarkdownPage) {
    page.heading(2, "At a glance")
    guard !report.findings.isEmpty else {
      return page.paragraph(
        "No rule found anything. That is worth what the logs cover: see what was read above, and the errors and "
          + "warnings that no rule knows below.")
    }
    page.table(
      [
        .left("severity"), .left("finding"), .left("computers"), .right("events"), .left("first – last (UTC)"),
        .left("when"),
      ],
      report.findings.prefix(Self.glanceRows).map { finding in
        let title = AuthoredMarkdown.line(finding.title, inTable: true, inLink: true)
        return [
          finding.severity.rawValue,
          (finding.consequenceOf.isEmpty ? "" : "↳ ") + (finding.sameEventsAs.isEmpty ? "" : "= ")
            + "[\(finding.number). \(title)](#finding-\(finding.number))",
          Wording.list(finding.computers.map { MarkdownText.code($0, inTable: true) }, limit: 3),
          Wording.number(finding.occurrences.count), Wording.span(finding.occurrences),
          Wording.sparkline(finding.activity),
        ]
      })
    if report.findings.contains(where: { !$0.sameEventsAs.isEmpty }) {
      page.paragraph("`=` marks findings on the same events as one above them.")
    }
    let rest = report.findings.count - Self.glanceRows
    if rest > 0 {
      let next = Self.glanceRows + 1
      page.paragraph("… and \(Wording.count(rest, "more finding")), from [number \(next)](#finding-\(next)) on.")
    }
  }

  private func sharedCauses(_ report: Report, _ page: inout MarkdownPage) {
    guard !report.sharedCauses.isEmpty else { return }
    page.heading(2, "One cause, several findings")
    page.list(
      report.sharedCauses.map { shared in
        let links = shared.findings.map { "[\($0)](#finding-\($0))" }
        let evidence = shared.evidence.prefix(5).map { MarkdownText.escape($0) }
        let title = AuthoredMarkdown.line(shared.title)
        return "**\(title)** would explain findings \(Wording.list(links, limit: 12)). "
          + "Evidence: \(evidence.joined(separator: "; "))."
      })
  }

  // MARK: Tail

  private func coverage(_ coverage: ReportCoverage, _ page: inout MarkdownPage) {
    page.heading(2, "Errors and warnings that no rule knows")
    guard coverage.events > 0 else {
      return page.paragraph("No critical, error or warning events were read.")
    }
    page.paragraph(
      "Rules explain \(Wording.number(coverage.explainedEvents)) of "
        + "\(Wording.count(coverage.events, "critical, error or warning event")) "
        + "(\(percent(coverage.explainedEvents, of: coverage.events))), and \(Wording.number(coverage.explainedKinds)) "
        + "of their \(Wording.count(coverage.kinds, "kind")) (\(percent(coverage.explainedKinds, of: coverage.kinds)))."
    )
    if coverage.eventsBeyondBound > 0 {
      page.paragraph(
        "Not among them: \(Wording.count(coverage.eventsBeyondBound, "event")) of kinds that were too many to tell apart."
      )
    }
    guard !coverage.unknown.isEmpty else { return }
    page.table(
      [.left("level"), .left("provider"), .right("ID"), .left("channel"), .right("events"), .left("first example")],
      coverage.unknown.map { kind in
        [
          kind.level.name, MarkdownText.code(kind.provider, inTable: true), kind.eventID.map { String($0) } ?? "—",
          Wording.list(kind.channels.map { MarkdownText.code($0, inTable: true) }, limit: 2),
          Wording.number(kind.count), example(kind),
        ]
      })
    let rest = coverage.unknownKinds - coverage.unknown.count
    if rest > 0 { page.paragraph("… and \(Wording.count(rest, "more kind")).") }
  }

  private func example(_ kind: ReportUnknownKind) -> String {
    let example = MarkdownText.code(shortened(kind.sample.sentence), inTable: true)
    guard let provider = kind.suggestion else { return example }
    return "did you mean \(MarkdownText.code(provider, inTable: true))? " + example
  }

  private func shortened(_ text: String) -> String { text.count > 120 ? text.prefix(119) + "…" : text }

  /// Cut, not rounded, so that 100 % means all.
  private func percent(_ part: Int, of whole: Int) -> String {
    let tenths = part * 1000 / max(1, whole)
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private func events(_ report: Report, _ page: inout MarkdownPage) {
    guard !report.events.isEmpty else { return }
    page.heading(2, "Events")
    page.paragraph(
      "Of each finding, its first and last events, at most \(report.about.eventsPerFinding); and the events that are "
        + "evidence for or against a cause.")
    page.table(
      [
        .left("event"), .left("time (UTC)"), .left("computer"), .left("channel"), .left("provider"), .right("ID"),
        .right("record"), .left("finding → remediation"),
      ],
      Array(report.events.indices).parallelMap { index in
        let event = report.events[index]
        let sample = event.sample
        let findings =
          event.findings.map { "[\($0)](#finding-\($0)) → [fix](#fix-\($0))" }
          + event.evidenceFor.map { "evidence in [\($0)](#finding-\($0))" }
        return [
          "<a id=\"e\(index + 1)\"></a>E\(index + 1)\(sample.repairs.isEmpty ? "" : " (recovered)")",
          sample.time?.shortDescription ?? "no time", MarkdownText.code(sample.computer, inTable: true),
          MarkdownText.code(sample.channel, inTable: true), MarkdownText.code(sample.provider, inTable: true),
          sample.eventID.map { String($0) } ?? "—", sample.recordID.map { String($0) } ?? "—",
          findings.joined(separator: ", "),
        ]
      })
  }
}
