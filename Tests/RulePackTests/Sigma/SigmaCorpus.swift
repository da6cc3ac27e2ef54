import EventLog
import Foundation
import RuleEngine
import ShippedRules
import TestSupport

/// SigmaHQ's rules for Windows, run over the events of the corpus.
enum SigmaCorpus {
  /// A rule and a file.
  struct Pair: Hashable, Comparable {
    var rule: String
    var file: String

    static func < (left: Pair, right: Pair) -> Bool { (left.rule, left.file) < (right.rule, right.file) }
  }

  static let folder = Corpus.root.appendingPathComponent("sigma")

  static func rules(_ paths: String...) throws -> LoadedRules {
    try RulePackLoader.load(
      paths: paths.map { folder.appendingPathComponent($0).path }, adding: ShippedRules.loadBasis())
  }

  /// The records that match, by rule and file.
  static func matches(of set: RuleSet, in paths: [String], below root: String) -> [Pair: [UInt64]] {
    let scratch = set.makeScratch()
    var result: [Pair: [UInt64]] = [:]
    for path in paths {
      let file = String(path.dropFirst(root.count + 1))
      for event in readAll(path: path).events {
        for index in event.withFields({ set.matches($0, scratch) }).rules {
          result[Pair(rule: set.rules[index].id, file: file), default: []].append(event.recordID ?? 0)
        }
      }
    }
    return result
  }

  /// The lines of a file of JSON objects.
  static func lines<Line: Decodable>(_ name: String, as type: Line.Type) throws -> [Line] {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}
