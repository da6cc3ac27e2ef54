/// What a correlation counts or compares (Sigma Correlation Rules Specification 2.1, "Correlation Types").
public enum CorrelationType: String, Sendable, Hashable, CaseIterable {
  /// How many events there are.
  case eventCount = "event_count"
  /// How many distinct values a field has.
  case valueCount = "value_count"
  /// How many of the referenced rules match.
  case temporal
  /// How many of the referenced rules match in the order in which they are listed.
  case temporalOrdered = "temporal_ordered"
  /// The sum of a field's numbers.
  case valueSum = "value_sum"
  /// The mean of a field's numbers.
  case valueAverage = "value_avg"
  /// A percentile of a field's numbers, or the share of a value among all values, in percent.
  case valuePercentile = "value_percentile"

  /// Whether the condition is about the values of a field.
  public var needsField: Bool {
    switch self {
    case .eventCount, .temporal, .temporalOrdered: false
    case .valueCount, .valueSum, .valueAverage, .valuePercentile: true
    }
  }

  /// Whether the condition counts referenced rules.
  public var isTemporal: Bool { self == .temporal || self == .temporalOrdered }
}

/// Matches of other rules that together are a finding: so many, or so different, or one after the other, in a span of
/// time.
public struct Correlation: Sendable, Hashable {
  /// A rule whose matches are looked at.
  public struct Input: Sendable, Hashable {
    /// The rule as the correlation names it, by ID or name.
    public var reference: String
    /// The rule's ID, once it is known.
    public var ruleID: String
    /// Where it is named.
    var mark: ConfigMark
  }

  /// What is counted or compared.
  public var type: CorrelationType
  /// The rules whose matches are looked at, in the order of `rules`.
  public var inputs: [Input]
  /// The fields and aliases whose values tell groups apart; without any, all matches are one group.
  public var groupBy: [String]
  /// The field that an alias stands for, by alias and by the reference to the rule.
  public var aliases: [String: [String: String]]
  /// How far back a window reaches, in ticks of 100 ns.
  public var timespan: Int64
  /// The span as written, such as `10m`.
  public var timespanText: String
  /// What must hold in a window.
  public var condition: CorrelationCondition
  /// Whether the referenced rules are findings by themselves too.
  public var generatesRules: Bool
  /// Whether the correlation has no level of its own and is as bad as the worst of its rules.
  var takesSeverityOfRules = false

  /// The field of a referenced rule's events that a name in `group-by` or `field` stands for.
  ///
  /// - Parameters:
  ///   - name: The name of a field, or an alias.
  ///   - input: The position of the referenced rule.
  /// - Returns: The field's name, or an alias of the referenced correlation.
  public func field(_ name: String, of input: Int) -> String { aliases[name]?[inputs[input].reference] ?? name }

  /// What a window is asked, such as `at least 10 events within 10m`.
  public var summary: String { "\(condition.summary(of: self)) within \(timespanText)" }
}
