import ArgumentParser
import EventLog
import Foundation
import Reporting
import RuleEngine
import Triage

/// What the report looks like and where it goes.
struct ReportOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(name: .long, help: "How to write the report: markdown, json, or csv (one line for each listed event).")
  var format = OutputFormat.markdown

  @Option(name: .long, help: "The report's heading.")
  var title = "Triage report"

  @Option(
    name: .long, help: "Leave out findings below this severity: informational, low, medium, high, critical.")
  var minSeverity = Severity.informational

  @Option(name: .long, help: "End with exit code 1 when a finding has this severity or a worse one.")
  var failOn: Severity?

  @Option(name: .long, help: ArgumentHelp("The language of the texts, where rules have it.", valueName: "tag"))
  var language = "en"

  @Option(
    name: .long,
    help: ArgumentHelp("Learn which addresses mean which computers, from lines as in a hosts file.", valueName: "file"))
  var hosts: String?

  @Flag(name: .long, help: "Say why each cause got its verdict.")
  var explainVerdicts = false

  /// Which addresses mean which computers.
  func knownHosts() throws -> Hosts {
    guard let path = hosts else { return Hosts() }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RuntimeFailure("\(path): the list of hosts cannot be read; check the path.")
    }
    return Hosts(file: String(decoding: data, as: UTF8.self))
  }

  /// What makes the report, save what stands in "About this report" of inputs and filters.
  func builder(_ rules: RuleSet, _ loaded: LoadedRules, _ hosts: Hosts) -> ReportBuilder {
    var about = ReportAbout(tool: Version.text)
    about.rejectedRules = loaded.issues.filter { $0.severity == .error }.map(\.headline)
    about.options = minSeverity > .informational ? ["--min-severity \(minSeverity.rawValue)"] : []
    var builder = ReportBuilder(rules: rules, about: about)
    builder.title = title
    builder.minimumSeverity = minSeverity
    builder.language = language
    builder.hosts = hosts
    builder.answers = loaded.answers
    return builder
  }

  /// How many events of findings a report lists in all: a page for people stays readable, unless more are asked for.
  func listedEventLimit(_ eventsPerFinding: Int) -> Int? {
    format == .markdown && eventsPerFinding == TriageOptions().eventsPerFinding ? 600 : nil
  }

  /// Writes a report, then ends the command with the exit code that it asks for.
  func finish(_ report: Report, _ loaded: LoadedRules) throws {
    KeptUntilExit.keep(report)
    try OutputFile(path: output).write(format.text(of: report, explainsVerdicts: explainVerdicts))
    if let failOn, report.findings.contains(where: { $0.severity >= failOn }) { throw ExitCode.findingReached }
    let isPartlyUnread =
      !report.inputFailures.isEmpty || report.inputs.contains { $0.failure != nil || $0.tally.unreadable > 0 }
      || loaded.issues.contains { $0.severity == .error }
    if isPartlyUnread { throw ExitCode.partlyUnread }
  }
}

/// The formats of a report.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case markdown, json, csv

  func text(of report: Report, explainsVerdicts: Bool) -> String {
    switch self {
    case .markdown: MarkdownFormat(explainsVerdicts: explainsVerdicts).text(of: report)
    case .json: JSONFormat().text(of: report)
    case .csv: CSVFormat().text(of: report)
    }
  }
}
