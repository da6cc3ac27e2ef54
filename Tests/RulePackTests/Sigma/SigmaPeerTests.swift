import EventLog
import Foundation
import RuleEngine
import TestSupport
import Testing

/// SigmaHQ's rules on the corpus, compared with the answers of a peer (pySigma over SQLite), and with the log sources
/// of Sigma's taxonomy. Every difference from the peer stands in `PeerDifferences.tsv` with its reason.
@Suite(.enabled(if: Corpus.isPresent, "the corpus is not there"))
struct SigmaPeerTests {
  private struct Answer: Decodable {
    var rule_id: String
    var events: String
    var count: Int
    var record_ids: [UInt64]
  }

  /// A line of the table.
  private struct Difference: Hashable, Comparable {
    var pair: SigmaCorpus.Pair
    var ours: Int
    var peers: Int

    static func < (left: Difference, right: Difference) -> Bool { left.pair < right.pair }
  }

  @Test("every difference from the peer's answers is explained")
  func differences() throws {
    let loaded = try SigmaCorpus.rules("rules")
    let set = RuleSet(rules: loaded.rules, packs: loaded.packs)
    let found = SigmaCorpus.matches(of: set, in: Corpus.xmlFiles(below: "xml"), below: Corpus.root.path)
    let answers = try SigmaCorpus.lines("peer_hits.jsonl", as: Answer.self)
    var peers: [SigmaCorpus.Pair: Answer] = [:]
    for answer in answers { peers[SigmaCorpus.Pair(rule: answer.rule_id, file: answer.events)] = answer }

    var differences: Set<Difference> = []
    for pair in Set(found.keys).union(peers.keys) {
      let ours = found[pair] ?? []
      let peer = peers[pair]
      if ours.count == peer?.count, Set(peer?.record_ids ?? []).isSubset(of: ours) { continue }
      // What the peer finds without asking for the channel is none of the rule's business.
      if ours.isEmpty, peer?.count == 0 { continue }
      differences.insert(Difference(pair: pair, ours: ours.count, peers: peer?.count ?? 0))
    }
    let explained = try Self.explained()
    #expect(differences.subtracting(explained).sorted() == [])
    #expect(explained.subtracting(differences).sorted() == [])
    #expect(found.count > 700)
  }

  /// The lines of the table; each names a reason that its head explains.
  private static func explained() throws -> Set<Difference> {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appendingPathComponent("PeerDifferences.tsv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    let reasons = Set(
      lines.filter { $0.hasPrefix("# ") && $0.contains(": ") }.map { $0.dropFirst(2).prefix { $0 != ":" } })
    return Set(
      try lines.filter { !$0.hasPrefix("#") }.map { line in
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        try #require(columns.count == 5 && reasons.contains(columns[4]), "\(line)")
        return Difference(
          pair: SigmaCorpus.Pair(rule: String(columns[0]), file: String(columns[1])),
          ours: try #require(Int(columns[2])), peers: try #require(Int(columns[3])))
      })
  }

  private static let sysmon = "Microsoft-Windows-Sysmon/Operational"
  /// The event IDs of Sysmon, and those of other channels, that the taxonomy gives for categories.
  private static let sysmonIDs: [String: Set<Int>] = [
    "process_creation": [1], "file_change": [2], "network_connection": [3], "sysmon_status": [4, 16],
    "driver_load": [6],
    "image_load": [7], "create_remote_thread": [8], "raw_access_thread": [9], "process_access": [10],
    "file_event": [11],
    "registry_event": [12, 13, 14], "registry_add": [12], "registry_delete": [12], "registry_set": [13],
    "create_stream_hash": [15], "pipe_created": [17, 18], "wmi_event": [19, 20, 21], "dns_query": [22],
    "file_delete": [23, 26], "process_tampering": [25], "file_executable_detected": [29], "sysmon_error": [255],
  ]
  private static let otherIDs: [String: (channels: Set<String>, id: Int)] = [
    "process_creation": (["Security"], 4688),
    "ps_module": (["Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"], 4103),
    "ps_script": (["Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"], 4104),
    "ps_classic_start": (["Windows PowerShell"], 400), "ps_classic_provider_start": (["Windows PowerShell"], 600),
  ]

  @Test("no rule matches an event that its log source excludes")
  func logSources() throws {
    let loaded = try SigmaCorpus.rules("rules")
    let set = RuleSet(rules: loaded.rules, packs: loaded.packs)
    let scratch = set.makeScratch()
    var checked = 0
    for path in Corpus.xmlFiles(below: "xml") {
      for event in readAll(path: path).events {
        for index in event.withFields({ set.matches($0, scratch) }).rules {
          let source = try #require(set.rules[index].sigma?.logSource)
          #expect(Self.contains(source, event), "\(set.rules[index].id) on \(path), record \(event.recordID ?? 0)")
          checked += 1
        }
      }
    }
    #expect(checked > 1000)
  }

  private static func contains(_ source: SigmaLogSource, _ event: Event) -> Bool {
    if let category = source.category {
      let eventID = event.eventID ?? -1
      if event.channel == sysmon { return sysmonIDs[category]?.contains(eventID) ?? false }
      return otherIDs[category].map { $0.channels.contains(event.channel) && $0.id == eventID } ?? false
    }
    guard let service = source.service else { return source.product == "windows" }
    let letters = { (text: String) in text.lowercased().filter { $0.isLetter || $0.isNumber } }
    let names = ["windefend": "windowsdefender", "codeintegrity-operational": "codeintegrity"]
    return letters(event.channel).contains(names[service] ?? letters(service))
  }
}
