import EventLog
import Testing

@testable import Triage

/// Sigma Correlation Rules Specification 2.1, "Correlation Types"; what it leaves open stands in
/// Docs/SIGMA-CORRELATIONS.md.
@Suite("correlation types") struct CorrelationTypeTests {
  private func events(_ times: [Int], _ rule: String = "a", user: String = "u") -> [Event] {
    times.enumerated().map { match(rule, at: $1, ["User": user], record: $0 + 1) }
  }

  @Test(
    "event_count counts in a window whose ends both belong to it (event_count)",
    arguments: [
      ([0, 5, 10], true), ([0, 5, 11], false), ([0, 1, 11, 12], false), ([10, 5, 0], true), ([0, 0, 0], true),
    ] as [([Int], Bool)])
  func eventCount(times: [Int], fires: Bool) throws {
    let found = try told(
      events(times), "{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3}}")
    #expect(found.isEmpty != fires)
    if fires { #expect(found.first?.events == Set(1...times.count)) }
  }

  @Test(
    "every comparison, and ranges (Condition)",
    arguments: [
      ("{gt: 2}", true), ("{gt: 3}", false), ("{gte: 3}", true), ("{gte: 4}", false), ("{lt: 2}", true),
      ("{lte: 0}", false), ("{eq: 3}", true), ("{eq: 4}", false), ("{neq: 1}", true), ("{gt: 1, lte: 2}", true),
      ("{gt: 3, lte: 200}", false),
    ] as [(String, Bool)])
  func comparisons(condition: String, fires: Bool) throws {
    let found = try told(
      events([0, 1, 2]), "{type: event_count, rules: [a], group-by: [User], timespan: 1m, condition: \(condition)}")
    #expect(found.isEmpty != fires)
  }

  @Test("value_count counts distinct values, whatever their letter case; absent ones do not count (value_count)")
  func valueCount() throws {
    let hosts: [String?] = ["A", "a", nil, nil, "B", ""]
    let events = hosts.enumerated().map { index, host in
      match("a", at: index, ["User": "u"].merging(host.map { ["Host": $0] } ?? [:]) { $1 }, record: index + 1)
    }
    func fires(_ count: Int) throws -> Bool {
      try !told(
        events,
        "{type: value_count, rules: [a], group-by: [User], timespan: 1m, condition: {field: Host, gte: \(count)}}"
      ).isEmpty
    }
    // A value that is there but empty is a value.
    #expect(try fires(3))
    #expect(try !fires(4))
  }

  @Test("value_count of several fields counts combinations, and only whole ones (value_count)")
  func valueTuples() throws {
    let rows = [["H": "1", "P": "1"], ["H": "1", "P": "2"], ["H": "2", "P": "1"], ["H": "3"], ["P": "3"], [:]]
    let events = rows.enumerated().map { match("a", at: $0, $1, record: $0 + 1) }
    for (count, fires) in [(3, true), (4, false)] {
      let found = try told(
        events,
        "{type: value_count, rules: [a], group-by: [Computer], timespan: 1m, condition: {field: [H, P], gte: \(count)}}"
      )
      #expect(found.isEmpty != fires)
    }
  }

  @Test(
    "temporal wants every rule in the window, in any order; a condition wants fewer (temporal)",
    arguments: [
      ("abc", "", true), ("cba", "", true), ("aab", "", false), ("ac", ", condition: {gte: 2}", true),
      ("aa", ", condition: {gte: 2}", false), ("c", ", condition: {eq: 1}", true),
    ] as [(String, String, Bool)])
  func temporal(order: String, condition: String, fires: Bool) throws {
    let events = order.enumerated().map { match(String($1), at: $0 * 5, ["User": "u"], record: $0 + 1) }
    let found = try told(events, "{type: temporal, rules: [a, b, c], group-by: [User], timespan: 10s\(condition)}")
    #expect(found.isEmpty != fires)
  }

  @Test(
    "temporal_ordered wants the rules in their order (temporal_ordered)",
    arguments: [
      ("abc", "", true), ("acb", "", false), ("cba", "", false), ("aabbc", "", true), ("bcacba", "", false),
      ("bcabc", "", true), ("bac", ", condition: {gte: 2}", true), ("cba", ", condition: {gte: 2}", false),
    ] as [(String, String, Bool)])
  func ordered(order: String, condition: String, fires: Bool) throws {
    let events = order.enumerated().map { match(String($1), at: $0, ["User": "u"], record: $0 + 1) }
    let text = "{type: temporal_ordered, rules: [a, b, c], group-by: [User], timespan: 4s\(condition)}"
    #expect(try told(events, text).isEmpty != fires)
    #expect(try told(events.reversed(), text) == told(events, text))
  }

  @Test("simultaneous matches, and one event that two rules match, are in order and count for both")
  func simultaneous() throws {
    let text = "{type: temporal_ordered, rules: [a, b], group-by: [User], timespan: 10s}"
    let pair = [match("b", at: 0, ["User": "u"], record: 1), match("a", at: 0, ["User": "u"], record: 2)]
    #expect(try !told(pair, text).isEmpty)
    let both = [match("ab", at: 0, ["User": "u"], record: 1)]
    #expect(try told(both, text).first?.events == [1])
    #expect(try !told(both, "{type: temporal, rules: [a, b], group-by: [User], timespan: 1s}").isEmpty)
    let counted = try told(
      both, "{type: event_count, rules: [a, b], group-by: [User], timespan: 1s, condition: {gte: 2}}")
    #expect(counted.first?.events == [1])
  }

  @Test(
    "value_sum, value_avg and value_percentile look at numbers and pass over the rest (value_sum, value_avg)",
    arguments: [
      ("value_sum", "{field: Size, eq: 10.5}", true), ("value_sum", "{field: Size, gt: 10.5}", false),
      ("value_sum", "{field: Size, gt: 10.4}", true), ("value_avg", "{field: Size, eq: 3.5}", true),
      ("value_avg", "{field: Size, gt: 3.5}", false),
      ("value_percentile", "{field: Size, percentile: 50, eq: 3}", true),
      ("value_percentile", "{field: Size, percentile: 100, gte: 10}", false),
      ("value_percentile", "{field: Size, percentile: 0, eq: -1}", true),
      ("value_sum", "{field: Other, gte: 0}", false), ("value_avg", "{field: Other, lt: 5}", false),
    ] as [(String, String, Bool)])
  func numbers(type: String, condition: String, fires: Bool) throws {
    // All at once, so that there is one window.
    let sizes = ["-1", "many", "8.5", "", "3", "0x10", "nan"]
    let events = sizes.enumerated().map { match("a", at: 0, ["Size": $1, "Other": "x"], record: $0 + 1) }
    let found = try told(
      events, "{type: \(type), rules: [a], group-by: [Computer], timespan: 1m, condition: \(condition)}")
    #expect(found.isEmpty != fires)
  }

  @Test("value_percentile without a percentile is the share of a value among all, in percent (value_percentile)")
  func share() throws {
    let images = (0..<200).map { $0 == 150 ? "rare.exe" : "usual.exe" }
    let events = images.enumerated().map { match("a", at: $0, ["Image": $1], record: $0 + 1) }
    let found = try told(
      events,
      "{type: value_percentile, rules: [a], group-by: [Computer], timespan: 1h, condition: {field: Image, lte: 1}}")
    #expect(found.map(\.first) == [150])
    #expect(found.map(\.last) == [150])
  }
}
