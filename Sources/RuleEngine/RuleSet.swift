public import EventLog

/// All rules that were loaded: immutable, compiled once, indexed by provider and event ID.
public struct RuleSet: Sendable {
  /// The rules, sorted by ID.
  public let rules: [Rule]
  /// The files that they are from.
  public let packs: [RulePack]

  /// A set without rules.
  public static let empty = RuleSet(rules: [], packs: [])

  /// Compiles the index.
  public init(rules: [Rule], packs: [RulePack]) {
    self.rules = rules.sorted { $0.id < $1.id }
    self.packs = packs
  }

  /// The rules that match an event, as ascending indexes into ``rules``.
  public func matches(_ event: Event) -> [Int] {
    rules.indices.filter { rules[$0].condition.matches(event) }
  }
}
