import EventLog
import RuleEngine

/// Makes the findings of one correlation: one for each group with an alert.
struct CorrelationFindings {
  let outcome: CorrelationOutcome
  let ledger: CorrelationLedger
  let rules: RuleSet
  let sampleLimit: Int

  func all() -> [FindingKey: FindingSummary] {
    let id = outcome.plan.rule.id
    var table = BoundedTable<FindingKey, FindingSummary>(limit: TriageBounds.groupsPerRule)
    var start = 0
    while start < outcome.alerts.count {
      let group = outcome.matches[outcome.alerts[start].matches.lowerBound].group
      var end = start
      while end < outcome.alerts.count,
        outcome.matches[outcome.alerts[end].matches.lowerBound].group == group
      { end += 1 }
      let alerts = outcome.alerts[start..<end]
      let key = FindingKey(ruleID: id, group: values(of: alerts))
      table.update(key, default: FindingSummary(sampleLimit: sampleLimit)) { add(alerts, key.group, to: &$0) }
      start = end
    }
    var findings = table.kept
    findings[FindingKey(ruleID: id, group: [])] = table.rest ?? findings[FindingKey(ruleID: id, group: [])]
    return findings
  }

  /// The values that the group's events have in common, as the first of them spells them.
  private func values(of alerts: ArraySlice<CorrelationAlert>) -> [String] {
    guard let alert = alerts.first else { return [] }
    let match = outcome.matches[alert.matches.lowerBound]
    let known = ledger.values(of: ledger.records[Int(match.record)])
    return outcome.plan.leaves[Int(match.leaf)].groupFields.map { field in
      guard let field, field < known.count, known[known.startIndex + field] > 0 else { return "" }
      return ledger.texts[known[known.startIndex + field] - 1]
    }
  }

  private func add(_ alerts: ArraySlice<CorrelationAlert>, _ group: [String], to summary: inout FindingSummary) {
    let records = events(of: alerts)
    for record in records { summary.count(EventTime(ticks: record.time), on: ledger.texts[computer(of: record)]) }
    let head = (sampleLimit + 1) / 2
    let kept = records.count > sampleLimit ? records.prefix(head) + records.suffix(sampleLimit - head) : records[...]
    for record in kept { summary.keep(ledger.sample(of: record, sentence: sentence(on: record))) }
    summary.tell(headline(alerts, group))
  }

  /// The records of the alerts' events in the order of time, one for each event.
  private func events(of alerts: ArraySlice<CorrelationAlert>) -> [CorrelationLedger.Record] {
    let positions = alerts.flatMap { outcome.matches[$0.matches].map(\.record) }.sorted()
    var events: [CorrelationLedger.Record] = []
    for position in positions {
      let record = ledger.records[Int(position)]
      if let last = events.last, last.time == record.time, ledger.location(of: last) == ledger.location(of: record) {
        continue
      }
      events.append(record)
    }
    return events
  }

  private func computer(of record: CorrelationLedger.Record) -> UInt32 { ledger.kinds[Int(record.kind)].computer }

  // MARK: Sentences

  /// What happened in a group: `Failed logon: at least 10 events within 10m, for TargetUserName alice; twice, at … and at
  /// …`.
  private func headline(_ alerts: ArraySlice<CorrelationAlert>, _ group: [String]) -> String {
    let correlation = outcome.plan.correlation
    let titles = correlation.inputs.map { rules.rule(id: $0.ruleID)?.title.english ?? $0.reference }
    let values = zip(correlation.groupBy, group).map { "\($0) \($1)" }.joined(separator: ", ")
    return titles.joined(separator: correlation.type == .temporalOrdered ? ", then " : "; ")
      + ": \(correlation.summary)" + (values.isEmpty ? "" : " for \(values)") + ", \(Self.moments(alerts))."
  }

  private static func moments(_ alerts: ArraySlice<CorrelationAlert>) -> String {
    let first = alerts.first.map { EventTime(ticks: $0.first).shortDescription } ?? ""
    let last = alerts.last.map { EventTime(ticks: $0.first).shortDescription } ?? ""
    switch alerts.count {
    case 1: return "at \(first)"
    case 2: return "at \(first) and at \(last)"
    default: return "\(alerts.count) times, first at \(first) and last at \(last)"
    }
  }

  /// An event by the title of the rule that it matches and the values that were remembered of it.
  private func sentence(on record: CorrelationLedger.Record) -> String {
    let id = ledger.rule(of: record)
    let title = rules.rule(id: id)?.title.english ?? id
    let fields = outcome.plan.leaves.first { $0.ruleID == id }.map { leaf in
      (outcome.plan.correlation.groupBy + outcome.plan.correlation.condition.fields).map(leaf.field)
    }
    let positions = outcome.plan.leaves.first { $0.ruleID == id }.map { $0.groupFields + $0.valueFields } ?? []
    let known = ledger.values(of: record)
    let values = zip(fields ?? [], positions).compactMap { name, position -> String? in
      guard let position, position < known.count, known[known.startIndex + position] > 0 else { return nil }
      return "\(name) \(ledger.texts[known[known.startIndex + position] - 1])"
    }
    return values.isEmpty ? title : "\(title): \(values.joined(separator: ", "))"
  }
}
