public import RuleEngine

/// The rule packs that come with evtriage; their source is the folder `Rules/`.
public enum ShippedRules {
  /// Loads the packs.
  public static func load() -> LoadedRules { RulePackLoader.load(compact: EmbeddedPacks.files) }

  /// Loads only what rules of others stand on: what Sigma's log sources mean, and value tables.
  public static func loadBasis() -> LoadedRules {
    RulePackLoader.load(
      compact: EmbeddedPacks.files.filter { $0.path.hasPrefix("sigma/") || $0.path.hasPrefix("tables/") })
  }
}
