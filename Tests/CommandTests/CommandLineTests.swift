import TestSupport
import Testing

@Suite("the command line") struct CommandLineTests {
  @Test("says its version")
  func version() throws {
    let output = try Tool.run("--version")
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.wholeMatch(of: #/evtriage \d+\.\d+\.\d+\n/#) != nil)
  }

  @Test(
    "every help text shows an example",
    arguments: [
      [], ["report"], ["explain"], ["events"], ["rules"], ["rules", "list"], ["rules", "show"], ["rules", "check"],
      ["rules", "test"], ["rules", "new"],
    ])
  func help(command: [String]) throws {
    let output = try Subprocess.run(Tool.path, command + ["--help"])
    #expect(output.exitCode == 0)
    #expect(output.standardError == "")
    let name = command.joined(separator: " ")
    #expect(output.standardOutput.contains("  evtriage \(name)".trimmedEnd + (command.isEmpty ? " report" : " ")))
  }

  @Test(
    "is refused in plain words when it is wrong",
    arguments: [
      (["report"], "name at least one file or directory to read, or - for standard input."),
      (["events"], "name at least one file or directory to read, or - for standard input."),
      (["explain"], "say what to explain, for example: evtriage explain NETLOGON 5719"),
      (["report", "x", "--jobs", "0"], "--jobs must be between 1 and 256."),
      (["report", "x", "--max-events", "0"], "--max-events must be between 1 and 10000."),
      (["report", "x", "--format", "pdf"], "Please provide one of 'markdown', 'json' or 'csv'."),
      (["report", "x", "--since", "yesterday"], "The value 'yesterday' is invalid for '--since <time>'"),
      (["report", "x", "--since", "2026-03-02", "--until", "2026-03-01"], "--since is later than --until"),
      (["report", "x", "--fail-on", "bad"], "The value 'bad' is invalid for '--fail-on"),
      (["nonsense"], "Unexpected argument 'nonsense'"),
    ])
  func usage(arguments: [String], words: String) throws {
    let output = try Subprocess.run(Tool.path, arguments)
    #expect(output.exitCode == 64)
    #expect(output.standardError.contains(words))
    #expect(output.standardOutput == "")
  }

  @Test(
    "without a terminal there is no colour and no progress", arguments: [["NO_COLOR": "1"], ["TERM": "xterm-256color"]])
  func plain(environment: [String: String]) throws {
    let output = try Tool.run("report", "nope.xml", environment: environment)
    #expect(!output.standardError.contains("\u{1B}"))
  }

  @Test("a terminal gets colour, unless NO_COLOR or --no-color forbids it", .enabled(if: Terminal.canBeFaked))
  func terminal() throws {
    #expect(try Terminal.run("report nope.xml", environment: ["TERM": "xterm"]).contains("\u{1B}[31;1merror:"))
    #expect(try !Terminal.run("report nope.xml", environment: ["TERM": "xterm", "NO_COLOR": "1"]).contains("\u{1B}"))
    #expect(try !Terminal.run("report nope.xml --no-color", environment: ["TERM": "xterm"]).contains("\u{1B}"))
    #expect(try !Terminal.run("report nope.xml", environment: ["TERM": "dumb"]).contains("\u{1B}"))
  }

  @Test("hostile file names reach the terminal harmless")
  func hostileName() throws {
    let output = try Tool.run("report", "a\u{1B}[31m\u{202E}.xml")
    #expect(output.exitCode == 2)
    #expect(output.standardError.contains(#"a\u{1b}[31m\u{202e}.xml"#))
    #expect(!output.standardError.contains("\u{1B}"))
    #expect(!output.standardOutput.contains("\u{1B}"))
  }
}

extension String {
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
