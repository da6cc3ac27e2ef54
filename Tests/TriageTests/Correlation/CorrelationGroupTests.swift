import EventLog
import RuleEngine
import TestSupport
import Testing

@testable import Triage

@Suite("groups and time of correlations") struct CorrelationGroupTests {
  private let three = "{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3}}"

  @Test("interleaved groups are counted apart, and names in other letter case are one group (Grouping)")
  func interleaved() throws {
    let users = ["u", "v", "U", "v", "u", "w"]
    let events = users.enumerated().map { match("a", at: $0, ["User": $1], record: $0 + 1) }
    #expect(try told(events, three) == [Told(group: ["u"], first: 4, last: 4, events: [1, 3, 5])])
  }

  @Test("several fields are grouped by together; without any, all events are one group")
  func severalFields() throws {
    let rows = [("u", "EX01"), ("u", "EX02"), ("v", "EX01")]
    let events = rows.enumerated().map { match("a", at: $0, ["User": $1.0], on: $1.1, record: $0 + 1) }
    let both = "{type: event_count, rules: [a], group-by: [User, Computer], timespan: 10s, condition: {gte: 2}}"
    #expect(try told(events, both) == [])
    let none = "{type: event_count, rules: [a], timespan: 10s, condition: {gte: 3}}"
    #expect(try told(events, none) == [Told(group: [], first: 2, last: 2, events: [1, 2, 3])])
  }

  @Test("aliases are looked up in the events of each rule (Field Name Aliases)")
  func aliases() throws {
    let events = [
      match("a", at: 0, ["Source": "10.0.0.1"], record: 1), match("b", at: 1, ["Destination": "10.0.0.1"], record: 2),
      match("b", at: 2, ["Destination": "10.0.0.2"], record: 3),
    ]
    let text = """
      {type: temporal, rules: [a, b], group-by: [address], timespan: 10s, \
      aliases: {address: {a: Source, b: Destination}}}
      """
    #expect(try told(events, text) == [Told(group: ["10.0.0.1"], first: 1, last: 1, events: [1, 2])])
  }

  @Test("ComputerName, as the specification's examples say, is the computer")
  func computerName() throws {
    let events = (1...3).map { match("a", at: $0, on: "EX0\($0 % 2)", record: $0) }
    let text = "{type: event_count, rules: [a], group-by: [ComputerName], timespan: 10s, condition: {gte: 2}}"
    #expect(try told(events, text).map(\.group) == [["ex01"]])
  }

  @Test("windows are not cut at full hours and days (Compatibility)")
  func straddling() throws {
    let midnight = 16 * 3600
    let events = [-4, -1, 5].enumerated().map { match("a", at: midnight + $1, ["User": "u"], record: $0 + 1) }
    #expect(try told(events, three).count == 1)
  }

  @Test("windows that touch are one alert, others are alerts of their own")
  func alerts() throws {
    let bursts = [0, 1, 2, 12, 13, 14, 30, 31, 32]
    let events = bursts.enumerated().map { match("a", at: $1, ["User": "u"], record: $0 + 1) }
    #expect(
      try told(events, three) == [
        Told(group: ["u"], first: 2, last: 2, events: [1, 2, 3]),
        Told(group: ["u"], first: 14, last: 14, events: [4, 5, 6]),
        Told(group: ["u"], first: 32, last: 32, events: [7, 8, 9]),
      ])
    let close = [0, 1, 2, 11, 12].enumerated().map { match("a", at: $1, ["User": "u"], record: $0 + 1) }
    #expect(try told(close, three) == [Told(group: ["u"], first: 2, last: 12, events: [1, 2, 3, 4, 5])])
  }

  @Test("what can't be correlated is counted: events without a time, or without the field of the group")
  func leftOut() throws {
    let rules = try correlated([("x", three)])
    let events = [
      match("a", at: nil, ["User": "u"], record: 1), match("a", at: 0, ["Name": "u"], record: 2),
      match("a", at: 0, record: 3),
    ]
    let notes = report(on: events, rules: rules).about.correlationNotes
    #expect(
      notes == [
        "1 event of rule a had no time, so correlations left it out.",
        "Correlation x: 2 events had no field User to group by and were left out.",
      ])
  }

  @Test(
    "values that are no numbers are counted",
    arguments: [(1, "1 value of Size is no number"), (2, "2 values of Size are no numbers")])
  func noNumbers(count: Int, words: String) throws {
    let sum = "{type: value_sum, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3, field: Size}}"
    let events = (0..<count).map { match("a", at: $0, ["User": "u", "Size": "x"], record: $0) }
    let notes = report(on: events, rules: try correlated([("x", sum)])).about.correlationNotes
    #expect(notes == ["Correlation x: \(words) and did not count."])
  }

  @Test("of more matches than are kept, the earliest are, in whatever order they come, and the report says so")
  func limit() throws {
    let rules = try correlated([("x", three)])
    let catalog = CorrelationCatalog(rules: rules)
    let index = try #require(rules.rules.firstIndex { $0.id == "a" })
    var events = (0..<500).map { match("a", at: $0, ["User": "u\($0 % 7)"], record: $0) }
    func ledger(_ events: some Sequence<Event>) -> CorrelationLedger {
      var ledger = CorrelationLedger(limit: 100)
      for event in events { ledger.add(event, rule: "a", values: catalog.values(of: event, rule: index)) }
      return ledger
    }
    let forward = ledger(events)
    var random = SeededGenerator(seed: 1)
    events.shuffle(using: &random)
    var halves = ledger(events[..<250])
    halves.merge(ledger(events[250...]))
    expectSame(halves, forward)
    #expect(forward.settled().records.map(\.recordID) == Array(0..<100))
    let notes = Correlator(rules: rules).result(on: forward, sampleLimit: 5).notes
    #expect(notes.first?.hasPrefix("400 events of rule a were not looked at by correlations") == true)
  }
}
