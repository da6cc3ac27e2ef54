import EventLog
import TestSupport
import Testing

struct ExportShapeTests {
  @Test(arguments: ExportShape.all, TextForm.allCases)
  func everyShapeIsReadInEveryEncoding(_ shape: ExportShape, _ form: TextForm) {
    for lineEnd in LineEnd.allCases {
      let result = readAll(form.bytes(lineEnd.apply(shape.text)))
      #expect(result.counts == "3 intact, 0 recovered, 0 unreadable", "\(lineEnd): \(result.tally.damage)")
      #expect(result.events.map(SampleEvents.describe) == SampleEvents.facts, "\(lineEnd)")
      #expect(result.encoding == form.encoding)
      #expect(result.failure == nil)
    }
  }

  @Test(arguments: TextForm.allCases)
  func offsetsPointAtTheFirstByteOfEachEvent(_ form: TextForm) {
    let text = "héad 🦊\n" + ExportStyle().events().joined(separator: "\n£\u{20AC}\n")
    guard form != .windows1252 else { return }
    let bytes = form.bytes(text)
    for event in readAll(bytes).events {
      let start = Int(event.location.byteOffset)
      #expect(Array(bytes[start...].filter { $0 != 0 }.prefix(7)) == Array("<Event ".utf8))
    }
  }

  @Test func levelsAndTasksWrittenAsWordsAreKept() throws {
    let event = try intactEvent(
      "<Event><System><Provider Name='Demo'/><EventID>5</EventID><Level>Information</Level><Task>None</Task></System>"
        + "</Event>")
    #expect(event.level == nil)
    #expect(
      event.unparsedSystemFields == [
        NamedValue(name: "Level", value: "Information"), NamedValue(name: "Task", value: "None"),
      ])
  }

  @Test func forwardedEventsKeepTheirComputerAndChannel() {
    let events = ["NODE1", "NODE2.fabrikam.test"].map { event("<RenderingInfo Culture='en-US'/>", computer: $0) }
    let result = readAll("<Events>" + events.joined() + "</Events>")
    #expect(result.events.map(\.computer) == ["NODE1", "NODE2.fabrikam.test"])
  }

  @Test(arguments: ["<Events></Events>", "<Events/>", ExportShape.declaration + "\n<Events>\n</Events>\n"])
  func anExportWithoutEventsIsReadAsSuch(_ text: String) {
    let result = readAll(text)
    #expect(result.failure == nil)
    #expect(result.tally.total == 0)
  }

  @Test func elementsWhoseNamesBeginLikeEventsAreNone() {
    let text = "<Events><EventLog><EventData/></EventLog>" + event(data: "a") + "</Events>"
    #expect(readAll(text).counts == "1 intact, 0 recovered, 0 unreadable")
  }

  @Test func theDigestIsOfTheInputsBytes() {
    #expect(
      readAll("<Events/>").sha256 == "49f6e435f2ca03717be28d7ad550ef30343f7d322c6b7f6eaf601ef0a21a1d3a")
  }
}
