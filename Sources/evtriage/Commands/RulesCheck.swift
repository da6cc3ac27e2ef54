import ArgumentParser
import Reporting
import RuleEngine
import ShippedRules

/// `evtriage rules check`.
struct RulesCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say everything that is wrong with rule files.",
    discussion: """
      Prints every mistake with its place, the line and what to write instead. Without a path, checks the rules that \
      come with evtriage. Exit code 2 when there is an error, and with --strict also when there is a warning.

        evtriage rules check my-rules/
      """)

  @Argument(help: ArgumentHelp("Files or directories with rules.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Take warnings for errors.")
  var strict = false

  @OptionGroup var sigmaOptions: SigmaOptions
  @OptionGroup var terminalOptions: TerminalOptions

  func run() throws {
    let terminal = terminalOptions.terminal
    let loaded =
      paths.isEmpty
      ? ShippedRules.load() : try sigmaOptions.load(paths, adding: ShippedRules.loadBasis(), validating: true)
    for issue in loaded.issues { terminal.issue(issue) }
    let errors = loaded.issues.count { $0.severity == .error }
    let warnings = loaded.issues.count - errors
    let others = loaded.notApplicable.isEmpty ? "" : ", \(loaded.notApplicable.count) not applicable"
    try Terminal.print(
      "\(Wording.count(loaded.rules.count, "rule")) in \(Wording.count(loaded.packs.count, "pack")): "
        + "\(Wording.count(errors, "error")), \(Wording.count(warnings, "warning"))\(others)\n")
    if errors > 0 || (strict && warnings > 0) { throw ExitCode.partlyUnread }
  }
}
