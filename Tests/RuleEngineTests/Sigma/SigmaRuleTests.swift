import RuleEngine
import Testing

/// Rule attributes: "Components" of Sigma's rule specification 2.1.0.
@Suite struct SigmaRuleTests {
  static let whole = """
    title: Whole rule
    id: 929a690e-bef0-4204-a928-ef5e620d6fcc
    name: whole_rule
    related:
      - {id: 08fbc97d-0a2f-491c-ae21-8ffcfd3174e9, type: derived}
    taxonomy: sigma
    status: test
    description: Finds whole rules.
    license: CC0-1.0
    author: A. Author, B. Author
    references:
      - https://example.com/a
      - Internal research
    date: 2024-01-02
    modified: 2024/02/03
    tags: [attack.credential-access, attack.t1003.001, attack.t1110, attack.s0002, cve.2021-44228]
    logsource:
      product: windows
      service: security
      definition: Turn on auditing.
    detection:
      selection: {EventID: 4625}
      condition: selection
    fields: [TargetUserName]
    falsepositives:
      - Typing mistakes
    level: critical
    scope: [server]
    mood: {of: the author}
    """

  @Test("every attribute is read, and custom ones are left alone")
  func attributes() throws {
    let loaded = loadSigma(Self.whole)
    #expect(loaded.issues == [])
    let rule = try #require(loaded.rules.first)
    #expect(rule.id == "929a690e-bef0-4204-a928-ef5e620d6fcc")
    #expect(rule.packID == "rules")
    #expect(rule.title.english == "Whole rule")
    #expect(rule.severity == .critical)
    #expect(rule.tags.count == 5)
    #expect(rule.guidance.meaning?.english == "Finds whole rules.")
    #expect(rule.guidance.references == ["https://example.com/a"])
    let sigma = try #require(rule.sigma)
    #expect(sigma.ruleID == rule.id)
    #expect(sigma.name == "whole_rule")
    #expect(sigma.related.map(\.id) == ["08fbc97d-0a2f-491c-ae21-8ffcfd3174e9"])
    #expect(sigma.related.map(\.type) == ["derived"])
    #expect(sigma.status == .test)
    #expect(sigma.license == "CC0-1.0")
    #expect(sigma.author == "A. Author, B. Author")
    #expect(sigma.references == ["https://example.com/a", "Internal research"])
    #expect(sigma.date == "2024-01-02")
    #expect(sigma.modified == "2024-02-03")
    #expect(sigma.techniques == ["T1003.001", "T1110"])
    #expect(sigma.tactics == ["credential-access"])
    #expect(sigma.logSource.description == "product: windows, service: security")
    #expect(sigma.logSource.definition == "Turn on auditing.")
    #expect(sigma.fields == ["TargetUserName"])
    #expect(sigma.falsePositives == ["Typing mistakes"])
    #expect(sigma.scope == ["server"])
  }

  @Test("the levels are the severities, and a rule without one is medium", arguments: Severity.allCases)
  func levels(level: Severity) {
    let detection = "sel: {EventID: 1}\ncondition: sel"
    #expect(loadSigma(sigmaRule(detection, more: "level: \(level.rawValue)\n")).rules.map(\.severity) == [level])
    #expect(loadSigma(sigmaRule(detection)).rules.map(\.severity) == [.medium])
  }

  @Test(
    "a mistake that may change what matches refuses the rule",
    arguments: [
      ("title: Whole rule\n", "", "missing-key", 1), ("level: critical", "level: hihg", "bad-level", 27),
      ("taxonomy: sigma", "taxonomy: ecs", "unknown-taxonomy", 6),
      ("status: test", "status: unsupported", "unsupported-status", 7),
      ("  product: windows\n  service: security\n", "", "empty-logsource", 18),
      ("  condition: selection\n", "", "missing-key", 22),
      ("  condition: selection", "  condition: selektion", "unknown-selection", 23),
      ("{EventID: 4625}", "{EventID|wth: 4625}", "unknown-modifier", 22),
      ("  condition: selection", "  condition: selection | count() > 3", "condition-aggregation", 23),
      ("  condition: selection", "  timeframe: 5m\n  condition: selection", "timeframe", 23),
    ])
  func refused(text: String, replacement: String, code: String, line: Int) {
    let loaded = loadSigma(Self.whole.replacing(text, with: replacement))
    #expect(loaded.rules.isEmpty)
    #expect(loaded.issues.map(\.code) == [code])
    #expect(loaded.issues.map(\.line) == [line])
    #expect(loaded.issues.map(\.severity) == [.error])
  }

  @Test(
    "a mistake in what only describes the rule is a warning",
    arguments: [
      ("id: 929a690e-bef0-4204-a928-ef5e620d6fcc", "id: my-rule", "bad-id"),
      ("status: test", "status: done", "bad-status"),
      ("date: 2024-01-02", "date: 2 January", "bad-date"),
      ("date: 2024-01-02", "date: 2020-13-45", "bad-date"), ("date: 2024-01-02", "date: 2023-02-29", "bad-date"),
      ("date: 2024-01-02", "date: 2024/04/31", "bad-date"),
      ("type: derived", "type: cousin", "bad-related"),
      (", type: derived", "", "bad-related"), ("attack.t1110", "T1110", "bad-tag"),
      ("attack.t1110", "attack.s0002", "duplicate-tag"), ("attack.t1110", "mitre.t1110", "bad-tag"),
      ("author: A. Author, B. Author", "author: {name: A}", "wrong-type"),
      ("title: Whole rule", "title: \(String(repeating: "a", count: 257))", "too-long"),
      ("Finds whole rules.", "\"bell \\a\"", "control-character"),
    ])
  func warned(text: String, replacement: String, code: String) {
    let loaded = loadSigma(Self.whole.replacing(text, with: replacement))
    #expect(loaded.rules.count == 1)
    #expect(loaded.issues.map(\.code) == [code])
    #expect(loaded.issues.map(\.severity) == [.warning])
  }

  @Test("a rule without an ID goes by its name, or else its title")
  func withoutID() {
    let text = Self.whole.replacing("id: 929a690e-bef0-4204-a928-ef5e620d6fcc\n", with: "", maxReplacements: 1)
    #expect(loadSigma(text).rules.map(\.id) == ["whole_rule"])
    #expect(loadSigma(text.replacing("name: whole_rule\n", with: "")).rules.map(\.id) == ["whole-rule"])
  }

  @Test("two rules with one ID are a mistake")
  func duplicates() {
    let loaded = loadSigma(Self.whole, Self.whole)
    #expect(loaded.rules.count == 1)
    #expect(loaded.issues.map(\.code) == ["duplicate-id"])
  }

  @Test("two rules with one name are a mistake")
  func duplicateNames() {
    let loaded = loadSigma(Self.whole, Self.whole.replacing("id: 929a690e", with: "id: 929a690f"))
    #expect(loaded.rules.count == 1)
    #expect(loaded.issues.map(\.code) == ["duplicate-name"])
  }

  @Test("an ID that would not stand well in a report is rewritten")
  func hostileID() {
    let text = Self.whole.replacing("id: 929a690e-bef0-4204-a928-ef5e620d6fcc", with: "id: 'a](http://x) `b`'")
    #expect(loadSigma(text).rules.map(\.id) == ["a-http-x-b"])
  }

  @Test("tests that a rule carries are run")
  func tests() {
    let loaded = loadSigma(
      Self.whole
        + "\ntests:\n  - fires: {Channel: Security, EventID: 4625}\n  - quiet: {Channel: Security, EventID: 1}\n")
    let report = RuleSet(rules: loaded.rules, packs: []).runTests()
    #expect(report.count == 2)
    #expect(report.failures.isEmpty)
  }

  @Test("the files of a folder are one pack")
  func packs() {
    let other = Self.whole.replacing("929a690e", with: "929a690f").replacing("name: whole_rule\n", with: "")
    #expect(loadSigma(Self.whole, other).packs.map(\.ruleCount) == [2])
  }
}
