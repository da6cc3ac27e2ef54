import EventLog
import RuleEngine
import Testing

@Suite("why a rule matched") struct MatchReasonTests {
  /// A detection, the fields of an event, and the reasons: selection, field, and the value with the matched part in
  /// brackets.
  static let cases: [(detection: String, data: KeyValuePairs<String, String>, reasons: [String])] = [
    (
      "s: {CommandLine|contains: ' -enc '}\ncondition: s", ["CommandLine": "powershell.exe -ENC SQBF"],
      ["s CommandLine powershell.exe[ -ENC ]SQBF"]
    ),
    (
      "s: {Image|endswith: ['\\cmd.exe', '\\powershell.exe']}\ncondition: s", ["Image": #"C:\Windows\PowerShell.exe"#],
      [#"s Image C:\Windows[\PowerShell.exe]"#]
    ),
    (
      "s: {Image|startswith: 'C:\\Temp\\'}\ncondition: s", ["Image": #"c:\temp\a.exe"#],
      [#"s Image [c:\temp\]a.exe"#]
    ),
    ("s: {Name|contains: 'ß→É'}\ncondition: s", ["Name": "größß→éé"], ["s Name größ[ß→é]é"]),
    (#"s: {Name|re: 'é\d'}"# + "\ncondition: s", ["Name": "→é1→"], ["s Name →[é1]→"]),
    ("s: {User: admin}\ncondition: s", ["User": "Admin"], ["s User [Admin]"]),
    ("s: {Access|endswith: ff}\ncondition: s", ["Access": "0x1fffff"], ["s Access 0x1fff[ff]"]),
    ("s: {Line|contains: na}\ncondition: s", ["Line": "bananas"], ["s Line ba[na]nas"]),
    ("s: {Line: 'a*c?e'}\ncondition: s", ["Line": "abbcde"], ["s Line [abbcde]"]),
    ("s: {Line|contains: 'b*d'}\ncondition: s", ["Line": "abbcde"], ["s Line ab[bcd]e"]),
    (#"s: {Line|re: 'x\d+'}"# + "\ncondition: s", ["Line": "aax12b"], ["s Line aa[x12]b"]),
    (
      "s: {Line|contains|all: [one, two]}\ncondition: s", ["Line": "two one"],
      ["s Line two [one]", "s Line [two] one"]
    ),
    ("s: {Size|gte: 5}\ncondition: s", ["Size": "4625"], ["s Size [4625]"]),
    ("s: {Address|cidr: 10.0.0.0/8}\ncondition: s", ["Address": "10.1.2.3"], ["s Address [10.1.2.3]"]),
    ("s: {Left|fieldref: Right}\ncondition: s", ["Left": "Same", "Right": "same"], ["s Left [Same]"]),
    ("s: {Missing: null}\ncondition: s", [:], ["s Missing -"]),
    ("s: {Image|neq: a.exe}\ncondition: s", ["Image": "b.exe"], ["s Image [b.exe]"]),
    ("k: [needle]\ncondition: k", ["Text": "a needle here"], ["k Text a [needle] here"]),
    ("a: {X: 1}\nb: {Y: 2}\ncondition: a and b", ["X": "1", "Y": "2"], ["a X [1]", "b Y [2]"]),
    ("a: {X: 1}\nb: {Y: 2}\ncondition: 1 of them", ["X": "3", "Y": "2"], ["b Y [2]"]),
    ("a: {X: 1}\nfilter: {Y: 2}\ncondition: a and not filter", ["X": "1", "Y": "3"], ["a X [1]"]),
    ("a:\n  - {X: 1}\n  - {Y: 2}\ncondition: a", ["Y": "2"], ["a Y [2]"]),
  ]

  @Test("is told by selection, field and matched part", arguments: cases.indices)
  func reasons(index: Int) throws {
    let (detection, data, reasons) = Self.cases[index]
    let rule = try #require(loadSigma(sigmaRule(detection)).rules.first, "\(detection)")
    let found = sysmon(1, data)
    #expect(rule.matches(found))
    #expect(rule.reasons(for: found).map(Self.text) == reasons)
  }

  @Test("names fields as the events of the log source do, and leaves the log source itself out")
  func logSource() throws {
    let text = sigmaRule(
      "selection_img: {Image|endswith: '\\a.exe'}\nselection_level: {IntegrityLevel: High}\ncondition: all of selection_*",
      logsource: "{product: windows, category: process_creation}")
    let rule = try #require(loadSigma(text).rules.first)
    let found = security(4688, ["NewProcessName": #"C:\a.exe"#, "MandatoryLabel": "S-1-16-12288"])
    #expect(
      rule.reasons(for: found).map(Self.text) == [
        #"selection_img NewProcessName C:[\a.exe]"#, "selection_level MandatoryLabel [S-1-16-12288]",
      ])
  }

  @Test("is never the log source, even where a selection of the rule looks like it")
  func alikeLogSource() throws {
    let text = sigmaRule(
      """
      selection: {Image|endswith: '\\a.exe'}
      filter: {User: root, Computer: other}
      condition: selection and not filter
      """, logsource: "{product: windows, category: process_creation}")
    let rule = try #require(loadSigma(text).rules.first)
    let reasons = rule.reasons(for: sysmon(1, ["Image": #"C:\a.exe"#]))
    #expect(reasons.map(Self.text) == [#"selection Image C:[\a.exe]"#])
  }

  @Test("is never a filter that was added to the rule", arguments: ["not selection", "selection"])
  func filters(condition: String) throws {
    let filter = """
      title: Filter
      logsource: {product: windows}
      filter: {rules: any, selection: {User|startswith: \(condition == "selection" ? "r" : "x")}, condition: \(condition)}
      """
    let loaded = loadSigma(sigmaRule("selection: {Image: a.exe}\ncondition: selection"), filter)
    let rule = try #require(loaded.rules.first)
    let found = sysmon(1, ["Image": "a.exe", "User": "root"])
    #expect(rule.matches(found))
    #expect(rule.reasons(for: found).map(Self.text) == ["selection Image [a.exe]"])
  }

  @Test("is nothing for an event that the rule does not match")
  func unmatched() throws {
    let rule = try #require(loadSigma(sigmaRule("s: {X: 1}\ncondition: s")).rules.first)
    #expect(rule.reasons(for: sysmon(1, ["X": "2"])) == [])
  }

  @Test("is bounded, however long the value and however many the tests")
  func bounds() throws {
    let long = String(repeating: "x", count: 5000) + "needle" + String(repeating: "y", count: 5000)
    let many = (1...40).map { "F\($0)|contains: needle" }.joined(separator: "\n  ")
    let rule = try #require(loadSigma(sigmaRule("s:\n  \(many)\ncondition: s")).rules.first)
    var found = sysmon(1)
    found.data = (1...40).map { DataItem(name: "F\($0)", value: long) }
    let reasons = rule.reasons(for: found)
    #expect(reasons.count == MatchReason.limit)
    for reason in reasons {
      #expect(reason.matched == "needle")
      #expect(reason.before.count == 41)
      #expect(reason.after.count == 81)
    }
    let whole = try #require(loadSigma(sigmaRule("s: {Line: 'x*'}\ncondition: s")).rules.first)
    let cut = whole.reasons(for: sysmon(1, ["Line": String(repeating: "x", count: 100_000)]))
    #expect(cut.map { ($0.matched ?? "").count } == [161])
  }

  @Test("of events that agree with the plain reference: reasons exactly where the condition matches")
  func agreesWithMatching() throws {
    var random = SeededGenerator(state: 7)
    let detections = Self.cases.map(\.detection)
    let rules = try detections.map { try #require(loadSigma(sigmaRule($0)).rules.first) }
    let names = ["CommandLine", "Image", "User", "Line", "Size", "Address", "Text", "X", "Y"]
    let values = ["1", "2", "a.exe", "needle", "one two", "abbcde", "10.2.3.4", " -enc ", "", "x9"]
    for _ in 0..<300 {
      var made = sysmon(1)
      made.data = names.shuffled(using: &random).prefix(4).map {
        DataItem(name: $0, value: values.randomElement(using: &random) ?? "")
      }
      for rule in rules { #expect(rule.matches(made) == !rule.reasons(for: made).isEmpty) }
    }
  }

  private static func text(_ reason: MatchReason) -> String {
    let value = reason.matched.map { "\(reason.before)[\($0)]\(reason.after)" } ?? "-"
    return "\(reason.selection ?? "") \(reason.field) \(value)"
  }
}
