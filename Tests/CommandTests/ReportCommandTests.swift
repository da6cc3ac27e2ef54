import Foundation
import TestSupport
import Testing

@Suite("evtriage report") struct ReportCommandTests {
  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(Export.text, "a.xml")
    return folder
  }

  @Test("writes Markdown on standard output")
  func markdown() throws {
    let output = try Tool.run("report", "a.xml", in: try folder())
    #expect(output.exitCode == 0)
    #expect(output.standardError == "")
    #expect(output.standardOutput.hasPrefix("# Triage report\n\n**1 finding** (1 high) in 7 events of 1 computer"))
    #expect(
      output.standardOutput.contains(
        "error IllegalMessage (the authentication message could not be decoded) for Receive connector Default EX01"))
    #expect(output.standardOutput.contains("[1](#finding-1) → [fix](#fix-1)"))
  }

  @Test("reads standard input")
  func standardInput() throws {
    let output = try Tool.run("report", "-", input: Export.text)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.contains("- `standard input`: 7 events; event XML"))
  }

  @Test("writes JSON and CSV", arguments: [("json", "{\n"), ("csv", "time,computer,"), ("markdown", "# Triage")])
  func formats(format: String, start: String) throws {
    let output = try Tool.run("report", "a.xml", "--format", format, in: try folder())
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.hasPrefix(start))
  }

  @Test("--profile-rules prints what rules cost besides the report")
  func profile() throws {
    let plain = try Tool.run("report", "a.xml", in: try folder())
    let output = try Tool.run("report", "a.xml", "--profile-rules", in: try folder())
    #expect(output.exitCode == 0)
    #expect(output.standardOutput == plain.standardOutput)
    #expect(output.standardError.hasPrefix("      tests  looked at    matches  rule\n"))
  }

  @Test("the number of jobs changes nothing")
  func jobs() throws {
    let folder = try folder()
    let reports = try ["1", "8"].map { try Tool.run("report", "a.xml", "--jobs", $0, in: folder).standardOutput }
    #expect(reports[0] == reports[1])
  }

  @Test(
    "fails when a finding is bad enough",
    arguments: [("informational", 1), ("high", 1), ("critical", 0)] as [(String, Int32)])
  func failOn(severity: String, exitCode: Int32) throws {
    let output = try Tool.run("report", "a.xml", "--fail-on", severity, in: try folder())
    #expect(output.exitCode == exitCode)
    #expect(output.standardOutput.contains("## 1. Inbound authentication failed"))
  }

  @Test("takes a title, a least severity, and a number of events")
  func shape() throws {
    let folder = try folder()
    let output = try Tool.run("report", "a.xml", "--title", "Case <7>", "--max-events", "2", in: folder)
    #expect(output.standardOutput.hasPrefix("# Case \\<7\\>\n"))
    #expect(output.standardOutput.contains("Events: [E1](#e1), [E4](#e4) and 3 more, not listed."))
    let critical = try Tool.run("report", "a.xml", "--min-severity", "critical", in: folder)
    #expect(critical.standardOutput.contains("No findings in 7 events"))
    #expect(critical.standardOutput.contains("- Options: `--min-severity critical`."))
  }

  @Test(
    "leaves out what the filters hold back",
    arguments: [
      (["--since", "2026-03-01T08:02"], 5), (["--until", "2026-03-01"], 6), (["--computer", "ex01"], 7),
      (["--computer", "EX02"], 0), (["--channel", "application"], 7), (["--channel", "System"], 0),
      (["--since", "2026-03-01T08:01:00Z", "--until", "2026-03-01T08:03"], 3),
    ])
  func filters(arguments: [String], count: Int) throws {
    let folder = try folder()
    let all = ["report", folder.path + "/a.xml", "--format", "json"] + arguments
    let output = try Subprocess.run("/usr/bin/env", [Tool.path] + all)
    let object = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8)) as? [String: Any]
    let about = try #require(object?["about"] as? [String: Any])
    #expect(about["considered"] as? Int == count)
    #expect(about["filteredOut"] as? Int == 7 - count)
  }

  @Test("adds rules, or runs only them")
  func rules() throws {
    let folder = try folder()
    try #require(Tool.run("rules", "new", "mine.yaml", in: folder).exitCode == 0)
    let both = try Tool.run("report", "a.xml", "--rules", "mine.yaml", in: folder)
    #expect(both.standardOutput.contains("**2 findings** (2 high)"))
    let own = try Tool.run("report", "a.xml", "--rules", "mine.yaml", "--no-shipped-rules", in: folder)
    #expect(own.standardOutput.contains("> Backup job Nightly failed with error 0x70."))
    #expect(own.standardOutput.contains("- Rules: 1 in 1 pack, of which 1 matched."))
  }

  @Test("reports the rest when an input or a rule can't be read, and says so")
  func partlyUnread() throws {
    let folder = try folder()
    try folder.write("rules:\n  - id: X\n    title: x\n", "bad.yaml")
    let missing = try Tool.run("report", "a.xml", "nope.xml", in: folder)
    #expect(missing.exitCode == 2)
    #expect(missing.standardError == "evtriage: error: nope.xml: no such file or directory; check the path.\n")
    #expect(missing.standardOutput.contains("- **Not read:** nope.xml"))
    #expect(missing.standardOutput.contains("**1 finding**"))
    let bad = try Tool.run("report", "a.xml", "--rules", "bad.yaml", in: folder)
    #expect(bad.exitCode == 2)
    #expect(bad.standardError.contains("bad.yaml:2:"))
    #expect(bad.standardOutput.contains("Rules that could not be loaded, and did not run:"))
    #expect(bad.standardOutput.contains("**1 finding**"))
    let damaged = try Tool.run("report", "-", input: Export.text + "<Event><System>")
    #expect(damaged.exitCode == 2)
    #expect(damaged.standardOutput.contains("1 unreadable"))
    let failing = try Tool.run("report", "a.xml", "nope.xml", "--fail-on", "high", in: folder)
    #expect(failing.exitCode == 1)
  }

  @Test("a path of rules that does not exist ends at once")
  func missingRules() throws {
    let output = try Tool.run("report", "a.xml", "--rules", "nope.yaml", in: try folder())
    #expect(output.exitCode == 2)
    #expect(output.standardOutput == "")
    #expect(
      output.standardError == "evtriage: error: nope.yaml: no such file or directory; check the path of the rules.\n")
  }

  @Test(
    "says what a foreign file looks like, and what to do",
    arguments: [
      ("ElfFile\u{0}\u{0}\u{0}", "binary event log (.evtx)"), ("[{\"EventID\": 1}]", "this looks like JSON"),
      ("<!DOCTYPE html><html><body>x</body></html>", "this is a web page"), ("", "the file is empty"),
      ("just some words", "text without any event"),
    ])
  func foreign(text: String, words: String) throws {
    let folder = try Folder()
    try folder.write(text, "input.xml")
    let output = try Tool.run("report", "input.xml", in: folder)
    #expect(output.exitCode == 2)
    #expect(output.standardError.contains("input.xml: "))
    #expect(output.standardError.contains(words))
    #expect(output.standardOutput.contains("`input.xml`: **not read**"))
  }

  @Test("hosts files tell which addresses mean which computers")
  func hosts() throws {
    let folder = try folder()
    try folder.write("192.0.2.10 EX02.example.com\n", "hosts")
    #expect(try Tool.run("report", "a.xml", "--hosts", "hosts", in: folder).exitCode == 0)
    let missing = try Tool.run("report", "a.xml", "--hosts", "nope", in: folder)
    #expect(missing.exitCode == 2)
    #expect(missing.standardError.contains("nope: the list of hosts cannot be read"))
  }

  @Test("explains verdicts when asked")
  func explainVerdicts() throws {
    let output = try Tool.run("report", "a.xml", "--explain-verdicts", in: try folder())
    #expect(output.standardOutput.contains("Why these verdicts:"))
  }
}
