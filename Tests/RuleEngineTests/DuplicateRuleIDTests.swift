import RuleEngine
import Testing

struct DuplicateRuleIDTests {
  private func codes(_ severities: [String]) -> [String] {
    let rules = severities.map {
      """
        - id: one
          title: One
          match: {Provider_Name: Demo, EventID: 1}
          severity: \($0)

      """
    }
    let file = RuleFile(path: "pack.yaml", text: "pack: demo\ntitle: Demo\nrules:\n" + rules.joined())
    return RulePackLoader.load([file]).issues.filter { $0.severity == .error }.map(\.code)
  }

  @Test func anIDIsTakenByARuleWithAMistakeToo() {
    #expect(codes(["high", "high"]) == ["duplicate-id"])
    #expect(codes(["hihg", "high"]) == ["bad-severity", "duplicate-id"])
    #expect(codes(["high", "hihg"]) == ["duplicate-id", "bad-severity"])
    #expect(codes(["hihg", "high", "high"]) == ["bad-severity", "duplicate-id", "duplicate-id"])
  }
}
