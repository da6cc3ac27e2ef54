public import RuleEngine

/// The rule packs that come with evtriage; their source is the folder `Rules/`.
public enum ShippedRules {
  /// Loads the packs.
  public static func load() -> LoadedRules { RulePackLoader.load(compact: EmbeddedPacks.files) }

  /// Loads those packs only that have a provider or a rule's ID anywhere, in a tenth of the time.
  public static func load(mentioning name: String) -> LoadedRules {
    RulePackLoader.load(compact: EmbeddedPacks.files, mentioning: name)
  }

  /// Loads only what rules of others stand on: what Sigma's log sources mean, and value tables.
  public static func loadBasis() -> LoadedRules {
    RulePackLoader.load(
      compact: EmbeddedPacks.files.filter { $0.path.hasPrefix("sigma/") || $0.path.hasPrefix("tables/") })
  }
}
