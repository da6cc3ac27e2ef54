import EventLog
import RuleEngine
import Triage

/// Writes what made a report, and what became of every rule.
struct MarkdownAbout {
  private let report: Report
  private let about: ReportAbout

  /// How many lines of a list are shown; the JSON report has them whole.
  private static let shownLines = 20

  init(_ report: Report) {
    self.report = report
    about = report.about
  }

  func write(to page: inout MarkdownPage) {
    page.heading(2, "About this report")
    page.list(lines)
    withoutLog(&page)
    list("Rules whose log source is not known here, so that they did not run", notApplicable, &page)
    list("Rules that could not be loaded, and did not run", about.rejectedRules.map { MarkdownText.code($0) }, &page)
  }

  private var lines: [String] {
    var lines = ["Made by \(MarkdownText.escape(about.tool)).", rules]
    let matched = Set(report.findings.map(\.packID)).sorted().map { MarkdownText.code($0) }
    if !matched.isEmpty { lines.append("Packs with findings: \(Wording.list(matched, limit: 20)).") }
    if report.evidenceDropped > 0 {
      lines.append(
        "Evidence: \(Wording.count(report.evidenceDropped, "event")) could not be kept, so a cause may lack support.")
    }
    lines += about.correlationNotes.prefix(Self.shownLines).map { MarkdownText.escape($0) }
    let rest = about.correlationNotes.count - Self.shownLines
    if rest > 0 { lines.append("… and \(Wording.count(rest, "more note")) on correlations.") }
    lines += report.clocks.prefix(10).map(MarkdownVerdicts.describe)
    if !about.options.isEmpty {
      lines.append("Options: \(about.options.map { MarkdownText.code($0) }.joined(separator: " ")).")
    }
    if about.abandonedAttempts > 0 {
      let attempts = Wording.count(about.abandonedAttempts, "attempt")
      lines.append("Regular expressions: \(attempts) took too many steps and counted as no match.")
    }
    if about.filteredOut > 0 {
      lines.append("Left out by the options: \(Wording.count(about.filteredOut, "event")).")
    }
    return lines
  }

  /// The rules by what became of them.
  private var rules: String {
    let accounting = about.accounting
    let parts = [
      (accounting.matched.count, "matched"), (accounting.unmatched.count, "did not match"),
      (accounting.withoutLogCount, "had no log to look at"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\(Wording.number($0.0)) \($0.1)" }
    return "Rules: \(Wording.number(about.rules)) in \(Wording.count(about.packs.count, "pack"))"
      + (told.isEmpty ? "." : ", of which \(Wording.list(told)).")
  }

  private func withoutLog(_ page: inout MarkdownPage) {
    let waiting = about.accounting.withoutLog
    guard !waiting.isEmpty else { return }
    page.paragraph(
      "Logs that were not fed in, and the rules that wait for them. Where several are named, any of them would do.")
    page.table(
      [.left("channel"), .right("rules")],
      waiting.prefix(Self.shownLines).map { entry in
        [
          Wording.list(entry.channels.map { MarkdownText.code($0, inTable: true) }, limit: 4),
          Wording.number(entry.rules.count),
        ]
      })
    let rest = waiting.dropFirst(Self.shownLines)
    guard !rest.isEmpty else { return }
    let count = rest.reduce(0) { $0 + $1.rules.count }
    page.paragraph("… and \(Wording.count(rest.count, "more log")) with \(Wording.count(count, "rule")).")
  }

  private var notApplicable: [String] {
    about.accounting.notApplicable.map { rule in
      "\(MarkdownText.code(rule.place)): \(MarkdownText.escape(rule.title)) (\(MarkdownText.escape(rule.logSource)))"
    }
  }

  private func list(_ title: String, _ items: [String], _ page: inout MarkdownPage) {
    guard !items.isEmpty else { return }
    page.paragraph("\(title):")
    let rest = items.count - Self.shownLines
    page.list(
      items.prefix(Self.shownLines)
        + (rest > 0 ? ["… and \(Wording.number(rest)) more; the JSON report lists them all"] : []))
  }
}
