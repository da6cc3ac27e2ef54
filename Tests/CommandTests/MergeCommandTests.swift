import EventLog
import Foundation
import TestSupport
import Testing

/// Failed and successful logons of three accounts on two computers, which only together are too many.
private enum Logons {
  static let rules = """
    title: Guessed
    level: critical
    correlation:
      type: temporal_ordered
      rules: [many_failed, good]
      group-by: [TargetUserName]
      timespan: 10m
    ---
    title: Many failed logons
    name: many_failed
    correlation:
      type: event_count
      rules: [failed]
      group-by: [TargetUserName]
      timespan: 60s
      condition: {gte: 12}
    ---
    title: Failed logon
    name: failed
    tags: [attack.t1110]
    logsource: {product: windows, service: security}
    detection: {selection: {EventID: 4625}, condition: selection}
    ---
    title: Successful logon
    name: good
    logsource: {product: windows, service: security}
    detection: {selection: {EventID: 4624}, condition: selection}
    ---
    title: Spray
    level: high
    correlation:
      type: value_count
      rules: [failed]
      group-by: [Computer]
      timespan: 5m
      condition: {field: TargetUserName, gte: 3}
    """

  /// - Parameters:
  ///   - records: The record numbers; an event's time and account follow from its own.
  ///   - padding: How long a value that nobody looks at is.
  /// - Returns: The export.
  static func export(_ records: some Sequence<Int>, padding: Int = 0) -> String {
    let padding = String(repeating: "x", count: padding)
    return EventXML.export(
      records.map { record in
        var event = Event()
        event.provider.name = "Microsoft-Windows-Security-Auditing"
        event.eventID = record % 97 == 0 ? 4624 : 4625
        // Neighbours change places, so that the order of files is not that of time.
        event.timeCreated = EventTime(
          ticks: 17_723_520_000_000_000 + Int64(record ^ 1) * EventTime.ticksPerSecond)
        event.computer = "DC0\(record % 2).example.com"
        event.channel = "Security"
        event.recordID = UInt64(record)
        event.data = [
          DataItem(name: "TargetUserName", value: ["anna", "Bert", "carl"][record % 3]),
          DataItem(name: "Padding", value: padding),
        ]
        return event
      })
  }
}

@Suite("evtriage merge") struct MergeCommandTests {
  private func folder(_ files: [String: String]) throws -> Folder {
    let folder = try Folder()
    try folder.write(Logons.rules, "rules.yml")
    for (name, text) in files { try folder.write(text, name) }
    return folder
  }

  private func report(_ folder: Folder, _ arguments: [String]) throws -> String {
    let common = ["--rules", "rules.yml"] + (arguments.first == "report" ? ["--max-events", "4"] : [])
    let output = try Subprocess.run(
      Tool.path, arguments + common, directory: URL(fileURLWithPath: folder.path))
    #expect(output.exitCode == 0, "\(output.standardError)")
    return output.standardOutput
  }

  @Test("three inputs read apart come to the report on all of them, correlations over them included")
  func threeSummaries() throws {
    // Each input has every third event, so that no window is within one.
    let files = Dictionary(
      uniqueKeysWithValues: (0..<3).map { part in
        ("\(part).xml", Logons.export(stride(from: part * 2 + 1, to: 900, by: 6).flatMap { [$0, $0 + 1] }))
      })
    let folder = try folder(files)
    let whole = try report(folder, ["report", "0.xml", "1.xml", "2.xml"])
    #expect(whole.contains("Guessed — critical"))
    #expect(whole.contains("Spray — high"))
    #expect(whole.contains("Many failed logons, then Successful logon: all of them, in this order, within 10m for"))
    for part in 0..<3 {
      let alone = try report(folder, ["report", "\(part).xml", "--summary-out", "\(part).json"])
      #expect(!alone.contains("Guessed — critical"))
    }
    #expect(try report(folder, ["merge", "0.json", "1.json", "2.json"]) == whole)
    #expect(try report(folder, ["report", "0.xml", "1.xml", "2.xml", "--jobs", "1"]) == whole)
  }

  @Test("eight slices of one input come to the report on it, whatever their order")
  func slices() throws {
    let folder = try folder(["big.xml": Logons.export(1...2300, padding: 16_000)])
    let whole = try report(folder, ["report", "big.xml"])
    #expect(whole.contains("Guessed — critical"))
    for number in 1...8 {
      _ = try report(folder, ["report", "big.xml", "--slice", "\(number)/8", "--summary-out", "\(number).json"])
    }
    let order = [3, 1, 8, 2, 7, 4, 6, 5]
    #expect(try report(folder, ["merge"] + order.map { "\($0).json" }) == whole)
  }

  @Test("a summary with a damaged ledger is refused by name, and the rest is reported")
  func damaged() throws {
    let folder = try folder(["a.xml": Logons.export(1...60), "b.xml": Logons.export(61...120)])
    for name in ["a", "b"] { _ = try report(folder, ["report", "\(name).xml", "--summary-out", "\(name).json"]) }
    let text = try folder.read("b.json")
    let values = try #require(text.firstRange(of: "\"values\":\""))
    try folder.write(text.replacingCharacters(in: values.upperBound..<values.upperBound, with: "AAAA"), "b.json")
    let output = try Tool.run("merge", "a.json", "b.json", "--rules", "rules.yml", in: folder)
    #expect(output.exitCode == 2)
    #expect(output.standardError.contains("b.json: this summary is damaged; read the logs again."))
    #expect(output.standardOutput.contains("60 events"))
  }
}
