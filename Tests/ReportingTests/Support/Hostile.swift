import EventLog
import RuleEngine
import TestSupport
import Triage

/// Values that would become markup if they were not escaped.
enum Hostile {
  /// Each in the shape of something that a renderer, a spreadsheet or a terminal reacts to.
  static let values = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></table><h1>x</h1>", "<!-- x", "&lt;b&gt;&#60;",
    "[click](https://evil.example)", "![x](https://evil.example/x.png)", "<https://evil.example>",
    "https://evil.example/x", "www.evil.example", "[x]: https://evil.example", "a | b | c", "|---|", "\\| \\\\|",
    "`code`", "``` x", "~~~", "`` ` ``", "`", "*a* **b** _c_ ~~d~~", "# heading", "1. one", "12) twelve", "- item",
    "+ item", "=====", "-----", "> quote", "$x^2$", "line\nbreak", "line\r\n\r\n# break", "\u{2028}sep",
    "\u{1B}[31mred",
    "\u{202E}gnp.exe", "\u{200B}zero\u{FEFF}", "\u{0}nul", "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@x",
    " =1", "a,b\"c;d", "{placeholder}", "trailing\\", "  blanks  ", "<a id=\"finding-1\"></a>", "](#e1)", "\t=1",
  ]

  /// The values but the one that no text of XML or YAML can hold.
  static let inText = values.filter { !$0.contains("\u{0}") }

  /// The values that XML can hold without damage.
  static let inXML = inText.filter { !$0.contains("\u{1B}") }

  /// A pack whose every text of an author holds a value.
  static func pack(_ value: String) -> String {
    let quoted = "\"" + value.unicodeScalars.map { "\\U" + hexadecimal($0.value) }.joined() + "\""
    return """
      pack: hostile
      title: \(quoted)
      rules:
        - id: hostile
          title: \(quoted)
          match: {EventID: 1}
          severity: high
          parameters: [a, b]
          message: "It says {a} and {b} \(quoted.dropFirst())
          group_by: [Computer, a]
          meaning: \(quoted)
          symptoms: [\(quoted)]
          causes:
            - id: one
              title: \(quoted)
              why: \(quoted)
              evidence: [{supports: {match: {EventID: 2}}, on: any}]
              check:
                - {run: \(quoted), on: \(quoted), expect: \(quoted)}
                - {look: \(quoted), expect: \(quoted)}
              fix: \(quoted)
            - id: two
              title: Two
      """
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// A report in which a value stands wherever a log, a file's name or the command line can put it.
  static func report(value: String) async throws -> Report {
    let plain = """
      pack: plain
      rules:
        - id: plain
          title: Plain
          match: {EventID: 1}
          severity: high
          parameters: [a, b]
          message: It says {a} and {b}.
          group_by: [Computer, a]
          causes:
            - {id: one, title: One, evidence: [{supports: {match: {EventID: 2}}, on: any}], needs: [System]}
        - id: correlated
          title: Correlated
          severity: high
          correlation:
            {type: event_count, rules: [plain], group-by: [Computer, b], timespan: 1h, condition: {gte: 1}, generate: true}
      """
    let events = [
      event(value, 1, on: value, in: value, value, value), event(value, 1, at: 1, on: "EX01", "a", value),
      event(value, 2, at: 2, on: value, in: value, value), event(value, 3, at: 3, on: value, in: value, value),
    ]
    let failure = InputFailure(input: value, reason: .notFound)
    let inputs = [
      InputSource(text: EventXML.export(events), name: value), InputSource(text: value, name: value),
      InputSource(text: EventXML.export(events) + "<Event><System>", name: value),
    ]
    return await ReportingTests.report(on: inputs, rules: try rules(plain), failures: [failure]) { builder in
      builder.title = value
      builder.about.tool = value
      builder.about.options = [value]
      builder.about.rejectedRules = [value]
    }
  }

  /// A report by a rule whose every text is a value.
  static func report(rule value: String) async throws -> Report {
    let events = [event("Mail", 1, "x", "y"), event("Mail", 1, at: 1, "z", "y"), event("Mail", 2, at: 2)]
    return await ReportingTests.report(
      on: [InputSource(text: EventXML.export(events), name: "a.xml")], rules: try rules(pack(value)))
  }

  /// A report by a Sigma rule and a remediation whose every text is a value, on an event whose fields hold it too.
  static func report(sigma value: String) async throws -> Report {
    let rules = try SigmaCase.rules(
      text: "\"" + value.unicodeScalars.map { "\\U" + hexadecimal($0.value) }.joined() + "\"")
    var found = event("Sysmon", 1, in: "Sysmon")
    found.data = [DataItem(name: "CommandLine", value: "x -enc " + value), DataItem(name: "User", value: value)]
    return await ReportingTests.report(
      on: [InputSource(text: EventXML.export([found]), name: "a.xml")], rules: rules)
  }
}
