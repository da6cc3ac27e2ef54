import ArgumentParser
import Reporting
import RuleEngine
import ShippedRules

/// `evtriage rules test`.
struct RulesTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests that rules carry.",
    discussion: """
      Every `fires` event must match its rule, every `quiet` event must not. Without a path, tests the rules that come \
      with evtriage. Exit code 1 when a test fails, 2 when a rule cannot be loaded.

        evtriage rules test my-rules/
      """)

  @Argument(help: ArgumentHelp("Files or directories with rules.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var sigmaOptions: SigmaOptions
  @OptionGroup var terminalOptions: TerminalOptions

  func run() throws {
    let terminal = terminalOptions.terminal
    let loaded =
      paths.isEmpty
      ? ShippedRules.load() : try sigmaOptions.load(paths, adding: ShippedRules.loadBasis())
    let errors = loaded.issues.filter { $0.severity == .error }
    for issue in errors { terminal.issue(issue) }
    let report = RuleSet(loaded).runTests()
    for failure in report.failures {
      terminal.error("\(failure.source.path):\(failure.source.line): \(failure.message)")
    }
    try Terminal.print(
      "\(Wording.count(report.count, "test")) of \(Wording.count(loaded.rules.count, "rule")): "
        + "\(Wording.number(report.passedCount)) passed, \(Wording.number(report.failures.count)) failed\n")
    if !report.failures.isEmpty { throw ExitCode.testFailed }
    if !errors.isEmpty { throw ExitCode.partlyUnread }
  }
}
