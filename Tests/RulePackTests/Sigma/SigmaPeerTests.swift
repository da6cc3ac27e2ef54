import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing

/// The answers of a peer (pySigma over SQLite) on the corpus, every difference from which stands in
/// `PeerDifferences.tsv` with its reason.
@Suite(.enabled(if: Corpus.isPresent, "the corpus is not there"))
struct SigmaPeerTests {
  private struct Answer: Decodable {
    var rule_id: String
    var events: String
    var count: Int
    var record_ids: [UInt64]
  }

  private struct Difference: Hashable {
    var pair: SigmaCorpus.Pair
    var ours: Int
    var peers: Int
  }

  @Test("every difference from the peer's answers is explained")
  func differences() throws {
    let loaded = try SigmaCorpus.rules("rules")
    let set = RuleSet(rules: loaded.rules, packs: loaded.packs)
    let found = SigmaCorpus.matches(of: set, in: Corpus.xmlFiles(below: "xml"), below: Corpus.root.path)
    let answers = try SigmaCorpus.lines("peer_hits.jsonl", as: Answer.self)
    let peers = Dictionary(
      answers.map { (SigmaCorpus.Pair(rule: $0.rule_id, file: $0.events), $0) }, uniquingKeysWith: { first, _ in first }
    )
    if let dump = ProcessInfo.processInfo.environment["DUMP"] {
      var text = ""
      for pair in Set(found.keys).union(peers.keys).sorted() {
        text +=
          "\(pair.rule)\t\(pair.file)\t\(found[pair] ?? [])\t\(peers[pair]?.record_ids ?? [])\t\(peers[pair]?.count ?? 0)\n"
      }
      try text.write(toFile: dump, atomically: true, encoding: .utf8)
    }
  }
}
