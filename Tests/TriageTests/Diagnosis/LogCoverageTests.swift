import EventLog
import RuleEngine
import Testing

@testable import Triage

/// A cause is only "not supported" when the logs that it needs were looked at.
@Suite("coverage of logs") struct LogCoverageTests {
  private static let noon = 43_200

  private let mail = event("Mail", 1, at: noon, record: 1, "DC01", "0x5")

  private func pack(_ evidence: String, needs: String?) -> String {
    """
    pack: coverage
    rules:
      - id: mail-failed
        title: Mail failed
        match: {Provider_Name: Mail, EventID: 1}
        severity: high
        parameters: [server, code]
        group_by: [Computer, server]
        causes:
          - id: clock
            title: The clock is wrong
            evidence: [{\(evidence)}]
            \(needs.map { "needs: [\($0)]" } ?? "why: none")
    """
  }

  private let supports = "supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 1h"

  private func cause(_ events: [Event], _ pack: String) throws -> (verdict: Verdict, missing: [ReportMissingLog]) {
    let causes = report(on: [mail] + events, rules: try rules(pack)).findings.first?.guidance.causes
    let verdict = try #require(causes?.first?.verdict)
    return (verdict.verdict, verdict.missing)
  }

  private func other(_ channel: String, at seconds: Int, on computer: String = "EX01", record: Int = 50) -> Event {
    event("Other", 9, at: seconds, on: computer, in: channel, level: .information, record: record + seconds % 40)
  }

  @Test(
    "a log covers the time when it begins before it and ends with the finding, with an hour of tolerance",
    arguments: [
      (noon - 7200, noon + 60, Verdict.notSupported, nil), (noon - 3600, noon, .notSupported, nil),
      (noon - 1800, noon, .notSupported, nil), (noon, noon + 60, .undecided, .partial),
      (noon - 7200, noon - 3500, .notSupported, nil), (noon + 60, noon + 90, .undecided, .partial),
    ] as [(Int, Int, Verdict, MissingLog.Reason?)])
  func span(first: Int, last: Int, verdict: Verdict, reason: MissingLog.Reason?) throws {
    let logs = [other("System", at: first), other("System", at: last)]
    let found = try cause(logs, pack(supports, needs: "System"))
    #expect(found.verdict == verdict)
    #expect(found.missing.first?.reason == reason)
  }

  @Test(
    "without needs, the finding's own log decides", arguments: [(nil, Verdict.undecided), (noon - 3700, .notSupported)])
  func ownLog(first: Int?, verdict: Verdict) throws {
    let logs = first.map { [other("Application", at: $0)] } ?? []
    #expect(try cause(logs, pack(supports, needs: nil)).verdict == verdict)
  }

  @Test(
    "a log that was cleared within the time does not cover it",
    arguments: [
      (104, "System", "System", noon - 600, Verdict.undecided), (104, "System", "System", noon - 7200, .notSupported),
      (104, "System", "System", noon + 600, .notSupported), (104, "System", "Application", noon - 600, .notSupported),
      (1102, "Security", "", noon - 600, .notSupported),
    ])
  func cleared(eventID: Int, log: String, channel: String, seconds: Int, verdict: Verdict) throws {
    var clearing = event("Microsoft-Windows-Eventlog", eventID, at: seconds, in: log, level: .information, record: 7)
    clearing.userData = [NamedValue(name: "LogFileCleared/Channel", value: channel)]
    let logs = [other("System", at: Self.noon - 90_000), other("System", at: Self.noon + 60), clearing]
    let found = try cause(logs, pack(supports, needs: "System"))
    #expect(found.verdict == verdict)
    #expect(found.missing.map(\.reason) == (verdict == .undecided ? [.cleared] : []))
  }

  @Test("event 1102 says that the Security log was cleared")
  func clearedSecurity() throws {
    let clearing = event("Microsoft-Windows-Eventlog", 1102, at: Self.noon - 600, in: "Security", record: 7)
    let logs = [other("Security", at: Self.noon - 90_000), other("Security", at: Self.noon + 60), clearing]
    let found = try cause(logs, pack(supports, needs: "Security"))
    #expect(found.verdict == .undecided)
    #expect(found.missing.map(\.reason) == [.cleared])
    #expect(found.missing.map(\.command) == [nil], "no export brings it back")
  }

  @Test(
    "evidence that comes after the finding needs a log that goes on",
    arguments: [(noon, Verdict.undecided), (noon + 3700, .notSupported)])
  func after(last: Int, verdict: Verdict) throws {
    let late = "supports: {match: {Provider_Name: Clock, EventID: 1}}, within: {after: 2h}"
    let logs = [other("System", at: Self.noon - 7200), other("System", at: last)]
    #expect(try cause(logs, pack(late, needs: "System")).verdict == verdict)
  }

  @Test(
    "any computer's log is enough where the rule says so",
    arguments: [(["EX02"], Verdict.notSupported), ([], .undecided)])
  func anywhere(computers: [String], verdict: Verdict) throws {
    let logs = computers.flatMap { computer in
      [other("System", at: Self.noon - 7200, on: computer), other("System", at: Self.noon, on: computer)]
    }
    let found = try cause(logs, pack(supports, needs: "{channel: System, on: any}"))
    #expect(found.verdict == verdict)
    #expect(found.missing.map(\.computer) == (verdict == .undecided ? ["EX01"] : []))
  }

  @Test("every domain controller counts, and one must be known")
  func controllers() throws {
    let pack = pack(supports, needs: "{channel: System, on: domain-controller}")
    #expect(try cause([], pack).missing.map(\.computer) == [nil])
    let signs = ["DC01", "DC02"].map { other("Directory Service", at: Self.noon, on: $0) }
    let logs = [other("System", at: Self.noon - 7200, on: "DC01"), other("System", at: Self.noon, on: "DC01")]
    #expect(try cause(signs + logs, pack).missing.map(\.computer) == ["DC02"])
  }

  @Test("a finding without a time is never decided, and its logs are asked for without one")
  func untimed() throws {
    let untimed = event("Mail", 1, at: nil, record: 1, "DC01", "0x5")
    let report = report(
      on: [untimed, other("System", at: 0)], rules: try rules(pack(supports, needs: "System, Security")))
    let verdict = try #require(report.findings.first?.guidance.causes.first?.verdict)
    #expect(verdict.verdict == .undecided)
    #expect(verdict.missing.map(\.reason) == [.absent, .partial])
    #expect(verdict.missing.first?.command == #"wevtutil qe "Security" /f:xml /e:Events > EX01-Security.xml"#)
  }

  @Test("a cause that nothing can support is never said to lack support")
  func contradictedOnly() throws {
    let against = "contradicts: {match: {Provider_Name: Clock, EventID: 2}}, within: 1h"
    let logs = [other("System", at: 0), other("System", at: Self.noon)]
    #expect(try cause(logs, pack(against, needs: "System")).verdict == .undecided)
    #expect(try cause([], pack(against, needs: nil)).missing == [])
  }
}
