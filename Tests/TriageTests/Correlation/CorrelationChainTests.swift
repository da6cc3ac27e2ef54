import EventLog
import RuleEngine
import Testing

@testable import Triage

@Suite("correlations of correlations") struct CorrelationChainTests {
  private let many = "{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3}}"

  @Test("many failures, then a success: also in the midst of the failures (Ordered Temporal Proximity)")
  func bruteForce() throws {
    let rules = try correlated([
      ("many", many), ("x", "{type: temporal_ordered, rules: [many, b], group-by: [User], timespan: 10s}"),
    ])
    func fires(_ successes: [Int]) -> Bool {
      let failures = (0...60).map { match("a", at: $0, ["User": "u"], record: $0 + 1) }
      let good = successes.map { match("b", at: $0, ["User": "u"], record: 1000 + $0) }
      return told(summary(of: failures + good, rules: rules), rules)["x"]?.isEmpty == false
    }
    #expect(!fires([0, 1]))
    #expect(fires([2]))
    #expect(fires([40]))
    #expect(fires([70]))
    #expect(!fires([71]))
  }

  @Test("an outer correlation groups by its own fields, whatever the inner one groups by")
  func ownGroups() throws {
    let rules = try correlated([
      ("spray", "{type: event_count, rules: [a], group-by: [Computer], timespan: 10s, condition: {gte: 3}}"),
      ("x", "{type: temporal_ordered, rules: [spray, b], group-by: [User], timespan: 10s}"),
    ])
    let tries = ["u", "v", "w"].enumerated().map { match("a", at: $0, ["User": $1], record: $0 + 1) }
    for (user, fires) in [("v", true), ("z", false)] {
      let events = tries + [match("b", at: 5, ["User": user], record: 9)]
      let found = told(summary(of: events, rules: rules), rules)["x"] ?? []
      #expect(found.isEmpty != fires)
      if fires { #expect(found == [Told(group: ["v"], first: 5, last: 5, events: [2, 9])]) }
    }
  }

  @Test("an alert counts once for an outer count, however long it lasts")
  func alertsCountOnce() throws {
    let rules = try correlated([
      ("many", many), ("x", "{type: event_count, rules: [many], group-by: [User], timespan: 1h, condition: {gte: 2}}"),
    ])
    let burst = { (start: Int) in (0..<20).map { match("a", at: start + $0, ["User": "u"], record: start + $0) } }
    #expect(told(summary(of: burst(0), rules: rules), rules)["x"] == [])
    let found = told(summary(of: burst(0) + burst(600), rules: rules), rules)["x"]
    #expect(found?.map(\.first) == [602])
  }

  @Test("a chain of three; only what nothing refers to is a finding")
  func chainOfThree() throws {
    let rules = try correlated([
      ("z-many", many),
      ("y-then", "{type: temporal_ordered, rules: [z-many, b], group-by: [User], timespan: 1m}"),
      ("x", "{type: temporal, rules: [y-then, c], group-by: [Computer], timespan: 1h}"),
    ])
    let events =
      (0..<3).map { match("a", at: $0, ["User": "u"], record: $0 + 1) }
      + [match("b", at: 30, ["User": "u"], record: 4), match("c", at: 60, record: 5)]
    let made = report(on: events, rules: rules) { $0.about.eventsPerFinding = 20 }
    #expect(made.findings.map(\.ruleID) == ["x"])
    #expect(made.about.accounting.unmatched == [])
    #expect(made.findings.first?.occurrences.count == 5)
    #expect(made.findings.first?.groups.map(\.values) == [["EX01"]])
    #expect(made.events.map(\.sample.recordID) == [1, 2, 3, 4, 5])
  }

  @Test("aliases of an inner correlation hold for the outer one")
  func innerAliases() throws {
    let rules = try correlated([
      (
        "pair",
        "{type: temporal, rules: [a, b], group-by: [address], timespan: 1m, aliases: {address: {a: From, b: To}}}"
      ), ("x", "{type: temporal, rules: [pair, c], group-by: [address], timespan: 1m}"),
    ])
    let events = [
      match("a", at: 0, ["From": "10.0.0.1"], record: 1), match("b", at: 1, ["To": "10.0.0.1"], record: 2),
      match("c", at: 2, ["address": "10.0.0.1"], record: 3),
    ]
    #expect(
      told(summary(of: events, rules: rules), rules)["x"]
        == [Told(group: ["10.0.0.1"], first: 2, last: 2, events: [1, 2, 3])])
  }
}
