import Triage

/// Writes which logs would settle undecided causes: those to export, and those of which only a copy can help.
struct MarkdownCollection {
  private let missing: [ReportMissingLog]
  private let lost: [ReportMissingLog]

  /// How many logs of either kind are listed.
  private static let limit = 20

  init(_ report: Report) {
    missing = report.toCollect.filter { !$0.isLost }
    lost = report.toCollect.filter(\.isLost)
  }

  func write(to page: inout MarkdownPage) {
    guard !missing.isEmpty || !lost.isEmpty else { return }
    page.heading(2, "Next: what to collect", anchor: "collect")
    if !missing.isEmpty {
      page.paragraph(
        "These exports would settle undecided causes, the most useful first. Run each command on its computer, then "
          + "feed the files together with those that you have.")
      list(missing, &page)
    }
    guard !lost.isEmpty else { return }
    page.paragraph(
      "These logs were cleared within the time. What they held before is lost, and no export brings it back. Look for a "
        + "copy: a file `Archive-*.evtx` beside the log, a backup of the computer, or what a SIEM or a collector of "
        + "forwarded events received.")
    list(lost, &page)
  }

  private func list(_ logs: [ReportMissingLog], _ page: inout MarkdownPage) {
    page.numberedList(logs.prefix(Self.limit).map(item))
    let rest = logs.count - Self.limit
    if rest > 0 { page.paragraph("… and \(Wording.count(rest, "more log")).") }
  }

  private func item(_ log: ReportMissingLog) -> String {
    let computer = log.computer.map { MarkdownText.code($0) } ?? "a domain controller"
    let state = log.reason == .partial ? " (what was fed in does not cover the time)" : ""
    let links = log.findings.map { "[\($0)](#finding-\($0))" }
    let head =
      "\(MarkdownText.code(log.channel)) of \(computer)\(state), for "
      + "\(log.findings.count == 1 ? "finding" : "findings") \(Wording.list(links, limit: 8))"
    return log.command.map { "\(head):\n\n" + MarkdownText.block($0, language: "powershell") } ?? head
  }
}
