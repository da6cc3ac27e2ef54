import EventLog
import RuleEngine
import Testing

/// "LogSource" of Sigma's rule specification 2.1.0.
@Suite struct LogSourceTests {
  private static let detection = "a: {Image|endswith: '\\a.exe'}\ncondition: a"

  @Test(
    "a rule sees the events of its log source only",
    arguments: [
      ("{product: windows}", [true, true, true, true]), ("{service: security}", [false, false, true, false]),
      ("{product: Windows, service: Sysmon}", [true, true, false, false]),
      ("{product: windows, category: process_creation}", [true, false, true, false]),
      ("{category: process_creation}", [true, false, true, false]),
      ("{category: process_creation, service: security}", [false, false, true, false]),
      ("{product: windows, category: file_event}", [false, true, false, false]),
    ])
  func selects(logsource: String, expected: [Bool]) throws {
    let loaded = loadSigma(sigmaRule("a: {Other|exists: false}\ncondition: a", logsource: logsource))
    let rule = try #require(loaded.rules.first)
    let events = [sysmon(1), sysmon(11), security(4688), event("P", 1)]
    #expect(events.map(rule.matches) == expected)
    #expect(events.map { RuleSet(rules: [rule], packs: []).matches($0).rules.count == 1 } == expected)
  }

  @Test("fields have the names that they have in the events")
  func fields() throws {
    let loaded = loadSigma(sigmaRule(Self.detection, logsource: "{category: process_creation}"))
    let rule = try #require(loaded.rules.first)
    #expect(rule.matches(sysmon(1, ["Image": #"C:\a.exe"#])))
    #expect(rule.matches(security(4688, ["NewProcessName": #"C:\A.EXE"#])))
    #expect(!rule.matches(security(4688, ["Image": #"C:\a.exe"#])))
    #expect(!rule.matches(sysmon(1, ["NewProcessName": #"C:\a.exe"#])))
  }

  @Test("values are written as they are in the events")
  func values() throws {
    let loaded = loadSigma(
      sigmaRule("a: {IntegrityLevel: [high, Odd]}\ncondition: a", logsource: "{category: process_creation}"))
    let rule = try #require(loaded.rules.first)
    #expect(rule.matches(sysmon(1, ["IntegrityLevel": "High"])))
    #expect(rule.matches(security(4688, ["MandatoryLabel": "S-1-16-12288"])))
    #expect(rule.matches(security(4688, ["MandatoryLabel": "Odd"])))
    #expect(!rule.matches(security(4688, ["MandatoryLabel": "High"])))
  }

  @Test(
    "a rule on an unknown log source is named and never run",
    arguments: [
      "{product: linux}", "{category: antivirus}", "{product: windows, service: nothing}",
      "{product: windows, category: process_creation, service: nothing}",
      "{product: linux, category: process_creation}",
    ])
  func unknown(logsource: String) {
    let loaded = loadSigma(sigmaRule(Self.detection, logsource: logsource))
    #expect(loaded.rules.isEmpty)
    #expect(loaded.issues == [])
    #expect(loaded.notApplicable.map(\.id) == ["929a690e-bef0-4204-a928-ef5e620d6fcc"])
    #expect(loaded.notApplicable.map(\.source.path) == ["rules/rule.yml"])
  }

  @Test("another file replaces what a log source means")
  func overriding() throws {
    let own = """
      logsources:
        - {product: windows, service: security, match: {Channel: ForwardedSecurity}}
        - {product: contoso, service: backup, match: {Provider_Name: Contoso Backup}}
      """
    let loaded = loadSigma(
      sigmaRule("a: {EventID: 1}\ncondition: a", logsource: "{service: security}"),
      sigmaRule(
        "a: {EventID: 1}\ncondition: a", logsource: "{product: contoso}", id: "08fbc97d-0a2f-491c-ae21-8ffcfd3174e9"),
      own)
    #expect(loaded.issues == [])
    let forwarded = event("Contoso Backup", 1, channel: "ForwardedSecurity")
    #expect(loaded.rules.map { $0.matches(forwarded) } == [true])
    #expect(!loaded.rules[0].matches(security(1)))
    #expect(loaded.notApplicable.map(\.id) == ["08fbc97d-0a2f-491c-ae21-8ffcfd3174e9"])
  }

  @Test(
    "mistakes in log sources",
    arguments: [
      ("logsources: {product: windows}", "wrong-type"), ("logsources: [{match: {EventID: 1}}]", "missing-key"),
      ("logsources: [{product: a, channel: b}]", "unknown-key"),
      ("logsources: [{product: a, match: {}}]", "empty-match"),
      ("logsources: [{product: a, fields: [b]}]", "wrong-type"),
      ("logsources: [{product: a, fields: {b: {nam: c}}}]", "missing-key"),
    ])
  func mistakes(text: String, code: String) {
    #expect(RulePackLoader.load([RuleFile(path: "a.yaml", text: text)]).issues.map(\.code).first == code)
  }
}
