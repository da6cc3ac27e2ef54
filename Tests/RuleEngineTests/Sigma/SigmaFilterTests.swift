import RuleEngine
import Testing

/// Sigma Filters 2.0.0.
@Suite struct SigmaFilterTests {
  private static let rule = sigmaRule(
    "sel: {Image|endswith: a.exe}\ncondition: sel", logsource: "{product: windows, category: process_creation}",
    more: "name: the_rule\n")

  private func filter(
    _ body: String, logsource: String = "{product: windows, category: process_creation}"
  ) -> String {
    "title: Filter\nlogsource: \(logsource)\nfilter: \(body)\n"
  }

  private static let suppressing = "{rules: [the_rule], sel: {User|startswith: adm_}, condition: not sel}"

  @Test(
    "a filter's condition is added to the rules that it names (Relative rules)",
    arguments: [
      ("[929a690e-bef0-4204-a928-ef5e620d6fcc]", true), ("[the_rule]", true), ("the_rule", true), ("any", true),
      ("[]", true), ("[another, the_rule]", true), ("[another]", false),
    ])
  func targets(rules: String, isFiltered: Bool) throws {
    let loaded = loadSigma(
      Self.rule, filter("{rules: \(rules), sel: {User|startswith: adm_}, condition: not sel}"))
    #expect(loaded.issues.filter { $0.severity == .error } == [])
    let rule = try #require(loaded.rules.first)
    #expect(rule.matches(sysmon(1, ["Image": "a.exe", "User": "someone"])))
    #expect(rule.matches(sysmon(1, ["Image": "a.exe", "User": "adm_x"])) != isFiltered)
    #expect(!rule.matches(sysmon(1, ["Image": "b.exe", "User": "someone"])))
  }

  @Test("a filter may have the same names of selections, and its fields are mapped as the rule's")
  func namesAndFields() throws {
    let body = "{rules: [the_rule], sel: {Image|startswith: 'C:\\ok'}, condition: not sel}"
    let rule = try #require(loadSigma(Self.rule, filter(body)).rules.first)
    #expect(rule.matches(security(4688, ["NewProcessName": #"C:\x\a.exe"#])))
    #expect(!rule.matches(security(4688, ["NewProcessName": #"C:\ok\a.exe"#])))
  }

  @Test(
    "a filter is for rules whose log source lies within its own (Log source)",
    arguments: [
      ("{product: windows}", true), ("{product: Windows}", true), ("{category: process_creation}", true),
      ("{product: windows, category: file_event}", false),
      ("{product: windows, category: process_creation, service: sysmon}", false),
    ])
  func logSources(logsource: String, isFiltered: Bool) throws {
    let rule = try #require(loadSigma(Self.rule, filter(Self.suppressing, logsource: logsource)).rules.first)
    #expect(rule.matches(sysmon(1, ["Image": "a.exe", "User": "adm_x"])) != isFiltered)
  }

  @Test("several filters are all added, also from one file with the rule")
  func several() throws {
    let other = "{rules: any, sel: {User: guest}, condition: not sel}"
    let loaded = loadSigma(Self.rule + "---\n" + filter(Self.suppressing) + "---\n" + filter(other))
    let rule = try #require(loaded.rules.first)
    #expect(
      ["adm_x", "guest", "x"].map { rule.matches(sysmon(1, ["Image": "a.exe", "User": $0])) } == [
        false, false, true,
      ])
  }

  @Test("a filter without 'not' keeps what it selects, as pySigma has it, and is warned about")
  func keeping() throws {
    let loaded = loadSigma(Self.rule, filter("{rules: [the_rule], sel: {User: adm}, condition: sel}"))
    #expect(loaded.issues.map(\.code) == ["filter-keeps"])
    let rule = try #require(loaded.rules.first)
    #expect(rule.matches(sysmon(1, ["Image": "a.exe", "User": "adm"])))
    #expect(!rule.matches(sysmon(1, ["Image": "a.exe", "User": "x"])))
  }

  @Test(
    "mistakes in filters",
    arguments: [
      ("{sel: {A: b}, condition: not sel}", "missing-key"), ("{rules: any, sel: {A: b}}", "missing-key"),
      ("{rules: {a: b}, sel: {A: b}, condition: not sel}", "wrong-type"),
      ("{rules: any, sel: {A: b}, condition: not other}", "unknown-selection"),
      ("{rules: any, sel: {A|xyz: b}, condition: not sel}", "unknown-modifier"), ("[a]", "wrong-type"),
    ])
  func mistakes(body: String, code: String) {
    let loaded = loadSigma(Self.rule, filter(body))
    #expect(loaded.rules.count == 1)
    #expect(loaded.issues.map(\.code) == [code])
  }

  @Test("a filter that names a rule of another log source does nothing for it, and says so")
  func otherLogSource() throws {
    let source = "{product: windows, category: file_event}"
    let issues = loadSigma(Self.rule, filter(Self.suppressing, logsource: source)).issues
    let issue = try #require(issues.first)
    #expect(issues.count == 1)
    #expect((issue.code, issue.severity, issue.line) == ("filter-logsource", .warning, 3))
    #expect(
      issue.message == "the filter does nothing for the rule 'the_rule', whose log source is not within "
        + "'product: windows, category: file_event'")
    let hint = "the rule has 'product: windows, category: process_creation'; give the filter the same, or less of it"
    #expect(issue.hint == hint)
  }

  @Test("a filter for a correlation, or for a rule of a pack, says that it is for neither")
  func otherTargets() {
    let correlation =
      "title: Many\nname: many\ncorrelation: {type: event_count, rules: [the_rule], group-by: [User], timespan: 1m, "
      + "condition: {gte: 2}}\n"
    let pack = "rules:\n  - {id: own, title: Own, severity: low, match: {EventID: 1}, tests: []}\n"
    let text = filter("{rules: [many, own, earlier], sel: {A: b}, condition: not sel}")
    var base = RuleEngineTests.logSources
    base.rules += RulePackLoader.load([RuleFile(path: "b.yaml", text: pack.replacing("own", with: "earlier"))]).rules
    let files = [Self.rule, correlation, text, pack].enumerated().map {
      RuleFile(path: "\($0.offset).yml", text: $0.element)
    }
    let issues = RulePackLoader.load(files, adding: base).issues
    #expect(issues.map(\.code) == ["filter-target", "filter-target", "filter-target"])
    #expect(
      issues.map(\.message) == [
        "filters do not apply to correlations, and 'many' is one",
        "filters apply to Sigma rules only, and 'own' is none",
        "filters apply to Sigma rules only, and 'earlier' is none",
      ])
  }

  @Test("a filter for a rule that is not here is warned about")
  func unknownRule() {
    let loaded = loadSigma(Self.rule, filter("{rules: [the_rul], sel: {A: b}, condition: not sel}"))
    #expect(loaded.issues.map(\.code) == ["unknown-rule"])
    #expect(loaded.issues.map(\.hint) == ["did you mean 'the_rule'?"])
  }
}
