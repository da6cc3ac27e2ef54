import EventLog
import RuleEngine

/// Evaluates correlations after everything was read and merged: a pure function of the ledger and the rules.
struct Correlator {
  /// What all correlations came to.
  struct Result {
    /// The findings, by rule ID and values of the groups.
    var findings: [FindingKey: FindingSummary] = [:]
    /// The IDs of the correlations that fired, those that are only a part of others among them.
    var fired: Set<String> = []
    /// What was left out, and why, in sentences.
    var notes: [String] = []
  }

  private let rules: RuleSet
  private let plans: [CorrelationPlan]

  init(rules: RuleSet) {
    self.rules = rules
    plans = CorrelationPlan.all(rules)
  }

  /// The findings of the correlations.
  ///
  /// - Parameters:
  ///   - ledger: What the events left behind.
  ///   - sampleLimit: How many events each finding keeps.
  /// - Returns: The findings, and what was left out.
  func result(on ledger: CorrelationLedger, sampleLimit: Int) -> Result {
    var result = Result()
    guard !plans.isEmpty, !ledger.isEmpty else { return result }
    let ledger = ledger.settled()
    result.notes = notes(on: ledger)
    forEachOutcome(on: ledger) { outcome in
      result.notes += notes(on: outcome)
      if !outcome.alerts.isEmpty { result.fired.insert(outcome.plan.rule.id) }
      guard !outcome.plan.rule.isSignal else { return }
      let findings = CorrelationFindings(outcome: outcome, ledger: ledger, rules: rules, sampleLimit: sampleLimit)
      result.findings.merge(findings.all()) { first, _ in first }
    }
    return result
  }

  /// Evaluates the correlations, each after those that it looks at.
  func forEachOutcome(on ledger: CorrelationLedger, _ body: (CorrelationOutcome) -> Void) {
    let matching = CorrelationMatching(ledger)
    let referenced = Set(plans.flatMap { $0.correlation.inputs.map(\.ruleID) })
    var earlier: [String: CorrelationOutcome] = [:]
    for plan in plans {
      let outcome = matching.outcome(of: plan, earlier: earlier)
      if referenced.contains(plan.rule.id) { earlier[plan.rule.id] = outcome }
      body(outcome)
    }
  }

  // MARK: What was left out

  private func notes(on ledger: CorrelationLedger) -> [String] {
    let dropped = ledger.dropped.sorted { $0.key < $1.key }.map { id, count in
      "\(Self.events(count)) of rule \(id) \(count == 1 ? "was" : "were") not looked at by correlations, "
        + "which keep the first \(ledger.limit) matches in time"
        + (ledger.records.last.map { ", to \(EventTime(ticks: $0.time).shortDescription)" } ?? "") + "."
    }
    return dropped
      + ledger.untimed.sorted { $0.key < $1.key }.map { id, count in
        "\(Self.events(count)) of rule \(id) had no time, so correlations left \(count == 1 ? "it" : "them") out."
      }
  }

  private func notes(on outcome: CorrelationOutcome) -> [String] {
    let id = outcome.plan.rule.id
    var notes = outcome.ungrouped.sorted { $0.key < $1.key }.map { field, count in
      "Correlation \(id): \(Self.events(count)) had no field \(field) to group by and "
        + "\(count == 1 ? "was" : "were") left out."
    }
    if outcome.nonNumbers > 0 {
      let fields = outcome.plan.correlation.condition.fields.joined(separator: ", ")
      let values =
        outcome.nonNumbers == 1
        ? "1 value of \(fields) is no number" : "\(outcome.nonNumbers) values of \(fields) are no numbers"
      notes.append("Correlation \(id): \(values) and did not count.")
    }
    if outcome.beyondLimit > 0 {
      notes.append(
        "Correlation \(id): \(Self.events(outcome.beyondLimit)) too many to be looked at; "
          + "it looks at \(CorrelationMatching.limit).")
    }
    return notes
  }

  private static func events(_ count: Int) -> String { count == 1 ? "1 event" : "\(count) events" }
}
