import EventLog
import Foundation
import TestSupport
import Testing

/// Compares every field of every real event with what another parser read.
@Suite(.enabled(if: Corpus.isPresent, "the corpus is not beside the project"))
struct CorpusTruthTests {
  @Test func everyFieldEqualsTheGroundTruth() throws {
    var events = 0
    for line in try truthLines() {
      let truth = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let file = try #require(truth["file"] as? String)
      let rows = try #require(truth["rows"] as? [[String: Any]])
      let result = readAll(path: Corpus.root.appendingPathComponent(file).path)
      #expect(result.failure == nil, "\(file)")
      #expect(result.tally.intact == rows.count, "\(file): \(result.tally)")
      #expect(result.tally.recovered == 0 && result.tally.unreadable == 0, "\(file): \(result.tally.damage.prefix(3))")
      for (index, (event, row)) in zip(result.events, rows).enumerated() {
        let expected = flatten(row)
        let actual = describe(event)
        if expected != actual {
          let (missing, extra) = (expected.subtracting(actual), actual.subtracting(expected))
          Issue.record("\(file) event \(index): expected \(missing), read \(extra)")
          return
        }
      }
      events += result.events.count
    }
    #expect(events == 20_070)
  }

  private func truthLines() throws -> [Substring] {
    let path = Corpus.root.appendingPathComponent("truth.jsonl.gz").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  /// The truth's row as a set of `name=value`; numbers and times are normalised as the reader's types do.
  private func flatten(_ row: [String: Any]) -> Set<String> {
    var facts = Set<String>()
    for (name, value) in row {
      switch value {
      case let text as String: facts.insert("\(name)=\(normalised(name, text))")
      case let list as [[Any]]:
        for (index, pair) in list.enumerated() {
          facts.insert("\(name)[\(index)] \(pair[0] as? String ?? "-")=\(pair[1] as? String ?? "")")
        }
      case let list as [String]: for text in list { facts.insert("\(name)=\(text)") }
      default: break
      }
    }
    return facts.filter { !$0.hasSuffix("=") || $0.hasPrefix("Data[") || $0.hasPrefix("UserData[") }
  }

  private func normalised(_ name: String, _ text: String) -> String {
    switch name {
    case "TimeCreated.SystemTime": EventTime(text)?.description ?? text
    case "Keywords": UInt64(text.dropFirst(2), radix: 16).map { String($0) } ?? text
    default: text
    }
  }

  private func describe(_ event: Event) -> Set<String> {
    var facts = Set<String>()
    func add(_ name: String, _ value: (some CustomStringConvertible)?) {
      if let value, !value.description.isEmpty { facts.insert("\(name)=\(value)") }
    }
    add("Provider.Name", event.provider.name)
    add("Provider.Guid", event.provider.guid)
    add("Provider.EventSourceName", event.provider.eventSourceName)
    add("EventID", event.eventID)
    add("EventID.Qualifiers", event.qualifiers)
    add("Version", event.version)
    add("Level", event.level?.rawValue)
    add("Task", event.task)
    add("Opcode", event.opcode)
    add("Keywords", event.keywords)
    add("TimeCreated.SystemTime", event.timeCreated)
    add("EventRecordID", event.recordID)
    add("Correlation.ActivityID", event.activityID)
    add("Correlation.RelatedActivityID", event.relatedActivityID)
    add("Execution.ProcessID", event.processID)
    add("Execution.ThreadID", event.threadID)
    add("Channel", event.channel)
    add("Computer", event.computer)
    add("Security.UserID", event.userID)
    for field in event.unparsedSystemFields { add(field.name.replacingOccurrences(of: "_", with: "."), field.value) }
    // The truth lists `<Data>` only; these two come from `<ComplexData>`.
    let items = event.data.filter { $0.name != "IdleState" && $0.name != "PerfState" }
    for (index, item) in items.enumerated() { facts.insert("Data[\(index)] \(item.name ?? "-")=\(item.value)") }
    for (index, leaf) in event.userData.enumerated() {
      facts.insert("UserData[\(index)] \(leaf.name)=\(leaf.value)")
    }
    add("Binary", event.binary)
    return facts
  }
}
