import EventLog
import RuleEngine
import TestSupport
import Testing

@testable import Triage

/// Evidence on other computers: their names, their addresses and their clocks.
@Suite("evidence across computers") struct EvidenceSearchTests {
  private static let noon = 43_200

  private static func pack(_ evidence: String, more: String = "") -> String {
    """
    pack: across
    rules:
      - id: mail-failed
        title: Mail failed
        match: {Provider_Name: Mail, EventID: 1}
        severity: high
        parameters: [client_ip, code]
        group_by: [Computer, client_ip]
        causes:
          - id: clock
            title: The clock is wrong
            evidence: [{\(evidence)}]
    \(more)
    """
  }

  private static let onClient =
    "supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 10m, on: {computer: client_ip}"

  private let mail = event("Mail", 1, at: noon, record: 1, "192.0.2.12", "0x5")

  private func verdict(_ events: [Event], _ pack: String, hosts: Hosts = Hosts()) throws -> Verdict? {
    let report = report(on: [mail] + events, rules: try rules(pack)) { $0.hosts = hosts }
    return report.findings.first { $0.ruleID == "mail-failed" }?.guidance.causes.first?.verdict?.verdict
  }

  @Test(
    "an address means the computer that the list of hosts names",
    arguments: [
      ("192.0.2.12 EX02.example.com EX02", Verdict.supported), ("192.0.2.13 EX02", .undecided), ("", .undecided),
    ])
  func hosts(file: String, expected: Verdict) throws {
    let evidence = event("Clock", 1, at: Self.noon - 60, on: "EX02.example.com", in: "System", record: 2)
    #expect(try verdict([evidence], Self.pack(Self.onClient), hosts: Hosts(file: file)) == expected)
  }

  @Test(
    "an address means the computer whose account logged on from it, unless several did",
    arguments: [
      (["EX02$"], Verdict.supported), (["EX02$", "EX03$"], .undecided), (["EX03$"], .undecided), (["ann"], .undecided),
    ])
  func logons(accounts: [String], expected: Verdict) throws {
    let evidence = event("Clock", 1, at: Self.noon - 60, on: "EX02", in: "System", record: 2)
    let logons = accounts.enumerated().map { index, account in
      var logon = event(
        "Microsoft-Windows-Security-Auditing", 4624, at: 0, on: "DC01", in: "Security", level: .information,
        record: 10 + index)
      logon.data = [
        DataItem(name: "TargetUserName", value: account), DataItem(name: "IpAddress", value: "::ffff:192.0.2.12"),
      ]
      return logon
    }
    #expect(try verdict([evidence] + logons, Self.pack(Self.onClient)) == expected)
  }

  private func jump(_ seconds: Int, on computer: String = "DC01") -> Event {
    var jump = event(
      "Microsoft-Windows-Kernel-General", 1, at: Self.noon + 3600, on: computer, in: "System", level: .information,
      record: 20)
    jump.data = [
      DataItem(name: "NewTime", value: after(Self.noon + 3600).description),
      DataItem(name: "OldTime", value: after(Self.noon + 3600 - seconds).description),
    ]
    return jump
  }

  @Test(
    "windows across computers are wider by what their clocks were off, and the report says so",
    arguments: [
      (-700, nil, Verdict.undecided), (-700, -432, .supported), (-1100, -432, .undecided), (700, 432, .supported),
      (-500, nil, .supported),
    ] as [(Int, Int?, Verdict)])
  func clocks(evidenceAt: Int, shift: Int?, expected: Verdict) throws {
    let pack = Self.pack("supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 10m, on: any")
    let evidence = event("Clock", 1, at: Self.noon + evidenceAt, on: "DC01", in: "System", record: 2)
    let events = [evidence] + (shift.map { [jump($0)] } ?? [])
    #expect(try verdict(events, pack) == expected)
    let clocks = report(on: [mail] + events, rules: try rules(pack)).clocks
    #expect(clocks.map(\.computer) == (shift == nil ? [] : ["DC01"]))
    #expect(clocks.first?.seconds == shift.map { Int64($0) })
  }

  @Test("the window on the computer itself stays as it is, whatever its clock did")
  func ownClock() throws {
    let pack = Self.pack("supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 10m, on: same")
    let evidence = event("Clock", 1, at: Self.noon - 700, in: "System", record: 2)
    #expect(try verdict([evidence, jump(-432, on: "EX01")], pack) == .undecided)
  }

  @Test(
    "evidence on each of several places must be on all of them",
    arguments: [(["EX01"], Verdict.undecided), (["EX01", "192.0.2.12"], .supported), (["192.0.2.12"], .undecided)])
  func each(computers: [String], expected: Verdict) throws {
    let pack = Self.pack(
      "supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 10m, on: {each: [same, {computer: client_ip}]}")
    let evidence = computers.enumerated().map { event("Clock", 1, at: Self.noon, on: $1, in: "System", record: 2 + $0) }
    #expect(try verdict(evidence, pack) == expected)
  }

  @Test("evidence is only tied to values that the finding is grouped by")
  func ungroupedValues() throws {
    let pack = Self.pack(
      "supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 10m, where: {Source: '{code}'}")
    var evidence = event("Clock", 1, at: Self.noon, in: "System", record: 2)
    evidence.data = [DataItem(name: "Source", value: "0x5")]
    #expect(try verdict([evidence], pack) == .undecided)
  }

  private static let changes = """
      - id: installed
        title: An update was installed
        match: {Provider_Name: Setup, EventID: 1}
        severity: informational
        signal: true
        tags: [change]
    """

  @Test(
    "changes of the day before are listed, on the finding's computers and those that its causes name",
    arguments: [
      ("EX01", -3600, true), ("EX01", -90_000, false), ("EX01", 60, false), ("192.0.2.12", -60, true),
      ("PC77", -60, false),
    ])
  func changes(computer: String, seconds: Int, isListed: Bool) throws {
    let change = event("Setup", 1, at: Self.noon + seconds, on: computer, record: 3)
    let report = report(on: [mail, change], rules: try rules(Self.pack(Self.onClient, more: Self.changes)))
    #expect(report.findings.first?.changes.map(\.computers) == (isListed ? [[computer]] : []))
  }

  @Test("a burst of events is judged once, from its first to its last event")
  func burst() throws {
    let pack = Self.pack("supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 10m, at_least: 2")
    let more = [600, 1200, 1800].map { event("Mail", 1, at: Self.noon + $0, record: 30 + $0, "192.0.2.12", "0x5") }
    let evidence = [-300, 2200].map { event("Clock", 1, at: Self.noon + $0, in: "System", record: 5000 + $0) }
    #expect(try verdict(more + evidence, pack) == .supported)
    #expect(try verdict(evidence, pack) == .undecided)
  }

  @Test("the order of events and equal times change nothing", arguments: 1...6 as ClosedRange<UInt64>)
  func order(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules = try rules(Self.pack(Self.onClient, more: Self.changes))
    let events = (0..<200).map { number in
      event(
        ["Mail", "Clock", "Setup"][number % 3], 1, at: Self.noon + number % 4, on: ["EX01", "192.0.2.12"][number % 2],
        record: number, "192.0.2.12", "0x5")
    }
    expectSame(report(on: events.shuffled(using: &random), rules: rules), report(on: events, rules: rules))
  }

  @Test("where too many events were read to remember each, a cause is not said to lack support")
  func thinned() throws {
    let pack = Self.pack("supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 1s")
    // Thousands of events over a year, none of them known to be in the window of a second.
    let evidence = (0..<9000).map {
      event("Clock", 1, at: Self.noon - 15_000_000 + 3600 * $0 + 1800, in: "System", record: 9 + $0)
    }
    let report = report(on: [mail] + evidence, rules: try rules(pack))
    let verdict = try #require(report.findings.first?.guidance.causes.first?.verdict)
    #expect(verdict.verdict == .undecided)
    #expect(verdict.isThinned)
    #expect(verdict.reasons.contains { $0.contains("too many events to remember each") })
  }
}
