import Foundation
import TestSupport
import Testing

/// Runs the built binary as a user does.
struct CommandTests {
  private static let seed = """
    <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
    <Provider Name='MSExchangeTransport'/><EventID Qualifiers='32772'>1035</EventID><Level>3</Level>\
    <TimeCreated SystemTime='2026-03-02T07:21:43.000000000Z'/><EventRecordID>7</EventRecordID>\
    <Channel>Application</Channel><Computer>EX01.contoso.com</Computer></System><EventData>\
    <Data>IllegalMessage</Data><Data>Default EX01</Data><Data>ExchangeAuth</Data><Data>192.0.2.10</Data>\
    </EventData></Event>
    """

  @Test func aReportNamesTheFindingAndLinksItsRemediation() throws {
    let run = try Tool.run(["report", "-"], input: Self.seed)
    #expect(run.status == 0)
    #expect(run.output.contains("Receive connector Default EX01"))
    #expect(run.output.contains("192.0.2.10"))
    #expect(run.output.contains("[1](#finding-1) → [fix](#fix-1)"))
  }

  @Test func aFindingThatReachesFailOnGivesOne() throws {
    #expect(try Tool.run(["report", "-", "--fail-on", "high"], input: Self.seed).status == 1)
    #expect(try Tool.run(["report", "-", "--fail-on", "critical"], input: Self.seed).status == 0)
  }

  @Test func anInputThatCannotBeReadGivesTwoAndTheRestIsReported() throws {
    let run = try Tool.run(["report", "no-such-file.xml", "-"], input: Self.seed)
    #expect(run.status == 2)
    #expect(run.output.contains("no such file or directory"))
    #expect(run.output.contains("Receive connector Default EX01"))
  }

  @Test func aWrongCommandLineGivesSixtyFour() throws {
    #expect(try Tool.run(["report", "--no-such-option"]).status == 64)
    #expect(try Tool.run(["report"]).status == 64)
  }

  @Test(arguments: [
    ["MSExchangeTransport", "1035"],
    ["Event Type: Error Event Source: MExchangeTransport Event Category: SmtpReceive Event ID: 1035 Description: x"],
    ["exchange-transport-1035"],
    ["454 4.7.0 Temporary authentication failure"],
  ])
  func explainFindsTheSeedEvent(words: [String]) throws {
    let run = try Tool.run(["explain"] + words)
    #expect(run.status == 0)
    #expect(run.output.contains("w32tm"))
  }

  @Test func aMisspeltProviderIsNamed() throws {
    let run = try Tool.run(["explain", "MExchangeTransport", "1035"])
    #expect(run.output.contains("Did you mean MSExchangeTransport?"))
  }

  @Test func aNewRuleFilePassesItsOwnCheckAndTest() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("mine.yaml").path
    #expect(try Tool.run(["rules", "new", file]).status == 0)
    #expect(try Tool.run(["rules", "check", file]).status == 0)
    #expect(try Tool.run(["rules", "test", file]).status == 0)
    #expect(try Tool.run(["rules", "new", file]).status != 0, "an existing file is not overwritten")
  }

  @Test func oneRunReportsEveryMistakeOfAPack() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".yaml")
    try Data(Self.mistakes.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try Tool.run(["rules", "check", file.path])
    #expect(run.status == 2)
    let codes = ["yaml-syntax", "unknown-key", "unknown-modifier", "regex", "wrong-type", "duplicate-id"]
    for code in codes { #expect(run.errors.contains(code), "\(code) is missing in \(run.errors)") }
    #expect(run.errors.contains("^"))
  }

  @Test func eventsArePrintedAsJSONLines() throws {
    let run = try Tool.run(["events", "-", "--where", "EventID=1035", "--format", "jsonl"], input: Self.seed)
    let line = try #require(run.output.split(separator: "\n").first)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["Provider_Name"] as? String == "MSExchangeTransport")
    #expect((object["EventData"] as? [[String: Any]])?.count == 4)
    #expect(try Tool.run(["events", "-", "--where", "EventID=1"], input: Self.seed).output.isEmpty)
  }

  @Test func aReportThatCannotBeWrittenLeavesNothing() throws {
    let run = try Tool.run(["report", "-", "-o", "/no/such/folder/report.md"], input: Self.seed)
    #expect(run.status != 0)
    #expect(run.errors.contains("cannot be written"))
  }

  private static let mistakes = """
    pack: mistakes
    title: Mistakes
    rules:
      - id: one
        title: Unknown key
        severity: low
        mach: {EventID: 1}
        match: {EventID: 1}
        tests: [{fires: {EventID: 1}}]
      - id: two
        title: Unknown modifier
        severity: low
        match: {"Channel|contain": x}
      - id: three
        title: Bad pattern
        severity: low
        match: {"Channel|re": "("}
      - id: four
        title: Wrong type
        severity: low
        match: {EventID: 1}
        parameters: {a: b}
      - id: five
        title: Indentation
         severity: low
        match: {EventID: 1}
      - id: six
        title: First
        severity: low
        match: {EventID: 1}
      - id: six
        title: Second
        severity: low
        match: {EventID: 1}

    """
}

/// The built binary.
private enum Tool {
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  static func run(_ arguments: [String], input: String = "") throws -> Run {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String = "") throws -> FileHandle {
      let url = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: url)
      return name == "input" ? try FileHandle(forReadingFrom: url) : try FileHandle(forWritingTo: url)
    }
    let process = Process()
    process.executableURL = Corpus.packageRoot.appendingPathComponent(".build/debug/evtriage")
    process.arguments = arguments
    process.standardInput = try file("input", input)
    process.standardOutput = try file("output")
    process.standardError = try file("errors")
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
    return Run(status: process.terminationStatus, output: try text("output"), errors: try text("errors"))
  }
}
