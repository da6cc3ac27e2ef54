import ArgumentParser
import RuleEngine

/// How Sigma rules are read.
struct SigmaOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Values of the placeholders in Sigma rules, such as %Servers%, as YAML.", valueName: "file"))
  var placeholders: String?

  /// Loads rules.
  func load(_ paths: [String], adding base: LoadedRules) throws -> LoadedRules {
    let values = try placeholders.map { try Placeholders(path: $0) } ?? Placeholders()
    return try RulePackLoader.load(paths: paths, adding: base, placeholders: values)
  }
}
