import EventLog
import RuleEngine
import Triage

/// Writes why the rule of a finding matched its events: each way once, with the events that have it.
struct MarkdownReasons {
  private let ways: [Way]

  /// How many ways are told.
  private static let limit = 4

  init(_ finding: ReportFinding) { ways = Self.ways(finding.matches) }

  func write(to page: inout MarkdownPage) {
    guard !ways.isEmpty else { return }
    page.paragraph("**Why it matched**")
    let rest = ways.count - Self.limit
    page.list(
      ways.prefix(Self.limit).map { way in
        let head = "\(Self.links(way.events)):"
        let alike = way.others.isEmpty ? [] : ["with other text around it: \(Self.links(way.others))"]
        let lines = way.lines + alike
        return lines.count == 1 ? "\(head) \(lines[0])" : "\(head)\n" + lines.map { "- \($0)" }.joined(separator: "\n")
      } + (rest > 0 ? ["… and \(Wording.count(rest, "more way", "more ways")); the JSON report tells all"] : []))
  }

  private static func links(_ events: [Int]) -> String {
    Wording.list(events.map { "[E\($0 + 1)](#e\($0 + 1))" }, limit: 4)
  }

  /// `selection`: `CommandLine` has `powershell.exe `**`-enc`**` SQBF…`; of several parts, the parts only.
  private static func line(_ test: Test) -> String {
    let field = test.field.isEmpty ? "the event" : MarkdownText.code(test.field)
    let place = test.selection.map { "\(MarkdownText.code($0)): " } ?? ""
    let found = test.reasons.filter { $0.matched?.isEmpty == false }
    guard let first = found.first else {
      return "\(place)\(field) is \(test.reasons.contains { $0.matched == nil } ? "not there" : "empty")"
    }
    guard found.count == 1 else {
      return "\(place)\(field) has " + Wording.list(found.map { bold($0.matched ?? "") }, limit: MatchReason.limit)
    }
    let around = [first.before, first.after].map { $0.isEmpty ? "" : MarkdownText.code($0) }
    return "\(place)\(field) has \(around[0])\(bold(first.matched ?? ""))\(around[1])\(wanted(first))"
  }

  /// What the rule asks for where the value alone does not show it: `(gte: 5)`.
  private static func wanted(_ reason: MatchReason) -> String {
    guard let expected = reason.expected, !reason.modifiers.allSatisfy(selfEvident.contains) else { return "" }
    return " (\(MarkdownText.code("\(reason.modifiers.joined(separator: "|")): \(expected)")))"
  }

  /// Modifiers whose values stand in the matched part as they are.
  private static let selfEvident: Set = ["contains", "startswith", "endswith", "all", "cased", "windash"]

  private static func bold(_ text: String) -> String { "**\(MarkdownText.code(text))**" }
}

extension MarkdownReasons {
  /// The tests of one field in one selection.
  private struct Test {
    var selection: String?
    var field: String
    var reasons: [MatchReason]
  }

  /// Events whose values have the same parts in the same places.
  private struct Way {
    /// What is told of the first event.
    let lines: [String]
    /// The events of which the same is told.
    var events: [Int]
    /// The events with other text around the parts.
    var others: [Int] = []

    mutating func add(_ event: Int, _ lines: [String]) {
      if lines == self.lines { events.append(event) } else { others.append(event) }
    }
  }

  private static func ways(_ matches: [ReportMatch]) -> [Way] {
    var positions: [[[String?]]: Int] = [:]
    var ways: [Way] = []
    for match in matches {
      let parts = match.reasons.map { [$0.selection, $0.field, $0.matched?.lowercased()] }
      if let position = positions[parts] {
        // Of the ways beyond the limit nothing is told.
        if position < limit { ways[position].add(match.event, tests(match.reasons).map(line)) }
      } else {
        positions[parts] = ways.count
        ways.append(Way(lines: ways.count < limit ? tests(match.reasons).map(line) : [], events: [match.event]))
      }
    }
    return ways
  }

  private static func tests(_ reasons: [MatchReason]) -> [Test] {
    var tests: [Test] = []
    for reason in reasons {
      if let position = tests.firstIndex(where: { $0.selection == reason.selection && $0.field == reason.field }) {
        tests[position].reasons.append(reason)
      } else {
        tests.append(Test(selection: reason.selection, field: reason.field, reasons: [reason]))
      }
    }
    return tests
  }
}
