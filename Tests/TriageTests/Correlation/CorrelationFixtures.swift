import EventLog
import RuleEngine
import Testing

@testable import Triage

/// An event of a rule `a`, `b` or `c` of ``correlated(_:)``, which are the events 1, 2 and 3.
func match(
  _ rule: String, at seconds: Int?, _ values: [String: String] = [:], on computer: String = "EX01", record: Int,
  source: Int = 0
) -> Event {
  var made = event(
    "Base", ["a": 1, "b": 2, "c": 3, "ab": 12][rule] ?? 0, at: seconds, on: computer, level: .information,
    record: record)
  made.data = values.sorted { $0.key < $1.key }.map { DataItem(name: $0.key, value: $0.value) }
  made.location.source = source
  return made
}

/// A pack of the rules `a`, `b` and `c` and correlations, each written as the value of `correlation:` by ID.
func correlated(_ correlations: [(id: String, text: String)]) throws -> RuleSet {
  let bases = ["a": "[1, 12]", "b": "[2, 12]", "c": "3"].sorted { $0.key < $1.key }.map { id, events in
    "  - {id: \(id), title: Base \(id), match: {Provider_Name: Base, EventID: \(events)}, severity: low}"
  }
  let others = correlations.map { id, text in
    "  - {id: \(id), title: Correlation \(id), severity: high, correlation: \(text)}"
  }
  return try rules("pack: test\ntitle: Test\nrules:\n" + (bases + others).joined(separator: "\n") + "\n")
}

/// What a correlation said of one group.
struct Told: Hashable, CustomStringConvertible {
  /// The values of the group, folded.
  var group: [String]
  /// The first and the last moment of an alert, in seconds after ``morning``.
  var first: Double
  var last: Double
  /// The record numbers of its events.
  var events: Set<Int>

  var description: String { "\(group) \(first)–\(last) \(events.sorted())" }
}

/// What every correlation says of events, by the correlation's ID.
func told(_ summary: TriageSummary, _ rules: RuleSet) -> [String: Set<Told>] {
  let ledger = summary.correlations.settled()
  var told: [String: Set<Told>] = [:]
  Correlator(rules: rules).forEachOutcome(on: ledger) { outcome in
    told[outcome.plan.rule.id] = Set(
      outcome.alerts.map { alert in
        let matches = outcome.matches[alert.matches]
        let first = matches[alert.matches.lowerBound]
        let known = ledger.values(of: ledger.records[Int(first.record)])
        let group = outcome.plan.leaves[Int(first.leaf)].groupFields.map { field in
          field.map { ledger.texts[known[known.startIndex + $0] - 1].caseFolded } ?? "?"
        }
        return Told(
          group: group, first: seconds(alert.first), last: seconds(alert.last),
          events: Set(matches.map { Int(ledger.records[Int($0.record)].recordID) }))
      })
  }
  return told
}

/// What one correlation says of events.
func told(_ events: [Event], _ correlation: String) throws -> Set<Told> {
  let rules = try correlated([("x", correlation)])
  return told(summary(of: events, rules: rules), rules)["x"] ?? []
}

private func seconds(_ ticks: Int64) -> Double {
  Double(ticks - morning.ticks) / Double(EventTime.ticksPerSecond)
}
