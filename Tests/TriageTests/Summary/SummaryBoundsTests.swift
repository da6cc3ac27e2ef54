import EventLog
import RuleEngine
import Testing

@testable import Triage

@Suite("bounds of a summary") struct SummaryBoundsTests {
  @Test("groups beyond the bound are one finding, and no event is lost")
  func manyGroups() throws {
    let rules = try rules(mailPack)
    let events = (0..<1000).map { event("Mail", 1, at: $0, record: $0, "server\($0)", "0x5") }
    let findings = merged([summary(of: events, rules: rules)]).findings.filter { $0.key.ruleID == "mail-failed" }
    #expect(findings.count == TriageBounds.groupsPerRule + 1)
    #expect(findings.values.reduce(0) { $0 + $1.occurrences.count } == 1000)
    let rest = try #require(findings[FindingKey(ruleID: "mail-failed", group: [])])
    #expect(rest.occurrences.count == 1000 - TriageBounds.groupsPerRule)
    let finding = try #require(report(on: events, rules: rules).findings.first)
    #expect(finding.occurrences.count == 1000)
    #expect(finding.groups.contains { $0.values.isEmpty })
  }

  @Test("kinds beyond the bound are counted together")
  func manyKinds() throws {
    var summary = TriageSummary()
    for number in 0..<TriageBounds.kinds + 500 {
      summary.add(event("Unknown", number, record: number), matches: [], sampleLimit: 1)
    }
    let merged = merged([summary])
    #expect(merged.trouble.count == TriageBounds.kinds)
    #expect(merged.troubleBeyondBound == 500)
    let coverage = CoverageCounter(rules: .empty, limit: 20).coverage(merged)
    #expect(coverage.events == TriageBounds.kinds)
    #expect(coverage.eventsBeyondBound == 500)
    #expect(coverage.unknown.count == 20)
  }

  @Test("logs and computers beyond the bound still count")
  func manyComputers() throws {
    let rules = try rules(mailPack)
    var summary = TriageSummary()
    for number in 0..<TriageBounds.logs + 10 {
      summary.add(event("Other", 1, at: number, on: "PC\(number)", level: .information), matches: [], sampleLimit: 1)
    }
    let merged = merged([summary])
    #expect(merged.logs.count == TriageBounds.logs)
    #expect(merged.eventsBeyondLogs?.count == 10)
    let report = ReportBuilder(rules: rules, about: ReportAbout(tool: "test")).report(on: merged)
    #expect(report.occurrences.count == TriageBounds.logs + 10)
    #expect(report.occurrences.first == morning)
    #expect(report.occurrences.last == after(TriageBounds.logs + 9))

    var finding = FindingSummary(sampleLimit: 1)
    let rule = try #require(rules.rule(id: "disk-slow"))
    let restorer = EventRestorer()
    for number in 0..<5000 { finding.add(event("Disk", 1, on: "PC\(number)"), rule, restorer) }
    #expect(finding.computers.count == TriageBounds.computersPerFinding)
  }

  @Test("the channels of a kind are bounded, whatever the order", arguments: [false, true])
  func manyChannels(isReversed: Bool) {
    let events = (0..<100).map { event("Disk", 1, in: "Log \($0)") }
    var summary = TroubleSummary()
    for event in isReversed ? events.reversed() : events { summary.add(event, isExplained: false) }
    #expect(summary.channels == Set(events.map(\.channel).sorted().prefix(TriageBounds.channelsPerKind)))
  }

  @Test("long values that findings are grouped by are cut")
  func longValues() throws {
    let value = String(repeating: "x", count: 10_000)
    let finding = try #require(report(on: [event("Mail", 1, value, "0x5")], rules: try rules(mailPack)).findings.first)
    #expect(finding.groups.first?.values.last?.count == TriageBounds.groupValueLength)
    #expect(finding.sentences.first?.count == EventSample.sentenceLimit)
  }

  @Test("evidence beyond the bound is counted as dropped, event by event")
  func muchEvidence() {
    var ledger = EvidenceLedger()
    for number in 0..<EvidenceLedger.keyLimit + 5 {
      let key = EvidenceKey(probe: "rule:x", computer: "PC", values: ["\(100_000 + number)"])
      for record in 0..<2 { ledger.add(key, EventSample(event("Clock", 1, record: record), sentence: "")) }
    }
    var merged = EvidenceLedger()
    merged.merge(ledger)
    #expect(merged.byProbe()["rule:x"]?.count == EvidenceLedger.keyLimit)
    #expect(merged.droppedCount == 10)
  }
}
