import EventLog
import Foundation
import Reporting
import TestSupport
import Testing
import Triage

@Suite("logs that were cleared") struct LostLogTests {
  /// A finding whose cause needs logs, one of which was cleared some seconds after it.
  private func report(clearing: Int?, needs: String = "System, Setup") async throws -> Report {
    let pack = """
      pack: mail
      rules:
        - id: mail-failed
          title: Mail failed
          match: {Provider_Name: Mail, EventID: 1}
          severity: high
          causes:
            - id: clock
              title: The clock is wrong
              evidence: [{supports: {match: {Provider_Name: Clock, EventID: 1}}, within: 1h}]
              needs: [\(needs)]
      """
    let time = 100_000
    var events = [event("Mail", 1, at: time)]
    for seconds in [-90_000, 60] {
      events.append(event("Other", 9, at: time + seconds, in: "System", level: .information))
    }
    if let clearing {
      var cleared = event("Microsoft-Windows-Eventlog", 104, at: time + clearing, in: "System", level: .information)
      cleared.data = [DataItem(name: "Channel", value: "System")]
      events.append(cleared)
    }
    return await ReportingTests.report(
      on: [InputSource(text: EventXML.export(events), name: "a.xml")], rules: try rules(pack))
  }

  @Test("a cleared log is named as lost, with where a copy may be instead of an export")
  func lost() async throws {
    let report = try await report(clearing: -600)
    let text = MarkdownFormat().text(of: report)
    #expect(
      text.contains("| missing: `Setup` of `EX01.example.com`<br>lost: `System` of `EX01.example.com`, which was"))
    let (missing, lost) = try halves(text)
    #expect(missing.contains(#"wevtutil qe "Setup""#))
    #expect(!missing.contains("`System`"))
    #expect(lost.contains("`Archive-*.evtx`"))
    #expect(lost.contains("1. `System` of `EX01.example.com`, for finding [1](#finding-1)\n"))
    #expect(!lost.contains("wevtutil"))
    #expect(text.contains("in order, or collect the logs [named below](#collect)."))
    #expect(Anchors(text).broken == [])
  }

  @Test("nothing is said to be lost when nothing was cleared within the time", arguments: [nil, -7200, 600])
  func notLost(clearing: Int?) async throws {
    let text = MarkdownFormat().text(of: try await report(clearing: clearing))
    #expect(text.contains("## Next: what to collect"))
    #expect(!text.contains("lost"))
  }

  @Test("copies are looked for where nothing else can be collected")
  func onlyLost() async throws {
    let text = MarkdownFormat().text(of: try await report(clearing: -600, needs: "System"))
    #expect(text.contains("in order, or look for copies of the logs [named below](#collect)."))
    #expect(!text.contains("These exports would settle"))
    #expect(Anchors(text).broken == [])
  }

  @Test("JSON has no command for a cleared log")
  func json() async throws {
    let text = JSONFormat().text(of: try await report(clearing: -600))
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let logs = try #require(json["toCollect"] as? [[String: Any]])
    #expect(logs.map { $0["reason"] as? String } == ["absent", "cleared"])
    #expect(logs.map { $0["command"] != nil } == [true, false])
  }

  /// What "what to collect" says before and after it speaks of lost logs.
  private func halves(_ text: String) throws -> (missing: Substring, lost: Substring) {
    let start = try #require(text.range(of: "## Next: what to collect")).upperBound
    let end = try #require(text.range(of: "## Errors and warnings")).lowerBound
    let middle = try #require(text.range(of: "These logs were cleared")).lowerBound
    return (text[start..<middle], text[middle..<end])
  }
}
