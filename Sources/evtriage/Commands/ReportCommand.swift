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
  @OptionGroup var reportOptions: ReportOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "List at most this many events of each finding; without this, a Markdown report with many findings lists fewer.",
      valueName: "count"))
  var maxEvents = TriageOptions().eventsPerFinding

  @Option(name: .shortAndLong, help: ArgumentHelp("Use this many threads; all cores by default.", valueName: "count"))
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    name: .long,
    help: ArgumentHelp("Also write what was read to this file, for evtriage merge (JSON).", valueName: "file"))
  var summaryOut: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Look at one of several equal parts of the inputs only, such as 3/8; merge the summaries of all parts.",
      valueName: "part"))
  var slice: TriageSlice?

  @Flag(
    name: .customLong("sha256"),
    help: "Compute the SHA-256 of inputs above 64 MB too; it takes longer than reading their events.")
  var computesAllDigests = false

  @Flag(name: .long, help: "Also print the rules that cost the most to standard error.")
  var profileRules = false

  @OptionGroup var terminalOptions: TerminalOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("name at least one file or directory to read, or - for standard input.") }
    if !(1...10_000).contains(maxEvents) { throw ValidationError("--max-events must be between 1 and 10000.") }
    if !(1...256).contains(jobs) { throw ValidationError("--jobs must be between 1 and 256.") }
    if slice != nil, summaryOut == nil {
      throw ValidationError("--slice reads a part of the inputs; name a file for its summary with --summary-out.")
    }
  }

  func run() async throws {
    let terminal = terminalOptions.terminal
    let knownHosts = try reportOptions.knownHosts()
    let loaded = try ruleOptions.load(warning: terminal)
    let rules = RuleSet(loaded)
    KeptUntilExit.keep(loaded, rules)
    let expansion = InputSource.expand(inputs)
    for failure in expansion.failures { terminal.error(failure.description) }
    let failures = expansion.failures.map(\.description)

    let profiler = profileRules ? RuleProfiler() : nil
    let session = TriageSession(rules: rules, options: options, profiler: profiler)
    let summary = await triage(expansion.sources, session)
    KeptUntilExit.keep(summary)
    if let profiler { Terminal.note(RuleProfileFormat(rules: rules).text(of: profiler.profile)) }
    for (_, source) in summary.sources.sorted(by: { $0.key < $1.key }) {
      if let failure = source.failure { terminal.error("\(source.name): \(failure)") }
    }
    if let summaryOut {
      let file = SummaryFile(
        tool: Version.text, rules: rules, options: options, described: filters.described, inputFailures: failures,
        summary: summary)
      try OutputFile(path: summaryOut).write(file)
    }
    var builder = reportOptions.builder(rules, loaded, knownHosts)
    builder.about.options = filters.described + builder.about.options
    builder.about.eventsPerFinding = maxEvents
    builder.listedEventLimit = reportOptions.listedEventLimit(maxEvents)
    builder.catalog = session.catalog
    try reportOptions.finish(builder.report(on: summary, inputFailures: failures), loaded)
  }

  private func triage(_ sources: [InputSource], _ session: TriageSession) async -> TriageSummary {
    let bar = ProgressBar(
      total: ProgressBar.totalBytes(of: sources), isShown: Terminal.isInteractive && !terminalOptions.quiet)
    defer { bar.finish() }
    return await session.run(sources) { bar.update($0) }
  }

  private var options: TriageOptions {
    var options = TriageOptions()
    filters.apply(to: &options)
    options.eventsPerFinding = maxEvents
    options.jobs = jobs
    options.slice = slice
    // Summaries are told apart by the digests of their inputs.
    if computesAllDigests || summaryOut != nil { options.limits.digestBytes = .max }
    return options
  }
}
