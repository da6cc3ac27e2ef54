public import EventLog

/// A rule, compiled: which events it is about and what it says about them.
///
/// There is one kind of rule, whatever it was loaded from.
public struct Rule: Sendable {
  private let definition: RuleDefinition

  /// Compiles a definition.
  public init(_ definition: RuleDefinition) {
    self.definition = definition
  }

  /// Unique over all packs, such as `exchange-transport-1035`.
  public var id: String { definition.id }
  /// The pack that the rule is from.
  public var packID: String { definition.packID }
  /// What happened, in one line without a full stop.
  public var title: LocalizedText { definition.title }
  /// How bad it is.
  public var severity: Severity { definition.severity }
  /// Whether the rule is evidence only and no finding by itself.
  public var isSignal: Bool { definition.isSignal }
  /// Whether its facts could not be verified.
  public var isUnverified: Bool { definition.isUnverified }
  /// Words that evidence finds the rule by.
  public var tags: [String] { definition.tags }
  /// The names of the insertion strings `%1` to `%n`.
  public var parameters: [String] { definition.parameters }
  /// The sentence for the report, in English.
  public var message: MessageTemplate? { definition.message }
  /// The fields and parameters whose distinct values make distinct findings.
  public var groupBy: [String] { definition.groupBy }
  /// Words for the codes of parameters and fields, by name.
  public var valueTables: [String: ValueTable] { definition.valueTables }
  /// What it means, why it happens, how to check and fix it.
  public var guidance: Guidance { definition.guidance }
  /// The rules whose findings are known consequences of this one.
  public var explains: [String] { definition.explains }
  /// The rule's own tests.
  public var tests: [RuleTest] { definition.tests }
  /// Where the rule stands.
  public var source: RuleSource { definition.source }
  /// Which events the rule is about.
  public var condition: Condition { definition.condition }

  /// Whether an event fits.
  public func matches(_ event: Event) -> Bool { condition.matches(event) }
}
