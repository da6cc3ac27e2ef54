import ArgumentParser
import Foundation
import RuleEngine

/// How rule files are read.
struct SigmaOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Values of the placeholders in Sigma rules, such as %Servers%, as YAML.", valueName: "file"))
  var placeholders: String?

  @Flag(name: .long, help: "Read all rule files anew instead of remembering them in the cache folder.")
  var noRuleCache = false

  /// The values of placeholders.
  func loadPlaceholders() throws -> Placeholders {
    try placeholders.map { try Placeholders(path: $0) } ?? Placeholders()
  }

  /// Loads rules.
  func load(_ paths: [String], adding base: LoadedRules, validating: Bool = false) throws -> LoadedRules {
    var options = RuleLoadingOptions()
    options.placeholders = try loadPlaceholders()
    options.runsValidators = validating
    // Who checks rules wants them read, whatever is remembered.
    options.cachePath = noRuleCache || validating ? nil : Self.cachePath(for: paths)
    return try RulePackLoader.load(paths: paths, adding: base, options: options)
  }

  /// A file for each list of paths, in `$XDG_CACHE_HOME/evtriage` or `~/.cache/evtriage`; nil without a home.
  private static func cachePath(for paths: [String]) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let folder: String
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      folder = cache
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      folder = home + "/.cache"
    } else {
      return nil
    }
    var hash = StableHash()
    for path in paths { hash.combine(URL(fileURLWithPath: path).standardizedFileURL.path) }
    return "\(folder)/evtriage/rules-\(hash)"
  }
}
