import EventLog
import Foundation
import Reporting
import TestSupport
import Testing
import Triage

@Suite("formats") struct ReportFormatTests {
  @Test("every link of a report leads to one place")
  func anchors() async throws {
    let anchors = Anchors(MarkdownFormat().text(of: try await TestCase.report()))
    #expect(anchors.broken == [])
    #expect(Set(anchors.names).count == anchors.names.count)
    #expect(anchors.names.contains("collect"))
  }

  @Test("every link of a rendered report leads to one place", .enabled(if: Renderer.isPresent))
  func rendered() async throws {
    let report = try await TestCase.report()
    for (name, rendering) in try Renderer.render(MarkdownFormat().text(of: report)) {
      let inner = Set(rendering.links.filter { $0.hasPrefix("#") })
      #expect(inner.allSatisfy { link in rendering.ids.count { "#" + $0 == link } == 1 }, "\(name)")
      for finding in report.findings { #expect(inner.contains("#finding-\(finding.number)"), "\(name)") }
      for index in report.events.indices { #expect(inner.contains("#e\(index + 1)"), "\(name)") }
      #expect(rendering.text.contains("Stop-Service <name>"), "\(name)")
      #expect(rendering.text.contains("Compare <the clocks>. Expect"), "\(name)")
    }
  }

  @Test("a finding lists no more events than wanted, whatever its groups")
  func eventLimit() async throws {
    let events = (0..<60).map { event("Mail", 1, at: $0, "Default", "server\($0 % 30)", "1") }
    let report = await report(
      on: [InputSource(text: EventXML.export(events), name: "a.xml")], rules: try rules(TestCase.pack))
    #expect(report.findings.first?.groups.count == 30)
    #expect(report.findings.first?.events.count == 6)
    #expect(report.events.map(\.sample.recordID) == [1000, 1001, 1002, 1057, 1058, 1059])
  }

  /// The documented fields of `--format json`; a change of these is a change of `schemaVersion`.
  static let fields: [(path: String, keys: String)] = [
    (
      "",
      "about addresses clocks coverage events evidenceDropped findings inputFailures inputs logs occurrences remediations "
        + "schemaVersion sharedCauses "
        + "title toCollect"
    ),
    (
      "about",
      "abandonedAttempts accounting considered correlationNotes eventsPerFinding filteredOut options packs rejectedRules "
        + "rules rulesMatched tool"
    ),
    ("about.accounting", "matched notApplicable unmatched withoutLog"),
    ("about.packs.0", "id rules title"),
    ("coverage", "events eventsBeyondBound explainedEvents explainedKinds kinds unknown unknownKinds"),
    ("coverage.unknown.1", "channels count eventID level occurrences provider sample suggestion"),
    ("events.1", "evidenceFor findings input sample"),
    (
      "events.1.sample",
      "byteOffset channel computer eventID level provider recordID repairs ruleID sentence source time"
    ),
    (
      "findings.0",
      "activity changes computers consequenceOf events groupFields groups guidance isUnverified mailAnswers matches number "
        + "occurrences packID remediations ruleID sameEventsAs sentences severity title"
    ),
    ("findings.0.matches.0", "event reasons"),
    ("findings.0.matches.0.reasons.0", "after before expected field matched modifiers"),
    ("findings.0.occurrences", "count first last"),
    ("findings.0.groups.0", "occurrences values"),
    ("findings.0.guidance", "causes meaning references symptoms"),
    ("findings.0.guidance.causes.0", "checks fix id references title verdict why"),
    ("findings.0.guidance.causes.0.checks.0", "command expect place"),
    ("findings.0.guidance.causes.0.checks.1", "expect instruction"),
    ("findings.0.guidance.causes.0.verdict", "contradicting isThinned missing reasons supporting verdict"),
    ("findings.0.guidance.causes.0.verdict.supporting.0", "computers count events title"),
    ("inputs.0", "bytes encoding format isCompressed name sha256 tally"),
    ("inputs.1.tally", "damage intact recovered unreadable"),
    ("inputs.1.tally.damage.0", "byteOffset isRecovered reason"),
    ("inputs.2", "bytes failure isCompressed name tally"),
    ("logs.0", "channel computer occurrences"),
    ("toCollect.0", "channel command findings from reason to"),
  ]

  @Test("JSON has every documented field", arguments: fields)
  func jsonFields(path: String, keys: String) async throws {
    let text = JSONFormat().text(of: try await TestCase.report())
    var value: Any = try JSONSerialization.jsonObject(with: Data(text.utf8))
    for step in path.split(separator: ".") {
      if let index = Int(step) {
        value = try #require((value as? [Any])?[index])
      } else {
        value = try #require((value as? [String: Any])?[String(step)])
      }
    }
    let object = try #require(value as? [String: Any])
    #expect(object.keys.sorted().joined(separator: " ") == keys)
  }

  @Test("CSV reads back as what was listed")
  func csv() async throws {
    let report = try await TestCase.report()
    let rows = CSV.rows(CSVFormat().text(of: report))
    #expect(rows.first?.prefix(4) == ["time", "computer", "channel", "provider"])
    for (row, event) in zip(rows.dropFirst(), report.events) {
      #expect(row[0] == event.sample.time?.description)
      #expect(row[1] == event.sample.computer)
      #expect(row[5] == event.sample.recordID.map { String($0) })
      #expect(row[10] == event.sample.sentence)
      #expect(row[11] == event.input)
    }
  }
}
