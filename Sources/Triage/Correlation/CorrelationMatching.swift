import RuleEngine

/// What one correlation came to.
struct CorrelationOutcome {
  let plan: CorrelationPlan
  /// The matches that it looked at, sorted by group and time.
  var matches: [CorrelationMatch] = []
  /// The alerts, in the order of groups and time.
  var alerts: [CorrelationAlert] = []
  /// Matches without the field that makes the groups, by the field's name.
  var ungrouped: [String: Int] = [:]
  /// Values that are no numbers although numbers are wanted.
  var nonNumbers = 0
  /// Matches that were too many to be looked at.
  var beyondLimit = 0
}

/// Collects the matches that correlations look at, by group.
struct CorrelationMatching {
  /// A correlation of correlations looks at no more matches than this.
  static let limit = 4_000_000

  private let ledger: CorrelationLedger
  /// Numbers that are equal for texts which differ in letter case only, by text.
  private let folded: [UInt32]
  /// The positions of the records by rule.
  private let recordsByRule: [String: [UInt32]]

  /// - Parameter ledger: The settled ledger.
  init(_ ledger: CorrelationLedger) {
    self.ledger = ledger
    folded = ledger.texts.foldedNumbers()
    var byKind = [[UInt32]](repeating: [], count: ledger.kinds.count)
    for (position, record) in ledger.records.enumerated() { byKind[Int(record.kind)].append(UInt32(position)) }
    var byRule: [String: [UInt32]] = [:]
    for (kind, positions) in byKind.enumerated() {
      byRule[ledger.texts[ledger.kinds[kind].rule], default: []] += positions
    }
    recordsByRule = byRule
  }

  /// Evaluates a correlation.
  ///
  /// - Parameters:
  ///   - plan: The correlation.
  ///   - earlier: The outcomes of the correlations that it looks at, by rule ID.
  /// - Returns: Its matches and alerts.
  func outcome(of plan: CorrelationPlan, earlier: [String: CorrelationOutcome]) -> CorrelationOutcome {
    var collector = Collector(matching: self, plan: plan)
    for (input, reference) in plan.correlation.inputs.enumerated() {
      if let outcome = earlier[reference.ruleID] {
        collector.add(outcome, input: input)
      } else {
        collector.add(records: recordsByRule[reference.ruleID] ?? [], input: input)
      }
    }
    return collector.finish()
  }

  /// The values of a record at positions among its rule's fields; 0 for one that it does not have.
  func values(_ record: UInt32, _ fields: [Int?]) -> [UInt32] {
    let values = ledger.values(of: ledger.records[Int(record)])
    return fields.map { field in
      guard let field, field < values.count else { return 0 }
      return values[values.startIndex + field]
    }
  }

  /// Values whose spellings in other letter case are the same.
  private func folded(_ values: [UInt32]) -> [UInt32] { values.map { folded[Int($0) - 1] } }

  private struct Collector {
    let matching: CorrelationMatching
    var outcome: CorrelationOutcome
    private var groups = CombinationTable()
    private var values = CombinationTable()
    private var numbers: [FixedPoint?] = [nil]

    init(matching: CorrelationMatching, plan: CorrelationPlan) {
      self.matching = matching
      outcome = CorrelationOutcome(plan: plan)
    }

    private var type: CorrelationType { outcome.plan.correlation.type }

    mutating func add(records: [UInt32], input: Int) {
      let leaf = outcome.plan.firstLeaves[input]
      for record in records {
        let time = matching.ledger.records[Int(record)].time
        add(record, at: time, leaf: leaf, input: input)
      }
    }

    /// An event of an alert stands where the alert begins, or at its own time if that is later. An alert counts as one
    /// match in each group that it has events of, so only the first of them there has a value to count.
    mutating func add(_ earlier: CorrelationOutcome, input: Int) {
      let first = outcome.plan.firstLeaves[input]
      for alert in earlier.alerts {
        var seen: Set<UInt32> = []
        for match in earlier.matches[alert.matches] {
          let time = max(match.time, alert.first)
          let group = add(match.record, at: time, leaf: first + Int(match.leaf), input: input)
          guard type == .eventCount, let group, !seen.insert(group).inserted else { continue }
          outcome.matches[outcome.matches.count - 1].value = 0
        }
      }
    }

    /// Adds a match and returns its group; nil when it has none.
    @discardableResult
    private mutating func add(_ record: UInt32, at time: Int64, leaf: Int, input: Int) -> UInt32? {
      let fields = outcome.plan.leaves[leaf]
      let group = matching.values(record, fields.groupFields)
      if let missing = group.firstIndex(of: 0) {
        outcome.ungrouped[fields.field(outcome.plan.correlation.groupBy[missing]), default: 0] += 1
        return nil
      }
      guard outcome.matches.count < CorrelationMatching.limit else {
        outcome.beyondLimit += 1
        return nil
      }
      let number = groups.number(of: matching.folded(group))
      outcome.matches.append(
        CorrelationMatch(
          time: time, group: number, value: value(record, fields), record: record, leaf: UInt16(clamping: leaf),
          input: UInt16(clamping: input)))
      return number
    }

    /// The number of the value that the condition is about, 0 when a part of it is missing; 1 for a match to count.
    private mutating func value(_ record: UInt32, _ leaf: CorrelationPlan.Leaf) -> UInt32 {
      guard type.needsField else { return 1 }
      let texts = matching.values(record, leaf.valueFields)
      guard !texts.contains(0) else { return 0 }
      let number = values.number(of: matching.folded(texts))
      guard wantsNumbers, let text = texts.first else { return number }
      while numbers.count <= Int(number) { numbers.append(nil) }
      if numbers[Int(number)] == nil { numbers[Int(number)] = FixedPoint(matching.ledger.texts[text - 1]) }
      if numbers[Int(number)] == nil { outcome.nonNumbers += 1 }
      return number
    }

    private var wantsNumbers: Bool {
      switch type {
      case .valueSum, .valueAverage: true
      case .valuePercentile: outcome.plan.correlation.condition.percentile != nil
      default: false
      }
    }

    consuming func finish() -> CorrelationOutcome {
      outcome.matches.sort { left, right in
        if left.group != right.group { return left.group < right.group }
        if left.time != right.time { return left.time < right.time }
        return (left.input, left.record, left.leaf) < (right.input, right.record, right.leaf)
      }
      let windows = CorrelationWindows(
        correlation: outcome.plan.correlation, matches: outcome.matches, numbers: numbers)
      outcome.alerts = windows.alerts()
      return outcome
    }
  }
}
