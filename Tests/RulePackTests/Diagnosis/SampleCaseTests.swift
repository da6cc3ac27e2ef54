import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing
import Triage

/// The samples of MSExchangeTransport 1035: one symptom, and each time another cause.
@Suite("the causes of MSExchangeTransport 1035 in the samples") struct SampleCaseTests {
  private func report(_ folder: String) async throws -> Report {
    let path = Corpus.packageRoot.appendingPathComponent("Samples/\(folder)").path
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".xml") }.sorted()
    let inputs = InputSource.expand(names.map { "\(path)/\($0)" }).sources
    let summary = await TriageSession(rules: Shipped.rules).run(inputs)
    var builder = ReportBuilder(rules: Shipped.rules, about: ReportAbout(tool: "test"))
    if let hosts = try? String(contentsOfFile: path + "/hosts", encoding: .utf8) { builder.hosts = Hosts(file: hosts) }
    return builder.report(on: summary)
  }

  private func causes(_ report: Report) throws -> [ReportCause] {
    try #require(report.findings.first { $0.ruleID == "exchange-transport-1035" }).guidance.causes
  }

  @Test(
    "each ranks its own cause first, with evidence of its own",
    arguments: [
      ("exchange-1035", "clock-skew", "The system time jumped by more than 5 minutes"),
      (
        "exchange-1035-replication", "replication",
        "Domain controllers have not replicated with this one for a long time"
      ),
      ("exchange-1035-spn", "spn", "Two accounts hold the same Kerberos name"),
      (
        "exchange-1035-ports", "kerberos-ports",
        "The Windows firewall blocked incoming connections to a service of the domain"
      ),
      ("exchange-1035-clock-right", "stale-ticket", "Inbound authentication failed on a Receive connector"),
    ])
  func ownCause(folder: String, cause: String, evidence: String) async throws {
    let causes = try causes(await report(folder))
    #expect(causes.first?.id == cause)
    #expect(causes.first?.verdict?.verdict == .supported)
    #expect(causes.first?.verdict?.supporting.contains { $0.title == evidence } ?? false)
    #expect(causes.dropFirst().allSatisfy { $0.verdict?.verdict != .supported })
  }

  @Test("clocks that are synchronised on both servers and the domain controller are ruled out")
  func clockRight() async throws {
    let clock = try #require(causes(await report("exchange-1035-clock-right")).first { $0.id == "clock-skew" })
    #expect(clock.verdict?.verdict == .contradicted)
    #expect(
      clock.verdict?.contradicting.first?.computers == ["DC01.contoso.com", "EX01.contoso.com", "EX02.contoso.com"])
  }

  @Test("the Application log alone decides nothing about Kerberos, and the report asks for the logs that would")
  func applicationOnly() async throws {
    let report = try await report("exchange-1035-application-only")
    let causes = try causes(report)
    #expect(causes.prefix(4).map(\.id) == ["clock-skew", "replication", "spn", "kerberos-ports"])
    #expect(causes.prefix(4).allSatisfy { $0.verdict?.verdict == .undecided })
    #expect(causes.allSatisfy { $0.verdict?.verdict != .supported })
    let wanted = report.toCollect.map { "\($0.channel) of \($0.computer ?? "a domain controller")" }
    for log in [
      "System of EX01.contoso.com", "System of a domain controller", "Directory Service of a domain controller",
    ] {
      #expect(wanted.contains(log))
    }
    #expect(report.toCollect.allSatisfy { $0.command?.hasPrefix("wevtutil qe ") ?? false })
  }

  @Test(
    "what was changed before is listed, on the domain controller too",
    arguments: [
      ("exchange-1035-spn", "A service principal name was added to or removed from an account"),
      ("exchange-1035-ports", "A rule or setting of the Windows firewall was changed (Security log)"),
    ])
  func changes(folder: String, title: String) async throws {
    let finding = try #require(await report(folder).findings.first { $0.ruleID == "exchange-transport-1035" })
    #expect(finding.changes.contains { $0.title == title && $0.computers == ["DC01.contoso.com"] })
  }
}
