import EventLog
import Reporting
import RuleEngine
import TestSupport
import Testing
import Triage

@Suite("a report on findings of Sigma rules") struct SigmaReportTests {
  @Test("as Markdown")
  func markdown() async throws {
    try expectGolden(MarkdownFormat().text(of: try await SigmaCase.report()), "sigma.md")
  }

  @Test("tells what to do once, and links to it from every finding")
  func remediations() async throws {
    let report = try await SigmaCase.report()
    #expect(report.findings.map(\.remediations) == [[0], [0]])
    #expect(report.remediations.map(\.id) == ["powershell"])
    #expect(report.remediations.map(\.findings) == [[1, 2]])
    #expect(report.remediations.map(\.computers) == [["EX01.example.com"]])
    let markdown = MarkdownFormat().text(of: report)
    let anchors = Anchors(markdown)
    #expect(anchors.broken == [])
    #expect(anchors.links.count { $0 == "remedy-1" } == 2)
    #expect(markdown.matches(of: #/Unplug it\./#).count == 1)
  }

  @Test("is explained without a log too: what the rule says of itself, and what to do")
  func explanation() throws {
    let rules = try SigmaCase.rules()
    let rule = try #require(rules.rules.first { $0.title.english == "Encoded command" })
    let text = ExplanationFormat(rules: rules).text(of: Explanation(rules: [rule]))
    #expect(text.contains("Sigma rule `\(rule.id)`"))
    #expect(text.contains("for product: windows, category: process_creation."))
    #expect(text.contains("ATT&CK: [T1059.001 PowerShell]"))
    #expect(text.contains("## What to do: PowerShell ran\n"))
    for step in ["Someone used PowerShell.", "Unplug it.", "quser", "Remove the script.", "Change the password."] {
      #expect(text.contains(step))
    }
    #expect(!text.contains("names no causes"))
    let both = ExplanationFormat(rules: rules).text(of: Explanation(rules: Array(rules.rules.prefix(2))))
    #expect(both.matches(of: #/Unplug it\./#).count == 1)
    #expect(both.contains("**What to do:** as above, under “PowerShell ran”."))
    let hostile = try SigmaCase.rules(text: "'# *x* <b>'")
    for rule in hostile.rules {
      let text = ExplanationFormat(rules: hostile).text(of: Explanation(rules: [rule]))
      #expect(text.contains("\n\\# \\*x\\* \\<b\\>\n"))
    }
  }

  @Test(
    "says what the rule asks for where the value alone does not show it",
    arguments: [
      ("Size|gte: 5", "`Size` has **`17`** (`gte: 5`)"),
      ("Image|neq: b.exe", #"`Image` has **`C:\a.exe`** (`neq: b.exe`)"#),
      ("Image|fieldref: Same", #"`Image` has **`C:\a.exe`** (`fieldref: Same`)"#),
      (
        "Text|base64offset|contains: [ship, secret]",
        "`Text` has `aWFt`**`c2VjcmV0`** (`base64offset|contains: secret`)"
      ),
      (#"Image|re: '\w\.exe'"#, #"`Image` has `C:\`**`a.exe`** (`re: \w\.exe`)"#),
      ("Image|endswith: .exe", #"`Image` has `C:\a`**`.exe`**"#),
    ])
  func wanted(test: String, told: String) async throws {
    var found = event("Any", 1)
    found.data = [
      DataItem(name: "Size", value: "17"), DataItem(name: "Image", value: #"C:\a.exe"#),
      DataItem(name: "Same", value: #"c:\A.exe"#), DataItem(name: "Text", value: "aWFtc2VjcmV0"),
    ]
    let files = [
      RuleFile(path: "basis.yaml", text: "logsources: [{product: windows}]"),
      RuleFile(
        path: "a.yml",
        text: "title: A\nlogsource: {product: windows}\ndetection:\n  s:\n    \(test)\n  condition: s\n"),
    ]
    let set = RuleSet(RulePackLoader.load(files))
    let report = await ReportingTests.report(
      on: [InputSource(text: EventXML.export([found]), name: "a.xml")], rules: set)
    #expect(MarkdownFormat().text(of: report).contains("`s`: \(told)\n"))
  }

  @Test(
    "says when its author expects no false positives",
    arguments: [("[Very unlikely]", true), ("[Unlikely, Backups]", false), ("[Unknown]", false), ("[]", false)])
  func unlikely(texts: String, isTold: Bool) async throws {
    let files = [
      RuleFile(path: "basis.yaml", text: "logsources: [{product: windows}]"),
      RuleFile(
        path: "a.yml",
        text: "title: A\nlogsource: {product: windows}\nlevel: High\nfalsepositives: \(texts)\n"
          + "detection: {s: {EventID: 1}, condition: s}\n"),
    ]
    let report = await ReportingTests.report(
      on: [InputSource(text: EventXML.export([event("Any", 1)]), name: "a.xml")],
      rules: RuleSet(RulePackLoader.load(files)))
    let text = MarkdownFormat().text(of: report)
    #expect(text.contains("Its author thinks false positives unlikely.\n") == isTold)
    #expect(text.contains("Known false positives: Backups.\n") == texts.contains("Backups"))
    #expect(report.findings.map(\.severity) == [.high])
  }

  @Test("says why each listed event matched")
  func reasons() async throws {
    let report = try await SigmaCase.report()
    let matches = try #require(report.findings.first).matches
    #expect(matches.map(\.event) == [0, 1, 2])
    #expect(matches.map { $0.reasons.map(\.matched) } == [[" -Enc "], [" -Enc "], [" -Enc "]])
    #expect(report.events.allSatisfy { $0.sample.reasons == nil })
  }

  @Test("names what matched in the CSV")
  func csv() async throws {
    let rows = CSV.rows(CSVFormat().text(of: try await SigmaCase.report()))
    #expect(
      rows.map(\.last) == ["matched", "CommandLine:  -Enc ; User: Admin", "CommandLine:  -Enc ", "CommandLine:  -Enc "])
  }

  @Test("shows a description as plain text")
  func description() async throws {
    let markdown = MarkdownFormat().text(of: try await Hostile.report(sigma: "# *x* <b>"))
    #expect(markdown.contains("\\# \\*x\\* \\<b\\>\n"))
  }

  @Test("says which findings are about the same events")
  func sameEvents() async throws {
    let pack = """
      rules:
        - {id: a, title: A, match: {EventID: 1}, severity: high, tests: []}
        - {id: b, title: B, match: {Provider_Name: Mail}, severity: high, tests: []}
        - {id: c, title: C, match: {Data: x}, severity: high, tests: []}
      """
    let events = [event("Mail", 1, at: 0, "x"), event("Mail", 1, at: 1, "y")]
    let report = await report(
      on: [InputSource(text: EventXML.export(events), name: "a.xml")],
      rules: try rules(pack))
    #expect(report.findings.map(\.ruleID) == ["a", "b", "c"])
    #expect(report.findings.map(\.sameEventsAs) == [[], [1], []])
    #expect(MarkdownFormat().text(of: report).contains("The same events as [finding 1](#finding-1)"))
  }

  @Test("accounts for every rule")
  func accounting() async throws {
    let accounting = try await SigmaCase.report().about.accounting
    let id = "929a690e-bef0-4204-a928-ef5e620d6fc"
    #expect(accounting.matched == [id + "1", id + "2"])
    #expect(accounting.unmatched == [])
    #expect(accounting.withoutLog.map(\.channels) == [["Bits"]])
    #expect(accounting.withoutLog.map(\.rules) == [[id + "3"]])
    #expect(accounting.notApplicable.map(\.id) == [id + "4"])
    #expect(accounting.notApplicable.map(\.place) == ["sigma/4.yml:1"])
  }

  @Test("keeps hostile values from becoming markup", .enabled(if: Renderer.isPresent), arguments: Hostile.inXML)
  func hostile(value: String) async throws {
    let report = try await Hostile.report(sigma: value)
    #expect(report.findings.count == 1)
    let markdown = MarkdownFormat().text(of: report)
    let harmless = try Renderer.render(MarkdownFormat().text(of: try await Hostile.report(sigma: "harmless")))
    for (name, rendering) in try Renderer.render(markdown) {
      #expect(rendering.tags["script"] == nil, "\(name)")
      #expect(rendering.ids == harmless[name]?.ids, "\(name)")
      #expect(rendering.tags["tr"] == harmless[name]?.tags["tr"], "\(name)")
      #expect(
        Set(rendering.links.filter { $0.hasPrefix("#") })
          == Set(harmless[name]?.links.filter { $0.hasPrefix("#") } ?? []))
    }
  }

  @Test("with many inputs, logs and findings sums up and lists the rest at its end")
  func many() async throws {
    let inputs = (0..<40).map { index in
      InputSource(
        text: EventXML.export([event("Mail", 1, at: index, on: "PC\(index)", "Default", "server", "1")]),
        name: "exports/\(index).xml")
    }
    let report = await report(on: inputs, rules: try rules(TestCase.pack))
    let markdown = MarkdownFormat().text(of: report)
    let anchors = Anchors(markdown)
    #expect(anchors.broken == [])
    #expect(markdown.contains("40 inputs with 40 events"))
    #expect(markdown.contains("… and 30 more logs with 30 events."))
    #expect(markdown.matches(of: #/exports\/39\.xml/#).count == 1)
    #expect(markdown.split(separator: "## At a glance")[0].split(separator: "\n").count < 45)
  }

  @Test("lists fewer events of each finding when they are many", arguments: [(nil, 6), (12, 6), (3, 4)])
  func listedEvents(limit: Int?, perFinding: Int) async throws {
    let events = (0..<40).map { event("Mail", 1, at: $0, "Default", "server", "1") }
    let report = await report(
      on: [InputSource(text: EventXML.export(events), name: "a.xml")], rules: try rules(TestCase.pack)
    ) { $0.listedEventLimit = limit }
    #expect(report.findings.map(\.events.count) == [perFinding])
    #expect(report.about.eventsPerFinding == perFinding)
    #expect(Anchors(MarkdownFormat().text(of: report)).broken == [])
  }
}
