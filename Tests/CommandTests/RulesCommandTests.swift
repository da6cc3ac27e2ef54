import Foundation
import TestSupport
import Testing

@Suite("evtriage rules") struct RulesCommandTests {
  private static let bad = """
    pack: bad
    title: Bad
    rules:
      - id: a-1
        title: A
        match: {EventID: 1}
        severty: low
    """

  @Test("lists rules with their severity and title")
  func list() throws {
    let all = try Tool.run("rules", "list").standardOutput.split(separator: "\n")
    #expect(all.count > 100)
    #expect(all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } == all)
    let some = try Tool.run("rules", "list", "transport-1035")
    #expect(
      some.standardOutput
        == """
        exchange-transport-1035         high           Inbound authentication failed on a Receive connector
        exchange-transport-1035-client  medium         A mail client or device failed to log on by SMTP

        """)
    let none = try Tool.run("rules", "list", "zzz")
    #expect(none.exitCode == 1)
    #expect(none.standardError == "evtriage: error: no rule has 'zzz' in its ID, title or tags.\n")
  }

  @Test("shows a rule, or what may have been meant")
  func show() throws {
    let rule = try Tool.run("rules", "show", "exchange-transport-1035")
    #expect(rule.exitCode == 0)
    #expect(rule.standardOutput.hasPrefix("Defined at exchange/transport-authentication"))
    let near = try Tool.run("rules", "show", "exchange-transport-135")
    #expect(near.exitCode == 1)
    #expect(
      near.standardError.contains("there is no rule 'exchange-transport-135'. Did you mean exchange-transport-1035"))
  }

  @Test("the shipped rules pass their check and their tests")
  func shipped() throws {
    let check = try Tool.run("rules", "check")
    #expect(check.exitCode == 0)
    #expect(check.standardOutput.contains(": 0 errors"))
    let test = try Tool.run("rules", "test")
    #expect(test.exitCode == 0)
    #expect(test.standardOutput.hasSuffix(" passed, 0 failed\n"))
  }

  @Test(
    "a new rule file passes its check and its tests", arguments: ["my-rules.yaml", "Meine Regeln.yml", "日本.yaml", "x"])
  func new(name: String) throws {
    let folder = try Folder()
    let new = try Tool.run("rules", "new", name, in: folder)
    #expect(new.exitCode == 0)
    #expect(new.standardOutput.hasPrefix("Wrote \(name). "))
    let check = try Tool.run("rules", "check", name, in: folder)
    #expect(check.exitCode == 0)
    #expect(check.standardOutput == "1 rule in 1 pack: 0 errors, 0 warnings\n")
    #expect(check.standardError == "")
    let test = try Tool.run("rules", "test", name, in: folder)
    #expect(test.exitCode == 0)
    #expect(test.standardOutput == "2 tests of 1 rule: 2 passed, 0 failed\n")
  }

  @Test("a new rule file never replaces another")
  func newTwice() throws {
    let folder = try Folder()
    try folder.write("mine", "a.yaml")
    let output = try Tool.run("rules", "new", "a.yaml", in: folder)
    #expect(output.exitCode == 2)
    #expect(output.standardError == "evtriage: error: a.yaml exists already; name another file.\n")
    #expect(try folder.read("a.yaml") == "mine")
  }

  @Test("check shows every mistake with its line and a caret", arguments: [[], ["--quiet"]])
  func check(options: [String]) throws {
    let folder = try Folder()
    try folder.write(Self.bad, "bad.yaml")
    let output = try Tool.run("rules", "check", folder.path + "/bad.yaml", options.first ?? "--no-color")
    #expect(output.exitCode == 2)
    #expect(output.standardError.contains("bad.yaml:7:5: error: "))
    #expect(output.standardError.contains("severty: low"))
    #expect(output.standardError.contains("^"))
    #expect(output.standardError.contains("warning") == options.isEmpty)
    #expect(output.standardOutput.hasPrefix("0 rules in 1 pack: 2 errors"))
    #expect(!output.standardError.contains("\u{1B}"))
  }

  @Test("check takes warnings for errors when asked", arguments: [([], 0), (["--strict"], 2)] as [([String], Int32)])
  func strict(options: [String], exitCode: Int32) throws {
    let folder = try Folder()
    try folder.write("{id: a, title: A, match: {EventID: 1}, severity: low}\n", "untested.yaml")
    let arguments = ["rules", "check"] + options + [folder.path + "/untested.yaml"]
    let output = try Subprocess.run(Tool.path, arguments)
    #expect(output.exitCode == exitCode)
    #expect(output.standardOutput == "1 rule in 1 pack: 0 errors, 1 warning\n")
  }

  @Test("the packs of the repository have no warnings")
  func shippedWarnings() throws {
    let output = try Subprocess.run(
      Tool.path, ["rules", "check", "--strict", Corpus.packageRoot.appendingPathComponent("Rules").path])
    #expect(output.exitCode == 0)
    #expect(output.standardError == "")
  }

  @Test("check reads directories, and names paths that do not exist")
  func paths() throws {
    let folder = try Folder()
    try folder.write(Self.bad.replacing("severty", with: "severity"), "deep/er/a.yml")
    try folder.write("not a rule", "deep/b.txt")
    let output = try Tool.run("rules", "check", "deep", in: folder)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput == "1 rule in 1 pack: 0 errors, 1 warning\n")
    let missing = try Tool.run("rules", "check", "nope", in: folder)
    #expect(missing.exitCode == 2)
    #expect(missing.standardError.contains("nope: no such file or directory"))
  }

  @Test("check counts the rules that are not applicable")
  func notApplicable() throws {
    let folder = try Folder()
    let rule = "title: A\nid: 00000000-0000-0000-0000-000000000001\nlogsource: {product: windows, service: secuirty}\n"
    try folder.write(rule + "detection: {a: {EventID: 1}, condition: a}\n", "a.yml")
    let output = try Tool.run("rules", "check", "a.yml", in: folder)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput == "0 rules in 1 pack: 0 errors, 1 warning, 1 not applicable\n")
    #expect(output.standardError.contains("a.yml:3:12: warning: "))
    #expect(output.standardError.contains("hint: did you mean 'security'?"))
  }

  @Test("a file of placeholders that is not there is told, with and without rules")
  func missingPlaceholders() throws {
    let folder = try Folder()
    try folder.write("{id: a, title: A, match: {EventID: 1}, severity: low}\n", "a.yml")
    let without = try Tool.run("rules", "list", "--placeholders", "names.yaml", in: folder)
    let with = try Tool.run("rules", "list", "--placeholders", "names.yaml", "--rules", "a.yml", in: folder)
    for output in [without, with] {
      #expect(output.exitCode == 2)
      #expect(output.standardError.contains("names.yaml: no such file; check the path of the placeholders."))
    }
  }

  @Test("test tells which test failed, and where")
  func test() throws {
    let folder = try Folder()
    let tests =
      Self.bad.replacing("severty", with: "severity")
      + "\n    tests:\n      - quiet: {EventID: 1}\n      - fires: {EventID: 2}\n"
    try folder.write(tests, "t.yaml")
    let output = try Tool.run("rules", "test", "t.yaml", in: folder)
    #expect(output.exitCode == 1)
    #expect(
      output.standardError == """
        evtriage: error: t.yaml:9: rule 'a-1' matches the event on which it should stay quiet
        evtriage: error: t.yaml:10: rule 'a-1' does not match the event that should make it fire

        """)
    #expect(output.standardOutput == "2 tests of 1 rule: 0 passed, 2 failed\n")
  }
}
