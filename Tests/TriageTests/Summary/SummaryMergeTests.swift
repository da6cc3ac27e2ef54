import EventLog
import RuleEngine
import TestSupport
import Testing
import Triage

@Suite("merging summaries") struct SummaryMergeTests {
  @Test(
    "any split and grouping of events comes to the same summary and report", arguments: 1...12 as ClosedRange<UInt64>)
  func anySplit(seed: UInt64) throws {
    let rules = try rules(mailPack)
    var random = SeededGenerator(seed: seed)
    let events = randomEvents(600, seed: seed)
    let whole = merged([summary(of: events, rules: rules)])

    let cuts = (0..<9).map { _ in Int.random(in: 0...events.count, using: &random) }.sorted()
    let bounds = [0] + cuts + [events.count]
    var parts = zip(bounds, bounds.dropFirst()).map { summary(of: Array(events[$0..<$1]), rules: rules) }
    expectSame(merged(parts), whole)

    parts.shuffle(using: &random)
    expectSame(merged(parts), whole)
    while parts.count > 1 {
      let index = Int.random(in: 0..<parts.count - 1, using: &random)
      parts[index].merge(parts.remove(at: index + 1))
    }
    expectSame(merged(parts), whole)

    let builder = ReportBuilder(rules: rules, about: ReportAbout(tool: "test"))
    expectSame(builder.report(on: merged(parts)), builder.report(on: whole))
  }

  @Test("the empty summary changes nothing, on either side")
  func emptyElement() throws {
    let some = merged([summary(of: randomEvents(200, seed: 7), rules: try rules(mailPack))])
    expectSame(merged([some, TriageSummary()]), some)
    expectSame(merged([TriageSummary(), some]), some)
    expectSame(merged([]), TriageSummary())
  }

  @Test("merging is associative beyond every bound")
  func beyondBounds() throws {
    let rules = try rules(mailPack)
    let events = (0..<3000).map { number in
      var made = event("Mail", 1, at: number * 4000, on: "EX\(number % 1500)", in: "Log \(number % 40)", record: number)
      made.data = [DataItem(value: "server\(number % 900)"), DataItem(value: "0x5")]
      return made
    }
    var random = SeededGenerator(seed: 3)
    let parts = stride(from: 0, to: events.count, by: 500).map {
      summary(of: events[$0..<$0 + 500].shuffled(using: &random), rules: rules)
    }
    let left = merged(parts)
    let right = merged([parts[0], merged([parts[1], merged(Array(parts[2...]))])])
    expectSame(left, right)
    expectSame(merged(parts.reversed()), left)
  }
}
