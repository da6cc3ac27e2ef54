public import RuleEngine

/// The rule packs that come with evtriage; their source is the folder `Rules/`.
public enum ShippedRules {
  /// Loads the packs.
  public static func load() -> LoadedRules { RulePackLoader.load(compact: EmbeddedPacks.files) }
}
