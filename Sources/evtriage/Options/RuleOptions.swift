import ArgumentParser
import RuleEngine
import ShippedRules

/// Which rules run.
struct RuleOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Add the rules of a file or directory; repeatable.", valueName: "path"))
  var rules: [String] = []

  @Flag(name: .long, help: "Leave out the rules that come with evtriage.")
  var noShippedRules = false

  @OptionGroup var sigmaOptions: SigmaOptions

  /// Whether no rules but the shipped ones run.
  var areShippedOnly: Bool { rules.isEmpty && !noShippedRules }

  /// The rules, and what is wrong with those that could not be loaded.
  func load() throws -> LoadedRules {
    let shipped = noShippedRules ? ShippedRules.loadBasis() : ShippedRules.load()
    guard !rules.isEmpty else {
      // A file that is not there is told, though no shipped rule has placeholders.
      _ = try sigmaOptions.loadPlaceholders()
      return shipped
    }
    return try sigmaOptions.load(rules, adding: shipped)
  }

  /// The rules; what is wrong with those that could not be loaded is said on the terminal.
  func load(warning terminal: Terminal) throws -> LoadedRules {
    let loaded = try load()
    for issue in loaded.issues where issue.severity == .error { terminal.issue(issue) }
    return loaded
  }
}
