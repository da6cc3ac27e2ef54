import Foundation
import RuleEngine
import ShippedRules
import TestSupport
import Testing
import Triage

/// What travels inside the binary says the same as `Rules/`, however little of it is read.
@Suite("loading the shipped packs") struct ShippedLoadingTests {
  private static let shipped = ShippedRules.load()

  @Test("the packs inside the binary say what their files say, texts included")
  func sameAsFiles() throws {
    let files = try RulePackLoader.load(paths: [Corpus.packageRoot.appendingPathComponent("Rules").path])
    let written = Dictionary(uniqueKeysWithValues: files.rules.map { ($0.id, $0) })
    #expect(written.count == Self.shipped.rules.count)
    for rule in Self.shipped.rules {
      let isSame = written[rule.id].map { $0.guidance == rule.guidance && $0.tests.count == rule.tests.count } ?? false
      #expect(isSame, "\(rule.id)")
    }
  }

  @Test("the evidence that is read alone is the evidence of the causes")
  func evidence() {
    for rule in Self.shipped.rules {
      let isSame = RuleSet(rules: [rule], packs: []).evidenceSelections == inlineSelections(of: rule)
      #expect(isSame, "\(rule.id)")
    }
  }

  private func inlineSelections(of rule: Rule) -> [Selection] {
    var selections: [Selection] = []
    for evidence in rule.guidance.causes.flatMap(\.evidence) {
      for selector in [evidence.selector, evidence.until].compactMap({ $0 }) {
        guard case .match(let selection) = selector, !selections.contains(selection) else { continue }
        selections.append(selection)
      }
    }
    return selections
  }

  @Test("the few packs that mention a provider or a rule answer what all packs answer")
  func mentioned() {
    let all = RuleSet(rules: Self.shipped.rules, packs: [], indexesEvidence: false)
    for provider in all.providers {
      let few = ShippedRules.load(mentioning: provider)
      let set = RuleSet(rules: few.rules, packs: [], indexesEvidence: false)
      #expect(few.issues.isEmpty)
      let answer = Explainer(rules: set).explainExactly([provider, "1"])?.rules.map(\.id) ?? []
      #expect(answer == all.rules(provider: provider, eventID: 1).map(\.id), "\(provider)")
      let ids = set.rules(provider: provider.uppercased(), eventID: nil).map(\.id)
      #expect(ids == all.rules(provider: provider, eventID: nil).map(\.id), "\(provider)")
    }
    let rule = ShippedRules.load(mentioning: "exchange-transport-1035")
    let answer = Explainer(rules: RuleSet(rules: rule.rules, packs: [])).explainExactly(["exchange-transport-1035"])
    #expect(answer?.rules.map(\.id) == ["exchange-transport-1035"])
    #expect(ShippedRules.load(mentioning: "no-provider-of-anyone").rules.count < Self.shipped.rules.count / 4)
  }
}
