import EventLog
import TestSupport
import Testing

/// Objects that PowerShell serialised.
struct CLIXMLTests {
  @Test(arguments: [TextForm.utf8, .utf8WithMark, .utf16LittleEndianWithMark, .utf16BigEndianWithMark])
  func eventLogEntriesAreRead(_ form: TextForm) throws {
    let result = readAll(form.bytes(CLIXMLFixture.logEntries))
    #expect(result.format == .clixml)
    #expect(result.counts == "3 intact, 0 recovered, 0 unreadable", "\(result.tally.damage)")
    let event = try #require(result.events.first)
    #expect((event.provider.name, event.eventID, event.qualifiers) == ("MSExchangeTransport", 1035, 32772))
    #expect((event.computer, event.recordID, event.task) == ("MAIL7.fabrikam.test", 4000, 1))
    #expect(event.level == .error)
    #expect(event.timeCreated?.description == "2026-03-02T08:15:30.0000000Z")
    #expect(event.data.map(\.value) == ["IllegalMessage", "Default 🦊", ""])
    #expect(event.binary == "5E0000C0")
    #expect(event.rendering?.message == "Inbound\r\nfailed_")
    #expect(event.unparsedSystemFields == [NamedValue(name: "UserName", value: "FABRIKAM\\svc")])
    #expect(result.events.map(\.channel) == ["Application", "Application", "System"])
  }

  @Test(arguments: [TextForm.utf8, .utf16LittleEndianWithMark])
  func eventLogRecordsAreRead(_ form: TextForm) throws {
    let result = readAll(form.bytes(CLIXMLFixture.logRecords))
    #expect(result.counts == "2 intact, 0 recovered, 0 unreadable", "\(result.tally.damage)")
    let event = try #require(result.events.first)
    #expect((event.provider.name, event.eventID, event.qualifiers) == ("MSExchangeTransportSubmission", 16028, 16388))
    #expect((event.version, event.level, event.task, event.opcode) == (2, .information, 1, 9))
    #expect((event.keywords, event.recordID) == (0x8080_0000_0000_0000, 77))
    #expect((event.channel, event.userID, event.processID) == ("Application", "S-1-5-18", 12))
    #expect(event.timeCreated?.description == "2024-06-18T09:42:06.0081100Z")
    #expect(event.data.map(\.value) == ["first", "42"])
    #expect((event.rendering?.message, event.rendering?.level) == ("Started.", "Informationen"))
    #expect(event.rendering?.keywords == ["Klassisch"])
  }

  @Test func aListOfEventsIsReadAsItsItems() {
    let list = """
      <Objs Version='1.1.0.1'><Obj RefId="900"><TN RefId="90"><T>System.Object[]</T></TN>
      <LST>\(CLIXMLFixture.record(0))\(CLIXMLFixture.record(1))</LST></Obj></Objs>
      """
    #expect(readAll(list).counts == "2 intact, 0 recovered, 0 unreadable")
  }

  @Test func theLogNameOfAnEarlierChunkIsKnown() {
    let names = "<TN RefId=\"0\"><T>System.Diagnostics.EventLogEntry#Application/Demo/1</T></TN>"
    let entries = (0..<50).map { CLIXMLFixture.entry($0, typeNames: $0 == 0 ? names : "<TNRef RefId=\"0\"/>") }
    var limits = ReadingLimits()
    limits.chunkBytes = 2000
    for form in [TextForm.utf8, .utf16LittleEndianWithMark] {
      let result = readAll(form.bytes("<Objs>" + entries.joined() + "</Objs>"), limits: limits)
      #expect(result.events.map(\.channel) == Array(repeating: "Application", count: 50))
    }
  }

  @Test func aReferenceMeansTheListBeforeItWhereverTheInputIsCut() {
    func list(_ log: String) -> String {
      "<TN RefId='0'><T>System.Diagnostics.EventLogEntry#\(log)/Demo/1</T></TN>"
    }
    let reference = "<TNRef RefId='0'/>"
    let entries = [reference, list("Application"), reference, list("System"), reference].enumerated()
      .map { CLIXMLFixture.entry($0.offset, typeNames: $0.element) }
    for size in [64, 2000, 100_000] {
      var limits = ReadingLimits()
      limits.chunkBytes = size
      let result = readAll(TextForm.utf8.bytes("<Objs>" + entries.joined() + "</Objs>"), limits: limits)
      #expect(result.events.map(\.channel) == ["", "Application", "Application", "System", "System"], "\(size) bytes")
    }
  }

  @Test func negativeInstanceIdentifiersAreWordsToo() throws {
    let text = CLIXMLFixture.entry(0, typeNames: "").replacing("2147746827", with: "-1073741515")
    let event = try #require(readAll("<Objs>" + text + "</Objs>").events.first)
    #expect((event.eventID, event.qualifiers) == (309, 49152))
  }

  @Test func damageCostsItsObjectOnly() {
    let damaged = [
      CLIXMLFixture.record(0), CLIXMLFixture.record(1).replacing("first", with: "a & b"),
      CLIXMLFixture.record(2).replacing("</Props>", with: ""),
      "<Obj RefId='5'><TN><T>System.String</T></TN><Props><S N='Length'>3</S></Props></Obj>", CLIXMLFixture.record(3),
      String(CLIXMLFixture.record(4).dropLast(30)),
    ]
    let result = readAll("<Objs>" + damaged.joined(separator: "\n"))
    #expect(result.counts == "2 intact, 1 recovered, 3 unreadable", "\(result.tally.damage)")
    #expect(result.events.map(\.recordID) == [77, 78, 80])
  }

  @Test func controlCharactersOfPowerShellAreResolved() throws {
    let result = readAll(
      "<Objs>" + CLIXMLFixture.record(0).replacing("first", with: "a_x0003_b_x00g0_" + noncharacter) + "</Objs>")
    #expect(result.events.first?.data.first?.value == "a\u{3}b_x00g0_" + noncharacter)
  }
}
