import EventLog
import RuleEngine
import TestSupport
import Testing
import Triage

/// The rules of a pack.
func rules(_ yaml: String) throws -> RuleSet {
  let loaded = RulePackLoader.load([RuleFile(path: "test.yaml", text: yaml)])
  try #require(loaded.issues.filter { $0.severity == .error } == [])
  return RuleSet(loaded)
}

/// An event some seconds after 2026-03-01T08:00:00Z.
func event(
  _ provider: String, _ eventID: Int, at seconds: Int = 0, on computer: String = "EX01.example.com",
  in channel: String = "Application", level: Level = .error, _ data: String...
) -> Event {
  var event = Event()
  event.provider.name = provider
  event.eventID = eventID
  event.timeCreated = EventTime(ticks: 17_723_520_000_000_000 + Int64(seconds) * EventTime.ticksPerSecond)
  event.computer = computer
  event.channel = channel
  event.level = level
  event.recordID = UInt64(1000 + seconds)
  event.data = data.map { DataItem(value: $0) }
  return event
}

/// Reads inputs and reports on them.
func report(
  on inputs: [InputSource], rules: RuleSet, failures: [InputFailure] = [],
  _ change: (inout ReportBuilder) -> Void = { _ in }
) async -> Report {
  var options = TriageOptions()
  options.eventsPerFinding = 6
  let summary = await TriageSession(rules: rules, options: options).run(inputs)
  var about = ReportAbout(tool: "evtriage 1.2.3")
  about.eventsPerFinding = 6
  about.options = ["--channel Application", "--computer `x`"]
  about.rejectedRules = ["mine.yaml:3:5: error: unknown key [unknown-key]"]
  var builder = ReportBuilder(rules: rules, about: about)
  change(&builder)
  return builder.report(on: summary, inputFailures: failures.map(\.description))
}

/// A case with something of everything that a report can say.
enum TestCase {
  static let pack = """
    pack: mail
    title: Mail
    rules:
      - id: mail-failed
        title: Mail failed on a `Receive` connector
        match: {Provider_Name: Mail, EventID: 1}
        severity: high
        parameters: [connector, server, code]
        values: {code: {"0x5": access denied}}
        message: Mail from {server} failed on {connector} with {code}.
        group_by: [Computer, server]
        meaning: |-
          Mail waits, see [the page](https://example.com/mail).

          It goes back after 2 days.
        symptoms: ["454 4.7.0 Temporary authentication failure", "Mail is late | lost"]
        explains: [disk-slow]
        causes:
          - id: clock
            title: The clock is wrong
            why: Kerberos refuses tickets.
            evidence:
              - {supports: {tag: clock-wrong}, within: 1h}
              - {contradicts: {rule: clock-right}, within: 1h}
            needs: [System]
            check:
              - {run: w32tm /query /status, on: the server, expect: a source that is no "Local CMOS Clock"}
              - {look: Compare <the clocks>., expect: less than 5 minutes apart}
            fix: |-
              1. Stop the service:

                 ```powershell
                 Stop-Service <name>
                 ```
              2. Set the time, see <https://example.com/time>.
            references: [https://example.com/clock]
          - id: controller
            title: The domain controller was not asked
            evidence: [{supports: {match: {Provider_Name: KDC, EventID: 5}}, on: domain-controller}]
            needs: [{channel: System, on: domain-controller}]
          - id: other
            title: Something else
        references: [https://example.com/mail, https://example.com/more]
      - id: clock-wrong
        title: The clock is wrong
        match: {Provider_Name: Clock, EventID: 1}
        severity: medium
        confidence: unverified
        tags: [clock-wrong, change]
        message: The clock is off by {Offset}.
      - id: clock-right
        title: The clock is right
        match: {Provider_Name: Clock, EventID: 2}
        severity: informational
        signal: true
      - id: disk-slow
        title: The disk is slow
        match: {Provider_Name: Disk, EventID: 1}
        severity: low
    """

  static func inputs() -> [InputSource] {
    let application =
      (0..<9).map { event("Mail", 1, at: $0 * 700, "Default EX01", "192.0.2.\($0 % 2)", $0 % 3 == 0 ? "0x5" : "1792") }
      + [
        event("Disk", 1, at: 800, level: .warning), event("Unknown", 7, at: 900, level: .critical, "a value", "b|c"),
        event("Mial", 1, at: 901), event("Quiet", 1, at: 902, level: .information),
      ]
    var damaged = EventXML.export([
      event("Clock", 1, at: 60, in: "System"), event("Clock", 1, at: 120, in: "System"),
      event("Other", 1, at: 20_000, in: "System", level: .information),
    ])
    damaged = damaged.replacing("<EventData></EventData>", with: "<EventData>\u{3}</EventData>", maxReplacements: 1)
    return [
      InputSource(text: EventXML.export(application), name: "EX01/Application.xml"),
      InputSource(text: damaged + "<Event><System><Provider Name=", name: "EX01/System.xml"),
      InputSource(text: "a,b\n1,2\n", name: "list.csv"),
    ]
  }

  static func report() async throws -> Report {
    let missing = InputFailure(input: "DC01-System.xml", reason: .notFound)
    return await ReportingTests.report(on: inputs(), rules: try rules(pack), failures: [missing]) {
      $0.title = "Case 7"
    }
  }
}
