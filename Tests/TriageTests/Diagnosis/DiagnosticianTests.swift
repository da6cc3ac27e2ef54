import EventLog
import RuleEngine
import Testing
import Triage

@Suite("verdicts on causes") struct DiagnosticianTests {
  private let mail = event("Mail", 1, at: 36_000, record: 1, "DC01", "0x5")
  /// The log System of the same computer, over the whole time.
  private let system = [
    event("Other", 9, at: 0, in: "System", level: .information, record: 90),
    event("Other", 9, at: 50_000, in: "System", level: .information, record: 91),
  ]

  private func verdicts(_ events: [Event], _ pack: String = mailPack) throws -> [String: Verdict] {
    let finding = report(on: events, rules: try rules(pack)).findings.first { $0.ruleID == "mail-failed" }
    let causes = try #require(finding).guidance.causes
    return Dictionary(uniqueKeysWithValues: causes.compactMap { cause in cause.verdict.map { (cause.id, $0.verdict) } })
  }

  @Test(
    "evidence counts within its window, on its computer",
    arguments: [
      (35_000, "EX01", 1, Verdict.supported), (39_500, "EX01", 1, .supported), (32_000, "EX01", 1, .notSupported),
      (39_700, "EX01", 1, .notSupported), (35_000, "EX02", 1, .notSupported),
      (35_000, "ex01.example.com", 1, .supported),
      (35_000, "EX01", 2, .contradicted), (32_000, "EX01", 2, .notSupported),
    ])
  func window(seconds: Int, computer: String, eventID: Int, expected: Verdict) throws {
    let evidence = event("Clock", eventID, at: seconds, on: computer, in: "System", level: .information, record: 2)
    #expect(try verdicts([mail, evidence] + system)["clock"] == expected)
  }

  @Test("a cause that events speak for and against is supported")
  func bothWays() throws {
    let evidence = [1, 2].map { event("Clock", $0, at: 36_000, in: "System", record: 2 + $0) }
    #expect(try verdicts([mail] + evidence)["clock"] == .supported)
  }

  @Test("a cause is undecided without the log that it needs, or without evidence to look for")
  func undecided() throws {
    #expect(try verdicts([mail]) == ["clock": .undecided, "unknown": .undecided])
    #expect(try verdicts([mail] + system) == ["clock": .notSupported, "unknown": .undecided])
    let late = event("Other", 9, at: 45_000, in: "System", level: .information, record: 90)
    #expect(try verdicts([mail, late])["clock"] == .undecided)
  }

  @Test("the missing log is named, with the command that exports it")
  func missing() throws {
    let report = report(on: [mail], rules: try rules(mailPack))
    let log = try #require(report.toCollect.first)
    #expect(report.toCollect.count == 1)
    #expect(log.computer == "EX01")
    #expect(log.channel == "System")
    #expect(log.reason == .absent)
    #expect(log.findings == [1])
    #expect(log.command?.hasPrefix(#"wevtutil qe "System" "#) == true)
  }

  @Test("causes stand in the order of their verdicts")
  func order() throws {
    let clock = event("Clock", 1, at: 36_000, in: "System", record: 2)
    let report = report(on: [mail, clock] + system, rules: try rules(Self.scopePack("same")))
    #expect(report.findings.first?.guidance.causes.map(\.id) == ["clock", "unknown"])
  }

  static func scopePack(_ scope: String, more: String = "") -> String {
    """
    pack: scopes
    rules:
      - id: mail-failed
        title: Mail failed
        match: {Provider_Name: Mail, EventID: 1}
        severity: high
        parameters: [server, code]
        group_by: [Computer, server]
        causes:
          - {id: unknown, title: Something else}
          - id: clock
            title: The clock is wrong
            evidence:
              - {supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 1h, on: \(scope)\(more)}
    """
  }

  @Test(
    "evidence is looked for on the computers that its scope names",
    arguments: [
      ("same", "EX01", true), ("same", "EX02", false), ("any", "EX02", true),
      ("{computer: server}", "DC01.example.com", true),
      ("{computer: server}", "EX01", false), ("domain-controller", "DC01", true), ("domain-controller", "EX01", false),
    ])
  func scopes(scope: String, computer: String, isFound: Bool) throws {
    let evidence = event("Clock", 1, at: 36_000, on: computer, in: "System", record: 2)
    let controller = event("NTDS", 1, on: "DC01", in: "Directory Service", level: .information, record: 3)
    let verdict = try verdicts([mail, evidence, controller], Self.scopePack(scope))["clock"]
    #expect((verdict == .supported) == isFound)
  }

  @Test("a number of events may be needed, in one burst", arguments: [(1, false), (2, false), (3, true)])
  func atLeast(count: Int, isFound: Bool) throws {
    let evidence = (0..<count).map { event("Clock", 1, at: 36_000 + $0, in: "System", record: 2 + $0) }
    let verdict = try verdicts([mail] + evidence, Self.scopePack("same", more: ", at_least: 3"))["clock"]
    #expect((verdict == .supported) == isFound)
  }

  @Test(
    "evidence may be tied to a value of the finding",
    arguments: [("DC01", true), ("the server DC01 is", true), ("DC02", false), ("", false)])
  func conditions(value: String, isFound: Bool) throws {
    var evidence = event("Clock", 1, at: 36_000, in: "System", record: 2)
    evidence.data = [DataItem(name: "Source", value: value)]
    let more = ", where: {'Source|contains': '{server}'}"
    let verdict = try verdicts([mail, evidence], Self.scopePack("same", more: more))["clock"]
    #expect((verdict == .supported) == isFound)
  }

  @Test(
    "a state that ended before the finding is no evidence",
    arguments: [(35_500, false), (36_500, true), (nil, true)] as [(Int?, Bool)])
  func until(end: Int?, isFound: Bool) throws {
    let more = ", until: {match: {Provider_Name: Clock, EventID: 2}}"
    let start = event("Clock", 1, at: 35_000, in: "System", record: 2)
    let ends = end.map { [event("Clock", 2, at: $0, in: "System", record: 3)] } ?? []
    let verdict = try verdicts([mail, start] + ends, Self.scopePack("same", more: more))["clock"]
    #expect((verdict == .supported) == isFound)
  }

  @Test("names of hosts are compared as events spell them")
  func hosts() {
    let hosts = Hosts(file: "# ours\n192.0.2.10 EX01.example.com ex01 # mail\n\nbroken\n")
    #expect(hosts.areSame("EX01", "ex01.example.com"))
    #expect(hosts.areSame("[192.0.2.10]", "EX01"))
    #expect(hosts.areSame(#"\\EX01"#, "EX01$"))
    #expect(!hosts.areSame("EX01.example.com", "EX01.example.org"))
    #expect(!hosts.areSame("192.0.2.1", "192.0.2.10"))
  }
}
