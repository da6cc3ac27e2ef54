import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing

@testable import Triage

@Suite("what correlations remember") struct CorrelationLedgerTests {
  private func ledger(_ count: Int) -> CorrelationLedger {
    var ledger = CorrelationLedger()
    for record in 0..<count {
      let event = match("a", at: record, ["User": "user\(record)"], record: record)
      ledger.add(event, rule: "a", values: ["user\(record)"])
    }
    return ledger
  }

  @Test("is forty bytes for a match, four for a value, and each text once")
  func small() {
    #expect(MemoryLayout<CorrelationLedger.Record>.stride <= 40)
    #expect(MemoryLayout<CorrelationMatch>.stride <= 24)
    var ledger = CorrelationLedger()
    for record in 0..<1000 {
      ledger.add(match("a", at: record, record: record), rule: "a", values: ["anna", "EX01"])
    }
    #expect(ledger.kinds.count == 1)
    // The rule, provider, channel, computer and no repairs; of the values, `EX01` is the computer's name as well.
    #expect(ledger.texts.count == 6)
    #expect(ledger.values.count == 2000)
  }

  @Test("stays apart in tens of thousands of groups, each looked at once")
  func manyGroups() throws {
    let rules = try correlated([
      ("x", "{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 2}}")
    ])
    var ledger = ledger(30_000)
    ledger.add(match("a", at: 20_005, ["User": "USER20000"], record: 99_999), rule: "a", values: ["USER20000"])
    let findings = Correlator(rules: rules).result(on: ledger, sampleLimit: 5).findings
    #expect(findings.map(\.key.group) == [["user20000"]])
    #expect(findings.first?.value.occurrences.count == 2)
  }

  @Test("long values are cut, and told apart all the same")
  func longValues() {
    let long = String(repeating: "x", count: 5000)
    var ledger = CorrelationLedger()
    for value in [long + "1", long + "2", long.uppercased() + "2"] {
      ledger.add(match("a", at: 0, record: 1), rule: "a", values: [value])
    }
    let texts = ledger.values.map { ledger.texts[$0 - 1] }
    #expect(texts.allSatisfy { $0.count <= CorrelationLedger.valueLength })
    #expect(Set(texts.map(\.caseFolded)).count == 2)
  }

  @Test("inputs of other summaries stand behind one's own")
  func shifting() {
    let shifted = ledger(3).shiftingSources(by: 7)
    #expect(shifted.records.allSatisfy { $0.source == 7 })
  }

  @Test(
    "what does not fit together on disk is refused",
    arguments: [
      ("times", "AAAA"), ("times", ""), ("recordKinds", "AQAAAAEAAAABAAAA"), ("values", "CQAAAAkAAAAJAAAA"),
      ("values", "AQAAAA=="), ("sources", "/////////////////w=="), ("times", "/////////3//////////f/////////9/"),
      ("texts", "x"), ("byteOffsets", "no base64"),
    ])
  func damaged(key: String, value: String) throws {
    let data = try JSONEncoder().encode(ledger(3))
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object[key] != nil)
    object[key] = value
    let changed = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(CorrelationLedger.self, from: changed) }
  }

  @Test("cut or changed bytes on disk never crash", arguments: 1...300 as ClosedRange<UInt64>)
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(try JSONEncoder().encode(ledger(3)))
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let index = Int.random(in: bytes.indices, using: &random)
      bytes[index] = UInt8.random(in: 0x20...0x7E, using: &random)
    }
    let rules = try correlated([
      ("x", "{type: value_count, rules: [a], group-by: [User], timespan: 1h, condition: {field: User, gte: 1}}")
    ])
    guard let read = try? JSONDecoder().decode(CorrelationLedger.self, from: Data(bytes)) else { return }
    var merged = ledger(2)
    merged.merge(read.shiftingSources(by: 3))
    _ = Correlator(rules: rules).result(on: merged, sampleLimit: 2)
  }
}
