import ArgumentParser
import Foundation
import RuleEngine
import Triage

/// `evtriage merge`: one report of what several machines read.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge summaries that evtriage report --summary-out wrote into one report.",
    discussion: """
      The report is the same, byte for byte, as one made of all inputs at once: in the order of the summaries, with \
      the same rules and options.

        evtriage report EX01/*.xml --summary-out ex01.json -o ex01.md
        evtriage report DC01/*.xml --summary-out dc01.json -o dc01.md
        evtriage merge ex01.json dc01.json -o report.md
      """)

  @Argument(help: ArgumentHelp("Summaries to merge.", valueName: "summary"))
  var summaries: [String] = []

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var reportOptions: ReportOptions
  @OptionGroup var terminalOptions: TerminalOptions

  func validate() throws {
    if summaries.isEmpty { throw ValidationError("name at least one summary to merge.") }
  }

  func run() throws {
    let terminal = terminalOptions.terminal
    let knownHosts = try reportOptions.knownHosts()
    let loaded = try ruleOptions.load(warning: terminal)
    let rules = RuleSet(loaded)
    KeptUntilExit.keep(loaded, rules)
    var merge = SummaryMerge(rules: rules)
    var failures: [String] = []
    for path in summaries {
      do throws(SummaryFailure) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable }
        try merge.add(SummaryFile(json: data))
      } catch {
        failures.append("\(path): \(error.explanation)")
      }
    }
    failures += merge.incomplete.map(\.explanation)
    for failure in failures { terminal.error(failure) }
    var builder = reportOptions.builder(rules, loaded, knownHosts)
    builder.about.options = merge.options + builder.about.options
    builder.about.eventsPerFinding = merge.eventsPerFinding
    builder.listedEventLimit = reportOptions.listedEventLimit(merge.eventsPerFinding)
    try reportOptions.finish(
      builder.report(on: merge.summary, inputFailures: merge.inputFailures + failures), loaded)
  }
}
