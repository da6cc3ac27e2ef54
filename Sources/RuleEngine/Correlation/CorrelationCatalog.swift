public import EventLog

/// Which rules feed correlations, and the fields whose values their events must leave behind.
public struct CorrelationCatalog: Sendable {
  /// A field of the events of a rule, or an alias of a correlation.
  private struct Need: Hashable {
    var ruleID: String
    var name: String
  }

  private let rules: RuleSet
  /// The fields by the rule's position, sorted; nil for a rule that feeds no correlation.
  private let fieldsByRule: [[String]?]

  /// Looks through the correlations of all rules.
  public init(rules: RuleSet) {
    self.rules = rules
    var needs: Set<Need> = []
    var open: [Need] = []
    for rule in rules.rules {
      guard let correlation = rule.correlation else { continue }
      for (index, input) in correlation.inputs.enumerated() {
        // Without any name to look up, the events count all the same.
        let names = [""] + correlation.groupBy + correlation.condition.fields
        open += names.map { Need(ruleID: input.ruleID, name: correlation.field($0, of: index)) }
      }
    }
    while let need = open.popLast() {
      guard needs.insert(need).inserted, let correlation = rules.rule(id: need.ruleID)?.correlation else { continue }
      open += correlation.inputs.enumerated().map { index, input in
        Need(ruleID: input.ruleID, name: correlation.field(need.name, of: index))
      }
    }
    let names = Dictionary(grouping: needs, by: \.ruleID).mapValues { $0.map(\.name).filter { !$0.isEmpty }.sorted() }
    fieldsByRule = rules.rules.map { $0.correlation == nil ? names[$0.id] : nil }
  }

  /// Whether no rule feeds a correlation.
  public var isEmpty: Bool { !fieldsByRule.contains { $0 != nil } }

  /// The fields whose values the events of a rule leave behind, sorted; nil for a rule that feeds no correlation.
  ///
  /// - Parameter index: The position of the rule in ``RuleSet/rules``.
  /// - Returns: The names of the fields.
  public func fields(ofRule index: Int) -> [String]? { fieldsByRule[index] }

  /// The values of the fields of ``fields(ofRule:)`` in an event; nil for a field that it does not have.
  public func values(of event: Event, rule index: Int) -> [String?] {
    let rule = rules.rules[index]
    return (fieldsByRule[index] ?? []).map { name in
      for name in [name] + (rule.otherFieldNames[name] ?? []) {
        if let value = rule.value(of: name, in: event) { return value }
      }
      // Correlations in the wild and in the specification call the computer so.
      return name == "ComputerName" && !event.computer.isEmpty ? event.computer : nil
    }
  }
}
