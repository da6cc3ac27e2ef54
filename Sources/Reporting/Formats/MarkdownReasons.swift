import EventLog
import RuleEngine
import Triage

/// Writes why the rule of a finding matched its events: each set of reasons once, with the events that have it.
struct MarkdownReasons {
  private let matches: [ReportMatch]

  /// How many sets of reasons are told.
  private static let limit = 6

  init(_ finding: ReportFinding) { matches = finding.matches }

  func write(to page: inout MarkdownPage) {
    let groups = grouped
    guard !groups.isEmpty else { return }
    page.paragraph("**Why it matched**")
    let rest = groups.count - Self.limit
    page.list(
      groups.prefix(Self.limit).map { group in
        let links = group.events.map { "[E\($0 + 1)](#e\($0 + 1))" }
        let lines = group.reasons.map(line)
        let head = "\(Wording.list(links, limit: 4)): "
        return lines.count == 1 ? head + lines[0] : head + "\n" + lines.map { "- \($0)" }.joined(separator: "\n")
      } + (rest > 0 ? ["… and \(Wording.count(rest, "more way", "more ways")); the JSON report tells all"] : []))
  }

  private var grouped: [(reasons: [MatchReason], events: [Int])] {
    var positions: [[MatchReason]: Int] = [:]
    var groups: [(reasons: [MatchReason], events: [Int])] = []
    for match in matches {
      let position = positions[match.reasons] ?? groups.count
      if position == groups.count { groups.append((match.reasons, [])) }
      positions[match.reasons] = position
      groups[position].events.append(match.event)
    }
    return groups
  }

  /// `selection`: `CommandLine` has `powershell.exe `**`-enc`**` SQBF…`
  private func line(_ reason: MatchReason) -> String {
    let field = reason.field.isEmpty ? "the event" : MarkdownText.code(reason.field)
    let place = reason.selection.map { "\(MarkdownText.code($0)): " } ?? ""
    guard let matched = reason.matched else { return "\(place)\(field) is not there" }
    guard !matched.isEmpty else { return "\(place)\(field) is empty" }
    let around = [reason.before, reason.after].map { $0.isEmpty ? "" : MarkdownText.code($0) }
    return "\(place)\(field) has \(around[0])**\(MarkdownText.code(matched))**\(around[1])"
  }
}
