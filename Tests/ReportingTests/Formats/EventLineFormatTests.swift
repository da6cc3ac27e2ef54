import EventLog
import Foundation
import Reporting
import Testing

@Suite("events, one a line") struct EventLineFormatTests {
  private var sample: Event {
    var sample = event("Mail", 1035, on: "EX01", "a", "")
    sample.data.append(DataItem(name: "Named", value: "x,y"))
    sample.userData = [NamedValue(name: "A/B", value: "leaf")]
    sample.keywords = 0x8000_0000_0000_00FF
    sample.recordID = 18_446_744_073_709_551_615
    return sample
  }

  @Test("for people")
  func text() {
    #expect(
      EventLineFormat.text.line(sample)
        == "2026-03-01 08:00:00  EX01  Application  Mail 1035  error  a; ; Named=x,y; A/B=leaf")
    #expect(EventLineFormat.text.line(Event()).contains("no time"))
    #expect(EventLineFormat.text.heading == nil)
  }

  @Test("as JSON with every field, named as in Sigma")
  func json() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(EventLineFormat.jsonLines.line(sample).utf8)) as? [String: Any])
    #expect(object["Provider_Name"] as? String == "Mail")
    #expect(object["EventID"] as? Int == 1035)
    #expect(object["Keywords"] as? String == "0x80000000000000ff")
    #expect(object["EventRecordID"] as? UInt64 == 18_446_744_073_709_551_615)
    #expect(object["TimeCreated"] as? String == "2026-03-01T08:00:00.0000000Z")
    let data = try #require(object["EventData"] as? [[String: String]])
    #expect(data == [["value": "a"], ["value": ""], ["name": "Named", "value": "x,y"]])
    #expect(object["UserData"] as? [[String: String]] == [["name": "A/B", "value": "leaf"]])
    #expect(object["Version"] == nil)
  }

  @Test("as CSV with a heading")
  func csv() throws {
    let heading = try #require(EventLineFormat.csv.heading)
    let rows = CSV.rows(heading + "\n" + EventLineFormat.csv.line(sample) + "\n")
    #expect(rows.map(\.count) == [9, 9])
    #expect(rows[1][7] == "a; ; Named=x,y; A/B=leaf")
  }

  @Test("a rendered message comes before the payload")
  func rendered() {
    var rendered = sample
    rendered.rendering = RenderingInfo()
    rendered.rendering?.message = "It failed.\r\nBadly."
    #expect(EventLineFormat.text.line(rendered).hasSuffix("error  It failed. Badly."))
  }
}
