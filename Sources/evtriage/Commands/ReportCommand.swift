import ArgumentParser
import EventLog
import Foundation
import Reporting
import RuleEngine
import Triage

/// `evtriage report`: the main job.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Read exported logs and write a triage report.",
    discussion: """
      Inputs are event XML in any shape that Windows and the usual tools write (Event Viewer, wevtutil, Get-WinEvent, \
      evtx_dump, EvtxECmd, evtxexport), CLIXML of Get-EventLog, or the text of a ticket; UTF-8 or UTF-16; plain or \
      .gz; files, directories (every *.xml and *.xml.gz below), or - for standard input.

        evtriage report Application.xml System.xml DC01-System.xml -o report.md
        evtriage report exports/ --rules my-rules/ --since 2026-03-01 --fail-on high
        wevtutil qe Application /f:xml | evtriage report -
      """)

  @Argument(help: ArgumentHelp("Files or directories to read, - for standard input.", valueName: "input"))
  var inputs: [String] = []

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var filters: FilterOptions

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

  @Option(name: .long, help: ArgumentHelp("List at most this many events of each finding.", valueName: "count"))
  var maxEvents = 20

  @Option(name: .shortAndLong, help: ArgumentHelp("Use this many threads; all cores by default.", valueName: "count"))
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(name: .long, help: ArgumentHelp("The language of the texts, where rules have it.", valueName: "tag"))
  var language = "en"

  @Option(
    name: .long,
    help: ArgumentHelp("Learn which addresses mean which computers, from lines as in a hosts file.", valueName: "file"))
  var hosts: String?

  @Flag(name: .long, help: "Say why each cause got its verdict.")
  var explainVerdicts = false

  @OptionGroup var terminalOptions: TerminalOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("name at least one file or directory to read, or - for standard input.") }
    if !(1...10_000).contains(maxEvents) { throw ValidationError("--max-events must be between 1 and 10000.") }
    if !(1...256).contains(jobs) { throw ValidationError("--jobs must be between 1 and 256.") }
  }

  func run() async throws {
    let terminal = terminalOptions.terminal
    let knownHosts = try hosts.map(readHosts) ?? Hosts()
    let loaded = try ruleOptions.load()
    for issue in loaded.issues where issue.severity == .error {
      terminal.issue(issue)
    }
    let rules = RuleSet(rules: loaded.rules, packs: loaded.packs)
    let expansion = InputSource.expand(inputs)
    for failure in expansion.failures { terminal.error(failure.description) }

    let summary = await triage(expansion.sources, rules)
    for (_, source) in summary.sources.sorted(by: { $0.key < $1.key }) {
      if let failure = source.failure { terminal.error("\(source.name): \(failure)") }
    }
    var builder = builder(rules, loaded)
    builder.hosts = knownHosts
    let report = builder.report(on: summary, inputFailures: expansion.failures)
    try OutputFile(path: output).write(format.text(of: report, explainsVerdicts: explainVerdicts))
    try exit(report, loaded)
  }

  private func readHosts(_ path: String) throws -> Hosts {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RuntimeFailure("\(path): the list of hosts cannot be read; check the path.")
    }
    return Hosts(file: String(decoding: data, as: UTF8.self))
  }

  private func triage(_ sources: [InputSource], _ rules: RuleSet) async -> TriageSummary {
    var options = TriageOptions()
    filters.apply(to: &options)
    options.eventsPerFinding = maxEvents
    options.jobs = jobs
    let bar = ProgressBar(
      total: ProgressBar.totalBytes(of: sources), isShown: Terminal.isInteractive && !terminalOptions.quiet)
    defer { bar.finish() }
    return await TriageSession(rules: rules, options: options).run(sources) { bar.update($0) }
  }

  private func builder(_ rules: RuleSet, _ loaded: LoadedRules) -> ReportBuilder {
    var about = ReportAbout(tool: Version.text)
    about.rejectedRules = loaded.issues.filter { $0.severity == .error }.map(\.headline)
    about.options = filters.described + (minSeverity > .informational ? ["--min-severity \(minSeverity.rawValue)"] : [])
    about.eventsPerFinding = maxEvents
    var builder = ReportBuilder(rules: rules, about: about)
    builder.title = title
    builder.minimumSeverity = minSeverity
    builder.language = language
    return builder
  }

  private func exit(_ report: Report, _ loaded: LoadedRules) throws {
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
