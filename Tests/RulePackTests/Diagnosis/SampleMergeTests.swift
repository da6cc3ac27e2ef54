import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing

@testable import Triage

/// What several machines read merges into the report of what one machine would have read.
@Suite("merging what was read of the samples") struct SampleMergeTests {
  private static let folders = ["exchange-1035-spn", "exchange-1035-clock-right"]

  private let builder = ReportBuilder(rules: Shipped.rules, about: ReportAbout(tool: "test"))

  private func inputs(_ folder: String) throws -> [InputSource] {
    let path = Corpus.packageRoot.appendingPathComponent("Samples/\(folder)").path
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".xml") }.sorted()
    return InputSource.expand(names.map { "\(path)/\($0)" }).sources
  }

  /// A summary, written to disk and read again.
  private func summary(_ inputs: [InputSource], _ slice: TriageSlice? = nil) async throws -> SummaryFile {
    var options = TriageOptions()
    options.slice = slice
    options.limits.chunkBytes = 3000
    let summary = await TriageSession(rules: Shipped.rules, options: options).run(inputs)
    let file = SummaryFile(
      tool: "test", rules: Shipped.rules, options: options, described: [], inputFailures: [], summary: summary)
    return try SummaryFile(json: file.json())
  }

  private func report(_ files: [SummaryFile]) throws -> Report {
    var merge = SummaryMerge(rules: Shipped.rules)
    for file in files { try merge.add(file) }
    return builder.report(on: merge.summary)
  }

  @Test("eight slices of the inputs", arguments: folders)
  func slices(folder: String) async throws {
    let inputs = try inputs(folder)
    let whole = try await report([summary(inputs)])
    var parts: [SummaryFile] = []
    for number in 1...8 { parts.append(try await summary(inputs, TriageSlice(number: number, count: 8))) }
    #expect(parts.filter { $0.summary.considered > 0 }.count == 8)
    #expect(try report(parts) == whole, "the reports differ")
    #expect(try report(parts.reversed()) == whole, "the reports differ")
  }

  @Test("each log from a machine of its own", arguments: folders)
  func machines(folder: String) async throws {
    let inputs = try inputs(folder)
    let whole = try await report([summary(inputs)])
    var parts: [SummaryFile] = []
    for input in inputs { parts.append(try await summary([input])) }
    #expect(try report(parts) == whole, "the reports differ")
  }

  @Test(
    "events that are dealt out at random, and shuffled",
    arguments: folders, [1, 2] as [UInt64])
  func random(folder: String, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let events = try inputs(folder).enumerated().flatMap { index, input in
      readAll(input).events.map { event in
        var event = event
        event.location.source = index
        return event
      }
    }
    #expect(events.count > 100)
    let whole = builder.report(on: sum(events))
    var parts: [[Event]] = Array(repeating: [], count: 7)
    for event in events.shuffled(using: &random) { parts[Int.random(in: 0..<7, using: &random)].append(event) }
    let merged = parts.map(sum).reduce(into: TriageSummary()) { $0.merge($1) }
    let read = try JSONDecoder().decode(TriageSummary.self, from: JSONEncoder().encode(merged))
    #expect(builder.report(on: merged) == whole, "the reports differ")
    #expect(builder.report(on: read) == whole, "the reports differ")
  }

  private func sum(_ events: [Event]) -> TriageSummary {
    events.reduce(into: TriageSummary()) { summary, event in
      let matches = Shipped.rules.matches(event)
      summary.add(event, matches: matches.rules.map { Shipped.rules.rules[$0] }, sampleLimit: 20)
      summary.addEvidence(event, matches: matches, Shipped.catalog)
    }
  }
}
