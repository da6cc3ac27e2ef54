import EventLog
import RuleEngine
import ShippedRules
import Testing

/// What every rule that comes with evtriage must hold to.
struct ShippedPackTests {
  private static let loaded = ShippedRules.load()

  @Test func packsLoadWithoutErrors() {
    let errors = Self.loaded.issues.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map(\.headline))")
    #expect(Self.loaded.rules.count >= 250)
  }

  @Test func everyTestOfEveryRuleHolds() {
    let report = RuleSet(rules: Self.loaded.rules, packs: Self.loaded.packs).runTests()
    #expect(report.failures.isEmpty, "\(report.failures.map(\.message))")
    #expect(report.passedCount >= Self.loaded.rules.count * 2)
  }

  @Test func everyRuleIsShownToFireAndToStayQuiet() {
    for rule in Self.loaded.rules {
      #expect(rule.tests.contains { $0.kind == .fires }, "\(rule.id)")
      #expect(rule.tests.contains { $0.kind == .quiet }, "\(rule.id)")
    }
  }

  @Test func everyRuleSaysWhyHowToCheckAndHowToFix() {
    for rule in Self.loaded.rules {
      let guidance = rule.guidance
      #expect(guidance.meaning != nil, "\(rule.id) has no meaning")
      #expect(!guidance.references.isEmpty, "\(rule.id) has no reference")
      guard !rule.isSignal else { continue }
      #expect(!guidance.causes.isEmpty, "\(rule.id) has no cause")
      for cause in guidance.causes {
        #expect(!cause.checks.isEmpty, "\(rule.id) \(cause.id) has no check")
        #expect(cause.fix != nil, "\(rule.id) \(cause.id) has no fix")
      }
    }
  }

  @Test func everyMessageCanBeFilledIn() {
    for rule in Self.loaded.rules {
      guard let message = rule.message, let test = rule.tests.first(where: { $0.kind == .fires }) else { continue }
      let sentence = rule.sentence(for: test.event, language: "en") ?? ""
      for name in message.placeholders { #expect(!sentence.contains("{\(name)}"), "\(rule.id): \(sentence)") }
    }
  }

  @Test func theFirstFourCausesOfTheSeedEventAreInTheirOrder() throws {
    let rule = try #require(Self.loaded.rules.first { $0.id == "exchange-transport-1035" })
    #expect(rule.guidance.causes.prefix(4).map(\.id) == ["clock-skew", "replication", "spn", "kerberos-ports"])
  }
}
