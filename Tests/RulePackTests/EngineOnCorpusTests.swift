import EventLog
import Foundation
import RuleEngine
import ShippedRules
import TestSupport
import Testing

/// The engine's answers for real events, compared with asking rule by rule.
@Suite(.enabled(if: Corpus.isPresent, "the corpus is not there"))
struct EngineOnCorpusTests {
  @Test("real events match what asking every shipped rule finds")
  func shippedRules() {
    let loaded = ShippedRules.load()
    expectSameAnswers(RuleSet(rules: loaded.rules, packs: loaded.packs), everyNth: 3)
  }

  @Test("real events match what asking every Sigma rule finds")
  func sigmaRules() throws {
    let rules = Corpus.root.appendingPathComponent("sigma/rules").path
    let loaded = try RulePackLoader.load(paths: [rules], adding: ShippedRules.load())
    try #require(loaded.rules.count > 1000)
    expectSameAnswers(RuleSet(rules: loaded.rules, packs: loaded.packs), everyNth: 60)
  }

  private func expectSameAnswers(_ set: RuleSet, everyNth step: Int) {
    let scratch = set.makeScratch()
    var position = 0
    var matchCount = 0
    for path in Corpus.xmlFiles(below: "xml") {
      for event in readAll(path: path).events {
        position += 1
        guard position % step == 0 else { continue }
        let found = event.withFields { set.matches($0, scratch) }
        #expect(found == set.matches(event), "\(path): record \(event.recordID ?? 0)")
        matchCount += found.rules.count
      }
    }
    #expect(matchCount > 100)
  }
}
