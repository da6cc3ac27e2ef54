import EventLog
import RuleEngine
import Triage

/// Writes what was read: few inputs whole at the top, many summed up there and listed at the end.
struct MarkdownInputs {
  private let report: Report

  /// How many inputs and logs stand at the top; of more logs than that only the largest.
  private static let shownInputs = 20
  private static let shownLogs = 30
  private static let largestLogs = 10

  init(_ report: Report) { self.report = report }

  private var isLong: Bool { report.inputs.count > Self.shownInputs }

  /// The section at the top.
  func write(to page: inout MarkdownPage) {
    page.heading(2, "Inputs")
    let failures = report.inputFailures.map { "**Not read:** " + MarkdownText.escape($0) }
    if isLong {
      page.paragraph(summary)
      page.list(report.inputs.filter { $0.failure != nil }.prefix(Self.shownInputs).map(line) + failures)
    } else {
      page.list(report.inputs.map(line) + failures)
    }
    logs(&page)
    damage(&page)
  }

  /// Every input, at the end, when they were too many for the top.
  func writeAll(to page: inout MarkdownPage) {
    guard isLong else { return }
    page.heading(2, "All inputs", anchor: "inputs")
    page.list(report.inputs.map(line))
  }

  private var summary: String {
    let events = report.inputs.reduce(0) { $0 + $1.tally.total }
    let bytes = report.inputs.reduce(UInt64(0)) { $0 + $1.bytes }
    let failed = report.inputs.count { $0.failure != nil }
    return "\(Wording.count(report.inputs.count, "input")) with \(Wording.count(events, "event")), "
      + "\(Wording.bytes(bytes))\(failed > 0 ? ", of which \(Wording.number(failed)) could not be read whole" : ""). "
      + "[The end of the report](#inputs) lists them with their SHA-256."
  }

  private func line(_ input: SourceSummary) -> String {
    let name = MarkdownText.code(input.name)
    guard let format = input.format else {
      return "\(name): **not read**: \(MarkdownText.escape(input.failure ?? "unknown reason"))"
    }
    var facts = [format, input.encoding?.rawValue, input.isCompressed ? "gzip" : nil, Wording.bytes(input.bytes)]
      .compactMap { $0 }.joined(separator: ", ")
    if let digest = input.sha256 {
      facts += ", SHA-256 `\(digest)`"
    } else if input.failure == nil {
      facts += ", without SHA-256 (`--sha256` computes it for large inputs too)"
    }
    var line = "\(name): \(Wording.count(input.tally.total, "event"))"
    let damaged = [(input.tally.recovered, "recovered"), (input.tally.unreadable, "unreadable")].filter { $0.0 > 0 }
    if !damaged.isEmpty {
      line += " (" + damaged.map { "\(Wording.number($0.0)) \($0.1)" }.joined(separator: ", ") + ")"
    }
    line += "; \(facts)"
    if let failure = input.failure { line += ". **Reading stopped:** \(MarkdownText.escape(failure))" }
    return line
  }

  /// The logs by computer and channel; of many, those with the most events.
  private func logs(_ page: inout MarkdownPage) {
    guard !report.logs.isEmpty else { return }
    let isLong = report.logs.count > Self.shownLogs
    let shown = isLong ? Self.largestLogs : Self.shownLogs
    let order = isLong ? report.logs.sorted { $0.occurrences.count > $1.occurrences.count } : report.logs
    page.table(
      [.left("computer"), .left("channel"), .right("events"), .left("first – last (UTC)")],
      order.prefix(shown).map { log in
        [
          MarkdownText.code(log.computer, inTable: true), MarkdownText.code(log.channel, inTable: true),
          Wording.number(log.occurrences.count), Wording.span(log.occurrences),
        ]
      })
    let rest = order.dropFirst(shown)
    guard !rest.isEmpty else { return }
    let events = rest.reduce(0) { $0 + $1.occurrences.count }
    page.paragraph("… and \(Wording.count(rest.count, "more log")) with \(Wording.count(events, "event")).")
  }

  private func damage(_ page: inout MarkdownPage) {
    let damaged = report.inputs.filter { $0.tally.recovered + $0.tally.unreadable > 0 }
    guard !damaged.isEmpty else { return }
    page.heading(3, "Damaged events")
    page.paragraph("Recovered events were mended and looked at like any other; unreadable ones were not looked at.")
    for input in damaged {
      let shown = input.tally.damage.prefix(20)
      let rest = input.tally.recovered + input.tally.unreadable - shown.count
      page.list(
        shown.map { place in
          "\(MarkdownText.code(input.name)), byte \(Wording.number(place.byteOffset)): "
            + "\(place.isRecovered ? "recovered" : "**unreadable**"): \(MarkdownText.escape(place.reason))"
        } + (rest > 0 ? ["… and \(Wording.number(rest)) more in \(MarkdownText.code(input.name))"] : []))
    }
  }
}
