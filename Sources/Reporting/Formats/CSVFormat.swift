import EventLog
import RuleEngine
public import Triage

/// Writes the listed events as comma-separated values (RFC 4180), one line an event, with a heading line.
///
/// A value that a spreadsheet would take for a formula begins with an apostrophe.
public struct CSVFormat: ReportFormat {
  /// Makes the format.
  public init() {}

  private static let columns = [
    "time", "computer", "channel", "provider", "event_id", "record_id", "level", "severity", "rules", "findings",
    "sentence", "input", "byte_offset", "repairs", "matched",
  ]

  /// Writes a report.
  public func write(_ report: Report, to output: inout some TextOutputStream) {
    output.write(Self.columns.joined(separator: ",") + "\r\n")
    let reasons = Self.reasons(report)
    for (position, event) in report.events.enumerated() {
      let values = values(event, report) + [reasons[position] ?? ""]
      output.write(values.map(Self.field).joined(separator: ",") + "\r\n")
    }
  }

  /// What of each event made rules match, by its position: `CommandLine: -enc`.
  private static func reasons(_ report: Report) -> [Int: String] {
    var reasons: [Int: [String]] = [:]
    for match in report.findings.flatMap(\.matches) {
      for reason in match.reasons {
        let text = [reason.field, reason.matched ?? "(not there)"].filter { !$0.isEmpty }.joined(separator: ": ")
        if reasons[match.event]?.contains(text) != true { reasons[match.event, default: []].append(text) }
      }
    }
    return reasons.mapValues { $0.joined(separator: "; ") }
  }

  private func values(_ event: ReportEvent, _ report: Report) -> [String] {
    let sample = event.sample
    let findings = event.findings.map { report.findings[$0 - 1] }
    return [
      sample.time?.description ?? "", sample.computer, sample.channel, sample.provider,
      sample.eventID.map { String($0) } ?? "", sample.recordID.map { String($0) } ?? "", sample.level?.name ?? "",
      findings.map(\.severity).max()?.rawValue ?? "", findings.map(\.ruleID).joined(separator: "; "),
      findings.map(\.title).joined(separator: "; "), sample.sentence, event.input, String(sample.byteOffset),
      sample.repairs.joined(separator: "; "),
    ]
  }

  static func field(_ value: String) -> String {
    var text = MarkdownText.visible(value.split(whereSeparator: \.isNewline).joined(separator: " "))
    if let first = text.first(where: { $0 != " " }), "=+-@".contains(first) { text = "'" + text }
    let isPlain = !text.hasPrefix(" ") && !text.hasSuffix(" ") && !text.contains { ",\";".contains($0) }
    guard !isPlain else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
