import RuleEngine
import Testing

@Suite("the remediations of a rule") struct RemediationCatalogTests {
  private static let pack = """
    remediations:
      - {id: id, for: {rule: 929A690E-bef0-4204-a928-ef5e620d6fcc}, title: T, recover: x}
      - {id: sub, for: {tag: attack.t1003.001}, title: T, recover: x}
      - {id: second-sub, for: {tag: attack.t1003.001}, title: T, recover: x}
      - {id: technique, for: {tag: attack.t1003}, title: T, recover: x}
      - {id: other, for: {tag: attack.t1059}, title: T, recover: x}
      - {id: more, for: {tag: attack.t1105}, title: T, recover: x}
      - {id: group, for: {tag: attack.g0046}, title: T, recover: x}
      - {id: product, for: {logsource: {product: windows}}, title: T, recover: x}
      - {id: service, for: {logsource: {product: Windows, service: windefend}}, title: T, recover: x}
      - {id: execution, for: {tag: attack.execution}, title: T, recover: x}
      - {id: access, for: {tag: attack.credential-access}, title: T, recover: x}
      - {id: any, for: {any: true}, title: T, recover: x}
    """

  /// Tags and log source of a rule, and what it gets.
  static let rules: [(tags: [String], service: String, remediations: [String])] = [
    (["attack.execution", "attack.t1003.001"], "x", ["sub"]),
    (["attack.t1003.004"], "x", ["technique"]),
    (["attack.t1003"], "x", ["technique"]),
    (["attack.t1003", "attack.t1003.001"], "x", ["sub"]),
    (["ATTACK.T1003.001"], "x", ["sub"]),
    (["attack.t1059", "attack.t1003.001"], "x", ["sub", "other"]),
    (["attack.t1003.004", "attack.t1003.005"], "x", ["technique"]),
    (["attack.t1003.004", "attack.t1059.001", "attack.t1105", "attack.g0046"], "x", ["technique", "other", "more"]),
    (["attack.g0046", "attack.execution"], "x", ["group"]),
    (["attack.t1999", "attack.execution"], "windefend", ["service"]),
    (["attack.execution"], "system", ["product"]),
  ]

  @Test("are the most specific ones, at most three", arguments: rules)
  func specificity(tags: [String], service: String, remediations: [String]) throws {
    #expect(try found(tags, "{product: windows, service: \(service)}", Self.pack) == remediations)
  }

  @Test(
    "of a rule without technique and log source are those of its tactics, or those for any rule",
    arguments: [
      (["attack.execution", "attack.credential_access"], ["execution", "access"]), (["attack.impact"], ["any"]),
      ([], ["any"]),
    ])
  func fallback(tags: [String], remediations: [String]) throws {
    #expect(try found(tags, "{product: linux, service: x}", Self.pack) == remediations)
  }

  @Test("by its ID come before all others")
  func byID() throws {
    let loaded = loadSigma(
      sigmaRule("s: {EventID: 1}\ncondition: s", more: "tags: [attack.t1003.001]\n"))
    let rule = try #require(loaded.rules.last)
    let catalog = RulePackLoader.load([RuleFile(path: "p.yaml", text: Self.pack)]).remediations
    #expect(catalog.remediations(for: rule).map(\.id) == ["id"])
  }

  @Test("are none when the rule names causes itself, or is a signal")
  func ownCauses() throws {
    let pack = """
      rules:
        - {id: own, title: O, match: {EventID: 1}, severity: low, causes: [{id: a, title: A}], tests: []}
        - {id: signal, title: S, match: {EventID: 1}, severity: low, signal: true, tests: []}
        - {id: none, title: N, match: {EventID: 1}, severity: low, tests: []}
      remediations: [{id: any, for: {any: true}, title: T, recover: x}]
      """
    let rules = RuleSet(RulePackLoader.load([RuleFile(path: "p.yaml", text: pack)]))
    let found = rules.rules.map { rule in rules.remediations.remediations(for: rule).map(\.id) }
    #expect(rules.rules.map(\.id) == ["none", "own", "signal"])
    #expect(found == [["any"], [], []])
  }

  @Test("give their causes to a rule that has none, with their evidence")
  func causes() throws {
    let pack = """
      rules:
        - {id: own, title: O, match: {EventID: 1}, severity: low, causes: [{id: a, title: A}], tests: []}
        - {id: none, title: N, match: {EventID: 1}, severity: low, tests: []}
      remediations:
        - id: any
          for: {any: true}
          title: T
          causes: [{id: disk, title: The disk is full, evidence: [{supports: {match: {EventID: 2013}}}]}]
      """
    let rules = RuleSet(RulePackLoader.load([RuleFile(path: "p.yaml", text: pack)]))
    #expect(rules.rule(id: "none")?.guidance.causes.map(\.id) == ["any-disk"])
    #expect(rules.rule(id: "own")?.guidance.causes.map(\.id) == ["a"])
    #expect(rules.evidenceSelections.count == 1)
    let rule = try #require(rules.rule(id: "none"))
    #expect(rules.remediations.remediations(for: rule).map(\.id) == ["any"])
  }

  private func found(_ tags: [String], _ logsource: String, _ pack: String) throws -> [String] {
    let base = RulePackLoader.load(
      [
        RuleFile(
          path: "l.yaml",
          text: "logsources: [{product: linux, service: x}, {product: windows, service: system}, "
            + "{product: windows, service: x}, {product: windows, service: windefend}]"),
        RuleFile(path: "p.yaml", text: pack),
      ])
    let text = sigmaRule(
      "s: {EventID: 1}\ncondition: s", logsource: logsource, id: "00000000-bef0-4204-a928-ef5e620d6fcc",
      more: tags.isEmpty ? "" : "tags: [\(tags.joined(separator: ", "))]\n")
    let loaded = RulePackLoader.load([RuleFile(path: "rules/r.yml", text: text)], adding: base)
    let rule = try #require(loaded.rules.first)
    return loaded.remediations.remediations(for: rule).map(\.id)
  }
}
