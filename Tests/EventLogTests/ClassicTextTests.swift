import EventLog
import TestSupport
import Testing

/// Events as people paste them in tickets.
struct ClassicTextTests {
  @Test func labelsOnLinesAreRead() throws {
    let result = readAll("Hello,\nhere it is:\n\n" + ClassicTextFixture.first)
    #expect(result.format == .classicText)
    let event = try #require(result.events.first)
    #expect(result.counts == "1 intact, 0 recovered, 0 unreadable")
    #expect((event.provider.name, event.eventID, event.level) == ("MSExchangeTransport", 1035, .error))
    #expect((event.computer, event.rendering?.task) == ("MAIL7", "SmtpReceive"))
    #expect(
      event.rendering?.message
        == "Inbound authentication failed with error IllegalMessage for Receive connector Default MAIL7.\n"
        + "Source: 198.51.100.23, User: none, Level: high.")
    #expect(event.timeCreated == nil)
    #expect(event.unparsedSystemFields == [NamedValue(name: "TimeCreated", value: "3/2/2026 8:15:30 AM")])
  }

  @Test func theNewerLabelsAreRead() throws {
    let event = try #require(readAll(ClassicTextFixture.second).events.first)
    #expect((event.provider.name, event.eventID) == ("Microsoft-Windows-Time-Service", 36))
    #expect((event.channel, event.level) == ("System", .warning))
    #expect(event.timeCreated?.description == "2026-03-02T08:15:31.0000000Z")
    #expect(event.unparsedSystemFields == [NamedValue(name: "UserName", value: "LOCAL SERVICE")])
  }

  @Test(
    arguments: [TextForm.utf8, .utf8WithMark, .utf16LittleEndianWithMark, .utf16BigEndianWithMark], LineEnd.allCases)
  func severalEventsInOneTextAreToldApart(_ form: TextForm, _ lineEnd: LineEnd) {
    let bytes = form.bytes(
      lineEnd.apply(
        "Grüße 🦊\n" + ClassicTextFixture.first + ClassicTextFixture.second + "\n" + ClassicTextFixture.first))
    let result = readAll(bytes)
    #expect(result.identifiers == [1035, 36, 1035])
    #expect(result.counts == "3 intact, 0 recovered, 0 unreadable")
    for event in result.events {
      let start = bytes[Int(event.location.byteOffset)...].filter { $0 != 0 }.prefix(4)
      #expect(["Even", "Log "].contains(String(decoding: start, as: UTF8.self)))
    }
  }

  @Test func eventsThatBeginWithTheirSourceAreToldApart() {
    let text =
      "Source: A\nDate: x\nEvent ID: 1\nDescription: Source: disk\n"
      + "Source: B\nEvent ID: 2\nSource: C\nEvent ID: 3"
    let events = ClassicTextReader.events(in: text)
    #expect(events.map(\.provider.name) == ["A", "B", "C"])
    #expect(events.map(\.eventID) == [1, 2, 3])
    #expect(events.first?.rendering?.message == "Source: disk")
  }

  @Test func aProviderIsKeptAsItIsSpelt() {
    let text = "event type: Error event source: MExchangeTransport event id : 1035 description : text"
    let event = ClassicTextReader.events(in: text).first
    #expect(event?.provider.name == "MExchangeTransport")
    #expect(event?.eventID == 1035)
    #expect(event?.rendering?.message == "text")
  }

  @Test(
    arguments: [
      ("Success Audit", 0x8020_0000_0000_0000), ("Failure Audit", 0x8010_0000_0000_0000),
    ] as [(String, UInt64)])
  func auditsAreKeywords(_ type: String, _ keywords: UInt64) {
    let event = ClassicTextReader.events(in: "Event Type: \(type)\nEvent Source: Security\nEvent ID: 529").first
    #expect((event?.level, event?.keywords) == (.logAlways, keywords))
  }

  @Test func anEventWithoutIdentifierIsCounted() {
    let result = readAll(
      ClassicTextFixture.first + "Event Type: Error\nDescription: nothing else\n" + ClassicTextFixture.second)
    #expect(result.counts == "2 intact, 0 recovered, 1 unreadable")
    #expect(result.tally.damage.first?.byteOffset == UInt64(ClassicTextFixture.first.utf8.count))
  }

  @Test func bytesOfWindows1252AreReadAndTheirEventIsMarked() {
    var bytes = Array(ClassicTextFixture.second.utf8)
    bytes.insert(contentsOf: [0xFC, 0x96], at: bytes.count - 2)
    let result = readAll(Array(ClassicTextFixture.first.utf8) + bytes + Array(ClassicTextFixture.first.utf8))
    #expect(result.counts == "2 intact, 1 recovered, 0 unreadable")
    #expect(result.events[1].rendering?.message?.hasSuffix("timeü–.") == true)
    #expect(result.events[1].repairs == .windows1252)
    #expect(result.events[2].location.byteOffset == UInt64(ClassicTextFixture.first.utf8.count + bytes.count))
  }
}
