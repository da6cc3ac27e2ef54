import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing
import Triage

@Suite("a session") struct TriageSessionTests {
  private func run(
    _ sources: [InputSource], jobs: Int = 1, chunkBytes: Int = 4096, _ change: (inout TriageOptions) -> Void = { _ in }
  ) async throws -> TriageSummary {
    var options = TriageOptions()
    options.jobs = jobs
    options.limits.chunkBytes = chunkBytes
    change(&options)
    return await TriageSession(rules: try rules(mailPack), options: options).run(sources)
  }

  private func inputs() -> [InputSource] {
    var damaged = Array(EventXML.export(randomEvents(80, seed: 3)).utf8)
    damaged[3000] = 0x3C
    damaged[9000] = 0x00
    return [
      InputSource(text: EventXML.export(randomEvents(300, seed: 1)), name: "a.xml"),
      InputSource(origin: .memory(damaged), name: "damaged.xml"),
      InputSource(text: "{}", name: "events.json"),
      InputSource(text: EventXML.export(randomEvents(300, seed: 2)), name: "b.xml"),
      InputSource(text: EventXML.export([]), name: "none.xml"),
    ]
  }

  @Test("the number of threads changes nothing", arguments: [700, 4096, 1 << 20])
  func threads(chunkBytes: Int) async throws {
    let one = try await run(inputs(), jobs: 1, chunkBytes: chunkBytes)
    #expect(one.considered > 600)
    for jobs in [2, 8] {
      let many = try await run(inputs(), jobs: jobs, chunkBytes: chunkBytes)
      expectSame(many, one)
      let builder = ReportBuilder(rules: try rules(mailPack), about: ReportAbout(tool: "test"))
      expectSame(builder.report(on: many), builder.report(on: one))
    }
  }

  @Test("where an input is cut changes nothing")
  func chunks() async throws {
    let whole = try await run(inputs(), chunkBytes: 1 << 22)
    for bytes in [600, 5000, 20_000] { expectSame(try await run(inputs(), jobs: 4, chunkBytes: bytes), whole) }
  }

  @Test("each input is described, and what can't be read is named with its reason")
  func sources() async throws {
    let missing = InputSource(origin: .file(path: "/nonexistent/x.xml"), name: "x.xml")
    let summary = try await run(inputs() + [missing])
    let sources = summary.sources.sorted { $0.key < $1.key }.map(\.value)
    #expect(sources.map(\.name) == ["a.xml", "damaged.xml", "events.json", "b.xml", "none.xml", "x.xml"])
    #expect(sources[0].tally.intact == 300)
    #expect(sources[0].sha256?.count == 64)
    #expect(sources[0].format == "event XML")
    #expect(sources[1].tally.total == 80)
    #expect(sources[1].tally.recovered + sources[1].tally.unreadable == sources[1].tally.damage.count)
    #expect(!sources[1].tally.damage.isEmpty)
    #expect(sources[2].failure?.contains("JSON") == true)
    #expect(sources[3].tally.intact == 300)
    #expect(sources[5].failure != nil)
    #expect(sources[5].format == nil)
  }

  @Test("what the filters hold back is counted")
  func filtered() async throws {
    let summary = try await run(inputs()) { $0.computers = ["DC01"] }
    let all = try await run(inputs())
    #expect(summary.considered + summary.filteredOut == all.considered)
    #expect(Set(summary.logs.keys.map(\.computer)) == ["DC01"])
  }

  @Test("every event of a ticket keeps a place of its own")
  func ticketPlaces() async throws {
    let ticket = """
      Event Type: Error
      Event Source: Mail
      Event ID: 1
      Description: Mail to a failed with 0x5.

      Event Type: Error
      Event Source: Mail
      Event ID: 1
      Description: Mail to b failed with 0x5.
      """
    let summary = try await run([InputSource(text: ticket, name: "ticket.txt")])
    let report = ReportBuilder(rules: try rules(mailPack), about: ReportAbout(tool: "test")).report(on: summary)
    #expect(report.events.count == 2)
    #expect(Set(report.findings.first?.groups.map(\.values.last) ?? []) == ["a", "b"])
  }

  @Test("progress names the input and never goes back")
  func progress() async throws {
    var options = TriageOptions()
    options.limits.chunkBytes = 2000
    var seen: [TriageSession.Progress] = []
    _ = await TriageSession(rules: try rules(mailPack), options: options).run(inputs()) { seen.append($0) }
    #expect(seen.map(\.bytes) == seen.map(\.bytes).sorted())
    #expect(Set(seen.map(\.input)) == ["a.xml", "damaged.xml", "b.xml", "none.xml"])
  }

  @Test("a summary survives being written and read")
  func codable() async throws {
    let summary = try await run(inputs())
    let data = try JSONEncoder().encode(summary)
    expectSame(try JSONDecoder().decode(TriageSummary.self, from: data), summary)
  }
}
