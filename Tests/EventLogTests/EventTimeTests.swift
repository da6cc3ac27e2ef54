import EventLog
import Foundation
import Testing

struct EventTimeTests {
  @Test(arguments: [
    ("2016-08-24T17:21:43.000000000Z", "2016-08-24T17:21:43.0000000Z"),
    ("2026-09-06T18:20:11.4821147Z", "2026-09-06T18:20:11.4821147Z"),
    ("2021-04-21T19:22:38.739886199Z", "2021-04-21T19:22:38.7398861Z"),
    ("2020-01-01T00:00:00.185002Z", "2020-01-01T00:00:00.1850020Z"),
    ("2020-01-01T00:00:00.5Z", "2020-01-01T00:00:00.5000000Z"),
    ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00.0000000Z"),
    ("2020-01-01 00:00:00", "2020-01-01T00:00:00.0000000Z"), ("2020-01-01", "2020-01-01T00:00:00.0000000Z"),
    ("2018-08-09 07:21:00.046087 UTC", "2018-08-09T07:21:00.0460870Z"),
    ("2012-04-04 01:48:01.8866267", "2012-04-04T01:48:01.8866267Z"),
    ("2026-03-17T15:18:00.626223400-04:00", "2026-03-17T19:18:00.6262234Z"),
    ("2026-01-01T00:30:00+0530", "2025-12-31T19:00:00.0000000Z"),
    ("2026-01-01T00:30:00+01", "2025-12-31T23:30:00.0000000Z"),
    ("1601-01-01T00:00:00Z", "1601-01-01T00:00:00.0000000Z"),
    ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
    ("2024-02-29T23:59:60Z", "2024-02-29T23:59:59.0000000Z"),
    ("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.9999999Z"),
  ])
  func everySpellingIsRead(_ text: String, _ description: String) {
    #expect(EventTime(text)?.description == description)
  }

  @Test(arguments: [
    "", "SystemTime", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01", "2024-01-01T24:00:00Z",
    "2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z", "0000-01-01T00:00:00Z", "1600-12-31T23:59:59Z", "24-01-01",
    "2024-01-01T00:00:00 CET", "2024-01-01T00:00:00+1", "2024-01-01T00:00:00+01:", "2024-01-01T00:00:00Zx",
    "19/11/2020 4:03:07 μμ", "2024-01-01T",
  ])
  func whatIsNoTimeIsRefused(_ text: String) {
    #expect(EventTime(text) == nil)
  }

  @Test func ticksCountFrom1970() {
    #expect(EventTime("1970-01-01T00:00:01.0000001Z")?.ticks == 10_000_001)
    #expect(EventTime(ticks: -1).description == "1969-12-31T23:59:59.9999999Z")
    #expect(EventTime("2016-08-24T17:21:43Z")?.shortDescription == "2016-08-24 17:21:43")
  }

  @Test func everyDayComesBack() {
    for day in stride(from: -134_774 as Int64, to: 2_932_896, by: 397) {
      let time = EventTime(ticks: day * 864_000_000_000 + 123_456_789)
      #expect(EventTime(time.description) == time)
    }
  }

  @Test func itIsCodableAsText() throws {
    let time = try #require(EventTime("2016-08-24T17:21:43.1234567Z"))
    let json = try JSONEncoder().encode([time])
    #expect(String(decoding: json, as: UTF8.self) == "[\"2016-08-24T17:21:43.1234567Z\"]")
    #expect(try JSONDecoder().decode([EventTime].self, from: json) == [time])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([EventTime].self, from: Data("[\"x\"]".utf8)) }
  }
}
