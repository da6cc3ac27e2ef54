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
        let links = way.events.map { "[E\($0 + 1)](#e\($0 + 1))" }
        let head = "\(Wording.list(links, limit: 4)):"
        let lines = way.tests.map(line)
        return lines.count == 1 ? "\(head) \(lines[0])" : "\(head)\n" + lines.map { "- \($0)" }.joined(separator: "\n")
      } + (rest > 0 ? ["… and \(Wording.count(rest, "more way", "more ways")); the JSON report tells all"] : []))
  }

  /// `selection`: `CommandLine` has `powershell.exe `**`-enc`**` SQBF…`; of several parts, the parts only. `…` stands for
  /// what is not the same in all events.
  private func line(_ test: Test) -> String {
    let field = test.field.isEmpty ? "the event" : MarkdownText.code(test.field)
    let place = test.selection.map { "\(MarkdownText.code($0)): " } ?? ""
    let found = test.reasons.filter { $0.matched?.isEmpty == false }
    guard let first = found.first else {
      return "\(place)\(field) is \(test.reasons.contains { $0.matched == nil } ? "not there" : "empty")"
    }
    guard found.count == 1 else {
      return "\(place)\(field) has " + Wording.list(found.map { bold($0.matched ?? "") }, limit: MatchReason.limit)
    }
    let around = [first.before, first.after].map { ["", Self.varying].contains($0) ? $0 : MarkdownText.code($0) }
    return "\(place)\(field) has \(around[0])\(bold(first.matched ?? ""))\(around[1])\(wanted(first))"
  }

  /// What the rule asks for where the value alone does not show it: `(gte: 5)`.
  private func wanted(_ reason: MatchReason) -> String {
    guard let expected = reason.expected, !reason.modifiers.allSatisfy(Self.selfEvident.contains) else { return "" }
    return " (\(MarkdownText.code("\(reason.modifiers.joined(separator: "|")): \(expected)")))"
  }

  /// Modifiers whose values stand in the matched part as they are.
  private static let selfEvident: Set = ["contains", "startswith", "endswith", "all", "cased", "windash"]
  private static let varying = "…"

  private func bold(_ text: String) -> String { "**\(MarkdownText.code(text))**" }
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
    var tests: [Test]
    var events: [Int]

    /// Adds an event; the text around a part is told only as far as it is the same in all of them.
    mutating func add(_ match: ReportMatch) {
      events.append(match.event)
      for (test, other) in zip(tests.indices, MarkdownReasons.tests(match.reasons)) {
        for (index, reason) in zip(tests[test].reasons.indices, other.reasons) {
          if tests[test].reasons[index].before != reason.before { tests[test].reasons[index].before = varying }
          if tests[test].reasons[index].after != reason.after { tests[test].reasons[index].after = varying }
        }
      }
    }
  }

  private static func ways(_ matches: [ReportMatch]) -> [Way] {
    var positions: [[[String?]]: Int] = [:]
    var ways: [Way] = []
    for match in matches {
      let parts = match.reasons.map { [$0.selection, $0.field, $0.matched?.lowercased()] }
      if let position = positions[parts] {
        ways[position].add(match)
      } else {
        positions[parts] = ways.count
        ways.append(Way(tests: tests(match.reasons), events: [match.event]))
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
