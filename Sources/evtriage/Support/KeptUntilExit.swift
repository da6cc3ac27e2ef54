import RuleEngine

/// Rules that stay in memory until the process ends: taking apart their many small parts just before would take a tenth
/// of a short run.
final class KeptUntilExit {
  private let loaded: LoadedRules
  private let rules: RuleSet

  private init(_ loaded: LoadedRules, _ rules: RuleSet) {
    self.loaded = loaded
    self.rules = rules
  }

  /// Keeps rules; for the one set that a command works with.
  static func keep(_ loaded: LoadedRules, _ rules: RuleSet) {
    _ = Unmanaged.passRetained(KeptUntilExit(loaded, rules))
  }
}
