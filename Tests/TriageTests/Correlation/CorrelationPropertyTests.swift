import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing

@testable import Triage

@Suite("correlations are what a naive reading of them says") struct CorrelationPropertyTests {
  /// One correlation of each type, and chains of them, with random spans and limits.
  private func correlations(_ random: inout SeededGenerator) -> [(id: String, text: String)] {
    let names = ["a", "b", "c"]
    func rules() -> String {
      names.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).joined(separator: ", ")
    }
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func head(_ type: String, _ rules: String) -> String {
      let groups = ["[User]", "[Computer]", "[User, Computer]", "[]"].randomElement(using: &random) ?? "[]"
      let aliases = "aliases: {User: {\(rules.split(separator: ",")[0]): Account}}"
      let alias = Bool.random(using: &random) ? "" : ", \(aliases)"
      return "type: \(type), rules: [\(rules)], group-by: \(groups), timespan: \(number(1...40))s\(alias)"
    }
    let order = ["gt", "gte", "lt", "lte", "eq", "neq"].randomElement(using: &random) ?? "gte"
    return [
      ("count", "{\(head("event_count", rules())), condition: {gte: \(number(1...6))}}"),
      ("range", "{\(head("event_count", rules())), condition: {gt: \(number(0...3)), lte: \(number(3...6))}}"),
      ("values", "{\(head("value_count", rules())), condition: {field: Size, \(order): \(number(1...4))}}"),
      ("tuples", "{\(head("value_count", rules())), condition: {field: [Size, User], gte: \(number(1...4))}}"),
      ("temporal", "{\(head("temporal", "a, b, c"))}"),
      ("two", "{\(head("temporal", rules())), condition: {\(order): \(number(1...2))}}"),
      ("ordered", "{\(head("temporal_ordered", "c, a, b"))}"),
      ("partly", "{\(head("temporal_ordered", "b, a, c")), condition: {\(order): \(number(1...3))}}"),
      ("sum", "{\(head("value_sum", rules())), condition: {field: Size, \(order): \(number(-3...12))}}"),
      ("mean", "{\(head("value_avg", rules())), condition: {field: Size, \(order): \(number(-1...4))}}"),
      (
        "rank",
        "{\(head("value_percentile", rules())), condition: {field: Size, percentile: \(number(0...100)), \(order): 2}}"
      ),
      ("share", "{\(head("value_percentile", rules())), condition: {field: Size, \(order): \(number(1...100))}}"),
      ("outer", "{\(head("temporal_ordered", "count, c"))}"),
      ("outer-count", "{\(head("event_count", "range, temporal")), condition: {gte: \(number(1...3))}}"),
      ("outer-values", "{\(head("value_count", "values, b")), condition: {field: User, gte: \(number(1...3))}}"),
      ("outermost", "{\(head("temporal", "outer, outer-count, a"))}"),
    ]
  }

  private func events(_ count: Int, _ random: inout SeededGenerator) -> [Event] {
    (1...count).map { record in
      var values: [String: String] = [:]
      if Int.random(in: 0..<8, using: &random) > 0 {
        values["User"] = ["u", "U", "v", "w"].randomElement(using: &random)
      }
      if Bool.random(using: &random) { values["Account"] = ["u", "v"].randomElement(using: &random) }
      values["Size"] = ["1", "2", "2.5", "-3", "x", "", nil].randomElement(using: &random) ?? nil
      let isTimed = Int.random(in: 0..<30, using: &random) > 0
      return match(
        ["a", "b", "c", "ab"].randomElement(using: &random) ?? "a",
        at: isTimed ? Int.random(in: 0...120, using: &random) : nil, values,
        on: ["EX01", "ex01", "DC01"].randomElement(using: &random) ?? "", record: record,
        source: Int.random(in: 0...2, using: &random))
    }
  }

  @Test("alerts, groups and events are the same", arguments: 1...60 as ClosedRange<UInt64>)
  func sameAsNaive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules = try correlated(correlations(&random))
    let events = events(Int.random(in: 1...90, using: &random), &random)
    let expected = NaiveCorrelator(rules: rules, events: events).told()
    let found = told(summary(of: events, rules: rules), rules)
    for (id, alerts) in expected {
      #expect(found[id] == alerts, "\(id): \(rules.rule(id: id)?.correlation?.summary ?? "")")
    }
  }

  @Test("the random correlations are not all silent")
  func notSilent() throws {
    var fired: Set<String> = []
    for seed in 1...20 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let rules = try correlated(correlations(&random))
      let found = told(summary(of: events(60, &random), rules: rules), rules)
      fired.formUnion(found.filter { !$0.value.isEmpty }.keys)
    }
    #expect(fired.count == 16)
  }

  @Test(
    "any order, split and merge of events, on disk or not, comes to the same", arguments: 1...12 as ClosedRange<UInt64>)
  func anySplit(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules = try correlated(correlations(&random))
    let events = events(200, &random)
    let whole = merged([summary(of: events, rules: rules)])
    let shuffled = events.shuffled(using: &random)
    let cuts = (0..<5).map { _ in Int.random(in: 0...events.count, using: &random) }.sorted()
    let bounds = [0] + cuts + [events.count]
    var parts = zip(bounds, bounds.dropFirst()).map { summary(of: Array(shuffled[$0..<$1]), rules: rules) }
    parts.shuffle(using: &random)
    while parts.count > 1 {
      let index = Int.random(in: 0..<parts.count - 1, using: &random)
      parts[index].merge(parts.remove(at: index + 1))
    }
    expectSame(parts[0].correlations, whole.correlations)
    expectSame(told(parts[0], rules), told(whole, rules))

    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let stored = try encoder.encode(parts[0].correlations)
    let read = try JSONDecoder().decode(CorrelationLedger.self, from: stored)
    expectSame(read, whole.correlations)
    expectSame(try encoder.encode(whole.correlations), stored)
    let builder = ReportBuilder(rules: rules, about: ReportAbout(tool: "test"))
    expectSame(builder.report(on: merged(parts)), builder.report(on: whole))
  }
}
