import Foundation
import TestSupport
import Testing

@Suite("evtriage events") struct EventsCommandTests {
  @Test(
    "prints what fits, one a line",
    arguments: [
      ([], 7), (["--where", "EventID=1035"], 5), (["--where", "Provider_Name|contains=exchange and Level=3"], 5),
      (["--where", "EventID!=1035 and Data=Nightly"], 1), (["--where", "EventID|gt=1000"], 5),
      (["--since", "2026-03-01T08:30"], 2), (["--channel", "System"], 0),
    ])
  func filters(arguments: [String], count: Int) throws {
    let folder = try Folder()
    try folder.write(Export.text, "a.xml")
    let output = try Subprocess.run(Tool.path, ["events", folder.path + "/a.xml"] + arguments)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.split(separator: "\n").count == count)
  }

  @Test("prints text, JSON lines and CSV")
  func formats() throws {
    let text = try Tool.run("events", "-", input: Export.text).standardOutput
    #expect(
      text.hasPrefix(
        "2026-03-01 08:00:00  EX01.example.com  Application  MSExchangeTransport 1035  warning  IllegalMessage; Default"
      ))
    let lines = try Tool.run("events", "-", "--format", "jsonl", input: Export.text).standardOutput.split(
      separator: "\n")
    #expect(lines.count == 7)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["Computer"] as? String == "EX01.example.com")
    }
    let csv = try Tool.run("events", "-", "--format", "csv", input: Export.text).standardOutput
    #expect(csv.hasPrefix("time,computer,channel,provider,event_id,record_id,level,message_or_data,byte_offset\r\n"))
    #expect(csv.utf8.count { $0 == 0x0A } == 8)
  }

  @Test(
    "points at a mistake in a filter",
    arguments: [
      (
        "EventID",
        "--where: '=' is missing\n    EventID\n    ^\n    hint: write FIELD=VALUE, and join several with ' and '"
      ),
      ("EventID=1 or Level=2", ""),
      ("A=1 and B|contians=2", "    A=1 and B|contians=2\n              ^\n"),
    ])
  func mistakes(filter: String, message: String) throws {
    let output = try Tool.run("events", "-", "--where", filter, input: Export.text)
    #expect(output.exitCode == (message.isEmpty ? 0 : 64))
    #expect(output.standardError.contains(message) || message.isEmpty)
    #expect(!output.standardError.contains("MatchError"))
  }

  @Test("prints the rest of a damaged input, and names the damage")
  func damaged() throws {
    let output = try Tool.run("events", "-", input: Export.text + "<Event><System>")
    #expect(output.exitCode == 2)
    #expect(output.standardOutput.split(separator: "\n").count == 7)
    #expect(output.standardError.contains("standard input: event at byte "))
    #expect(output.standardError.contains(" is unreadable: "))
  }
}
