import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing

/// The cases that come with SigmaHQ's rules: a rule and events that it must match.
@Suite(.enabled(if: Corpus.isPresent, "the corpus is not there"))
struct SigmaRegressionTests {
  private struct Case: Decodable {
    var rule_id: String
    var events: String
    var at_least: Int
    var peer_count: Int
  }

  /// Where the rule matches another number of events than the peer found, and why.
  private static let differences: [String: Int] = [:]

  @Test("every case matches as often as it must")
  func cases() throws {
    let cases = try SigmaCorpus.lines("regression.jsonl", as: Case.self)
    #expect(cases.count == 115)
    let loaded = try SigmaCorpus.rules("rules", "more-rules")
    let set = RuleSet(rules: loaded.rules, packs: loaded.packs)
    for item in cases {
      let path = Corpus.root.appendingPathComponent(item.events).path
      let found = SigmaCorpus.matches(of: set, in: [path], below: Corpus.root.path)
      let count = found.filter { $0.key.rule == item.rule_id }.map(\.value.count).reduce(0, +)
      #expect(count >= item.at_least, "\(item.rule_id) on \(item.events)")
      #expect(count == Self.differences[item.rule_id] ?? item.peer_count, "\(item.rule_id) on \(item.events)")
    }
  }

  @Test("all of SigmaHQ's rules for Windows load, and each knows its log source")
  func loading() throws {
    let loaded = try SigmaCorpus.rules("rules")
    #expect(loaded.rules.count == 2407)
    #expect(loaded.issues.filter { $0.severity == .error } == [])
    #expect(loaded.notApplicable == [])
  }
}
