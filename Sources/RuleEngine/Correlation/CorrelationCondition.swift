/// What must hold in a window of a correlation: every bound.
public struct CorrelationCondition: Sendable, Hashable {
  /// How the measured number stands to a bound.
  public enum Order: String, Sendable, Hashable, CaseIterable {
    /// Greater.
    case gt
    /// Greater or equal.
    case gte
    /// Less.
    case lt
    /// Less or equal.
    case lte
    /// Equal.
    case eq
    /// Not equal.
    case neq

    /// The order in words.
    var words: String {
      switch self {
      case .gt: "more than"
      case .gte: "at least"
      case .lt: "less than"
      case .lte: "at most"
      case .eq: "exactly"
      case .neq: "not"
      }
    }
  }

  /// One comparison.
  public struct Bound: Sendable, Hashable {
    /// How the measured number must stand to the value.
    public var order: Order
    /// The value.
    public var value: FixedPoint
  }

  /// The comparisons, all of which must hold.
  public var bounds: [Bound]
  /// The fields whose values are measured; several are counted as one combined value.
  public var fields: [String] = []
  /// The percentile that is compared, from 0 to 100; nil for the share of a value.
  public var percentile: Int?

  /// Whether a quotient fits: `sum` of `count` values, compared without dividing.
  ///
  /// - Parameters:
  ///   - sum: The dividend; the number itself when the count is 1.
  ///   - count: The divisor, above 0.
  /// - Returns: Whether every bound holds.
  public func holds(sum: FixedPoint, count: Int = 1) -> Bool {
    bounds.allSatisfy { bound in
      let limit = bound.value.multiplied(by: count)
      return switch bound.order {
      case .gt: sum > limit
      case .gte: sum >= limit
      case .lt: sum < limit
      case .lte: sum <= limit
      case .eq: sum == limit
      case .neq: sum != limit
      }
    }
  }

  /// Whether a count fits.
  public func holds(count: Int) -> Bool { holds(sum: FixedPoint(count)) }

  /// `at least 5 and less than 10`.
  var numbers: String { bounds.map { "\($0.order.words) \($0.value)" }.joined(separator: " and ") }

  func summary(of correlation: Correlation) -> String {
    let field = fields.joined(separator: ", ")
    // The noun goes with the number that stands before it.
    let isOne = bounds.last?.value == FixedPoint(1)
    switch correlation.type {
    case .eventCount: return "\(numbers) \(isOne ? "event" : "events")"
    case .valueCount: return "\(numbers) distinct \(isOne ? "value" : "values") of \(field)"
    case .temporal, .temporalOrdered:
      let rules = correlation.inputs.count
      let isWhole = bounds == [Bound(order: .gte, value: FixedPoint(rules))]
      return (isWhole ? "all of them" : "\(numbers) of \(rules) \(rules == 1 ? "rule" : "rules")")
        + (correlation.type == .temporalOrdered ? ", in this order," : "")
    case .valueSum: return "a sum of \(field) of \(numbers)"
    case .valueAverage: return "a mean of \(field) of \(numbers)"
    case .valuePercentile:
      guard let percentile else { return "a value of \(field) that is \(numbers) % of all values" }
      return "the \(Self.ordinal(percentile)) percentile of \(field) being \(numbers)"
    }
  }

  /// `1st`, `50th`.
  private static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 10, number % 100) {
      case (1, let rest) where rest != 11: "st"
      case (2, let rest) where rest != 12: "nd"
      case (3, let rest) where rest != 13: "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }
}
