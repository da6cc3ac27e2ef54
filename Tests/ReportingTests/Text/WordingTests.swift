import EventLog
import Testing
import Triage

@testable import Reporting

@Suite("words for facts") struct WordingTests {
  @Test("numbers", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (1_234_567, "1,234,567")])
  func number(number: Int, expected: String) {
    #expect(Wording.number(number) == expected)
  }

  @Test("counts", arguments: [(0, "0 events"), (1, "1 event"), (2000, "2,000 events")])
  func count(count: Int, expected: String) {
    #expect(Wording.count(count, "event") == expected)
    #expect(Wording.count(count, "entry", "entries").hasSuffix(count == 1 ? "entry" : "entries"))
  }

  @Test(
    "sizes",
    arguments: [
      (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (2_500_000, "2.5 MB"), (3_000_000_000_000, "3000.0 GB"),
    ])
  func bytes(bytes: UInt64, expected: String) {
    #expect(Wording.bytes(bytes) == expected)
  }

  @Test("lists", arguments: [(0, ""), (1, "1"), (2, "1 and 2"), (5, "1, 2, 3, 4 and 5"), (7, "1, 2, 3, 4 and 3 more")])
  func list(count: Int, expected: String) {
    #expect(Wording.list((0..<count).map { "\($0 + 1)" }) == expected)
  }

  @Test(
    "spans",
    arguments: [
      ([], "no time"), ([0], "2026-03-01 08:00:00"), ([0, 61], "2026-03-01 08:00:00 – 08:01:01"),
      ([0, 86_400], "2026-03-01 08:00:00 – 2026-03-02 08:00:00"),
    ])
  func span(seconds: [Int], expected: String) {
    var occurrences = Occurrences()
    for second in seconds { occurrences.add(event("Mail", 1, at: second).timeCreated) }
    #expect(Wording.span(occurrences) == expected)
  }

  @Test("sparklines", arguments: [([0, 0], ""), ([1, 0, 8], "▁·█"), ([5], "▇")])
  func sparkline(counts: [Int], expected: String) {
    #expect(Wording.sparkline(counts) == expected)
  }
}
