import EventLog
import RuleEngine
import Testing

@testable import Triage

@Suite("a report") struct ReportBuilderTests {
  @Test("signals make no finding, but count as known")
  func signals() throws {
    let report = report(on: [event("Clock", 2, level: .warning)], rules: try rules(mailPack))
    #expect(report.findings.isEmpty)
    #expect(report.about.rulesMatched == 1)
    #expect(report.coverage.explainedEvents == 1)
    #expect(report.coverage.unknownKinds == 0)
  }

  @Test("coverage counts the trouble that rules know, by event and by kind")
  func coverage() throws {
    let events =
      (0..<5).map { event("Mail", 1, at: $0, record: $0, "a", "0x5") }
      + (0..<3).map { event("Unknown", 9, at: $0, level: .warning, record: 10 + $0) }
      + [
        event("unknown", 9, at: 9, level: .critical, record: 20), event("Unknown", 8, level: .information, record: 21),
        event("Mial", 1, record: 22), event("Disk", 3, level: .warning, record: 23),
      ]
    let coverage = report(on: events, rules: try rules(mailPack)).coverage
    #expect(coverage.events == 11)
    #expect(coverage.explainedEvents == 5)
    #expect(coverage.kinds == 4)
    #expect(coverage.explainedKinds == 1)
    #expect(coverage.unknownKinds == 3)
    #expect(coverage.unknown.map(\.provider) == ["Unknown", "Mial", "Disk"])
    #expect(coverage.unknown.map(\.count) == [4, 1, 1])
    #expect(coverage.unknown.map(\.level) == [.critical, .error, .warning])
    #expect(coverage.unknown.map(\.suggestion) == [nil, "Mail", nil])
  }

  @Test("findings stand worst first with their consequences, each with its groups, sentences, times and events")
  func findings() throws {
    let events = [
      event("Disk", 1, at: 0, record: 1), event("Mail", 1, at: 60, record: 2, "a", "0x5"),
      event("Mail", 1, at: 120, record: 3, "b", "0x5"), event("Mail", 1, at: 180, record: 4, "b", "0x6"),
      event("Clock", 1, at: 200, on: "EX02", record: 5),
    ]
    let report = report(on: events, rules: try rules(mailPack))
    #expect(report.findings.map(\.ruleID) == ["mail-failed", "disk-slow", "clock-wrong"])
    #expect(report.findings.map(\.number) == [1, 2, 3])
    let mail = report.findings[0]
    #expect(mail.groups.map(\.values) == [["EX01", "b"], ["EX01", "a"]])
    #expect(mail.sentences == ["Mail to b failed with 0x5.", "Mail to a failed with 0x5."])
    #expect(mail.occurrences.first == after(60))
    #expect(mail.occurrences.last == after(180))
    #expect(mail.activity.reduce(0, +) == 3)
    #expect(mail.events.map { report.events[$0].sample.recordID } == [2, 3, 4])
    #expect(report.events.map(\.findings) == [[2], [1], [1], [1], [3]])
    #expect(report.occurrences.count == 5)
  }

  @Test("findings below the wanted severity are left out")
  func minimumSeverity() throws {
    let events = [event("Disk", 1, record: 1), event("Mail", 1, record: 2, "a", "b")]
    let report = report(on: events, rules: try rules(mailPack)) { $0.minimumSeverity = .medium }
    #expect(report.findings.map(\.ruleID) == ["mail-failed"])
    #expect(report.events.count == 1)
  }

  @Test("a rule may say itself what it follows from")
  func consequenceOf() throws {
    let pack =
      mailPack + """

          - id: queue-long
            title: The queue is long
            match: {Provider_Name: Queue, EventID: 1}
            severity: high
            consequence_of: [mail-failed]
        """
    let events = [event("Queue", 1, at: 60, record: 1), event("Mail", 1, at: 0, record: 2, "a", "b")]
    let report = report(on: events, rules: try rules(pack))
    #expect(report.findings.map(\.ruleID) == ["mail-failed", "queue-long"])
    #expect(report.findings.last?.consequenceOf == [1])
  }

  @Test("findings that the same events explain are told together, under the cause of the worst")
  func sharedCauses() throws {
    let pack =
      mailPack + """

          - id: logon-failed
            title: A logon failed
            match: {Provider_Name: Logon, EventID: 1}
            severity: medium
            causes:
              - id: clock
                title: The clocks differ
                evidence: [{supports: {tag: clock-wrong}, within: 1h}]
        """
    let mail = event("Mail", 1, at: 0, record: 1, "a", "b")
    let logon = event("Logon", 1, at: 60, record: 2)
    let clock = event("Clock", 1, at: 30, in: "System", record: 3)
    let shared = report(on: [mail, logon, clock], rules: try rules(pack)).sharedCauses
    #expect(shared.map(\.title) == ["The clock is wrong"])
    #expect(shared.first?.findings == [1, 3])
    #expect(shared.first?.evidence == ["The clock is wrong"])
    #expect(report(on: [mail, logon], rules: try rules(pack)).sharedCauses == [])
  }

  @Test("evidence that could not be kept is announced")
  func droppedEvidence() throws {
    let events = (0..<EvidenceLedger.keyLimit + 25).map { event("Clock", 1, on: "PC\($0)", in: "System", record: $0) }
    #expect(report(on: events, rules: try rules(mailPack)).evidenceDropped == 25)
  }

  @Test("a consequence follows its root", arguments: [(600, true), (-1200, false), (90_000, false)])
  func consequences(seconds: Int, follows: Bool) throws {
    let events = [
      event("Mail", 1, at: 0, record: 1, "a", "b"), event("Disk", 1, at: seconds, record: 2),
      event("Clock", 1, at: seconds, record: 3),
    ]
    let report = report(on: events, rules: try rules(mailPack))
    let disk = try #require(report.findings.first { $0.ruleID == "disk-slow" })
    #expect(disk.consequenceOf == (follows ? [1] : []))
    #expect(disk.number == (follows ? 2 : 3))
  }

  @Test(
    "texts are in the wanted language where rules have it",
    arguments: [("de-AT", "Post scheiterte"), ("fr", "Mail failed")])
  func language(tag: String, title: String) throws {
    let report = report(on: [event("Mail", 1, "a", "b")], rules: try rules(mailPack)) { $0.language = tag }
    #expect(report.findings.first?.title == title)
  }

  @Test("without events there is nothing but what was asked")
  func nothing() throws {
    let failure = InputFailure(input: "x.xml", reason: .notFound)
    var builder = ReportBuilder(rules: try rules(mailPack), about: ReportAbout(tool: "test"))
    builder.title = "Case 7"
    let report = builder.report(on: TriageSummary(), inputFailures: [failure.description])
    #expect(report.title == "Case 7")
    #expect(report.inputFailures == ["x.xml: no such file or directory; check the path."])
    #expect(report.findings.isEmpty && report.events.isEmpty && report.logs.isEmpty)
    #expect(report.about.rules == 4)
    #expect(report.about.packs.map(\.id) == ["mail"])
  }
}
