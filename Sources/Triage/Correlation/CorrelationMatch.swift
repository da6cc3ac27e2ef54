import RuleEngine

/// A match that a correlation looks at: of a rule, or of an event's part in the alert of another correlation.
struct CorrelationMatch {
  /// When, in ticks.
  var time: Int64
  /// The group; equal for equal values.
  var group: UInt32
  /// The value that the condition is about, 0 for none; where matches are counted, 1 for one that counts.
  var value: UInt32
  /// The position of the event's record in the ledger.
  var record: UInt32
  /// The position in ``CorrelationPlan/leaves``.
  var leaf: UInt16
  /// The position in ``Correlation/inputs``.
  var input: UInt16
}

/// A stretch of time in which a correlation's condition holds, in windows that touch.
struct CorrelationAlert: Hashable {
  /// The first moment at which it holds.
  var first: Int64
  /// The last moment at which it holds.
  var last: Int64
  /// The matches in the windows, by position.
  var matches: Range<Int>
}

/// Small numbers for combinations of values: equal combinations have the same number, above 0.
struct CombinationTable {
  private var numbers: [UInt64: UInt32] = [:]

  /// The number of a combination; 0 for the empty one.
  mutating func number(of values: some Sequence<UInt32>) -> UInt32 {
    values.reduce(0) { prefix, value in
      let key = UInt64(prefix) << 32 | UInt64(value)
      if let number = numbers[key] { return number }
      let number = UInt32(numbers.count + 1)
      numbers[key] = number
      return number
    }
  }
}
