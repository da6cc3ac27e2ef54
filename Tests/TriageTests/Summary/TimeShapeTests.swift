import EventLog
import TestSupport
import Testing

@testable import Triage

@Suite("when things happened") struct TimeShapeTests {
  private func times(seed: UInt64, within days: Int, _ count: Int = 500) -> [EventTime] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in after(Int.random(in: 0...days * 86_400, using: &random)) }
  }

  @Test("a histogram does not depend on the order", arguments: [1, 30, 4000])
  func histogramOrder(days: Int) {
    let times = times(seed: UInt64(days), within: days)
    var random = SeededGenerator(seed: 1)
    var (straight, shuffled, halves) = (EventHistogram(), EventHistogram(), EventHistogram())
    for time in times { straight.add(time) }
    for time in times.shuffled(using: &random) { shuffled.add(time) }
    for part in [times[250...], times[..<250]] {
      var histogram = EventHistogram()
      for time in part { histogram.add(time) }
      halves.merge(histogram)
    }
    #expect(straight == shuffled)
    #expect(straight == halves)
    #expect(straight.columns(24, from: after(0), to: after(days * 86_400)).reduce(0, +) == times.count)
  }

  @Test("a histogram bears the first and the last time there is")
  func histogramExtremes() throws {
    var histogram = EventHistogram()
    let (first, last) = try (#require(EventTime("1601-01-01")), #require(EventTime("9999-12-31")))
    histogram.add(first)
    histogram.add(last)
    #expect(histogram.columns(2, from: first, to: last) == [1, 1])
    #expect(histogram.columns(2, from: last, to: last).reduce(0, +) == 2)
  }

  @Test("events less than half an hour apart are one burst")
  func bursts() {
    var episodes = Episodes()
    for seconds in [0, 1799, 3598, 5398, 90_000] { episodes.add(after(seconds)) }
    #expect(
      episodes.list == [
        Episode(first: after(0), last: after(3598)), Episode(first: after(5398), last: after(5398)),
        Episode(first: after(90_000), last: after(90_000)),
      ])
  }

  @Test("bursts do not depend on the order, even when there are too many", arguments: [2, 20, 60, 4000])
  func burstOrder(days: Int) {
    let times = times(seed: UInt64(days), within: days, 4000)
    var random = SeededGenerator(seed: 2)
    var (straight, shuffled, halves) = (Episodes(), Episodes(), Episodes())
    for time in times.sorted() { straight.add(time) }
    for time in times.shuffled(using: &random) { shuffled.add(time) }
    for part in [times[2000...], times[..<2000]] {
      var episodes = Episodes()
      for time in part { episodes.add(time) }
      halves.merge(episodes)
    }
    #expect(straight == shuffled)
    #expect(straight == halves)
    #expect(straight.list.count <= Episodes.limit)
    #expect(straight.list.first?.first == times.min())
    #expect(straight.list.last?.last == times.max())
  }

  @Test("a ledger keeps the first and the last events, whatever the order", arguments: [1, 2, 5, 20])
  func ledger(limit: Int) {
    var random = SeededGenerator(seed: UInt64(limit))
    let samples = (1...300).map { EventSample(event("Mail", 1, at: $0, record: $0), sentence: "") }
    var ledger = SampleLedger(limit: limit)
    for sample in samples.shuffled(using: &random) { ledger.add(sample) }
    var merged = SampleLedger(limit: limit)
    merged.merge(ledger)
    let head = (limit + 1) / 2
    #expect(merged.samples == Array(samples.prefix(head) + samples.suffix(limit - head)))
  }

  @Test("an evidence series finds the first and the last events of a window", arguments: [1, 90])
  func evidence(days: Int) {
    var series = EvidenceSeries()
    var random = SeededGenerator(seed: 5)
    for (record, time) in times(seed: 9, within: days).shuffled(using: &random).enumerated() {
      var seen = event("Clock", 1, record: record)
      seen.timeCreated = time
      series.add(EventSample(seen, sentence: ""))
    }
    let all = series.occurrences(from: after(0), to: after(days * 86_400))
    #expect(all.count == 500)
    #expect(all.samples.first?.time == times(seed: 9, within: days).min())
    #expect(all.samples.last?.time == times(seed: 9, within: days).max())
    #expect(series.occurrences(from: after(-9), to: after(-1)).count == 0)
  }
}
