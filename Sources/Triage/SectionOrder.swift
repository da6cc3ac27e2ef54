import EventLog
import RuleEngine

/// The order of findings: the worst first, of those the ones on more computers, then the more frequent ones; and below
/// each those that are known to follow from it.
struct SectionOrder {
  private let hosts: Hosts

  init(hosts: Hosts) { self.hosts = hosts }

  func ordered(_ sections: [ReportSection]) -> [ReportSection] {
    let sorted = sections.sorted(by: precedes)
    let roots = roots(of: sorted)
    var consequences = sorted.map { _ in [Int]() }
    for index in sorted.indices {
      for root in roots[index] { consequences[root].append(index) }
    }
    var order: [Int] = []
    var seen: Set<Int> = []
    func visit(_ index: Int) {
      guard seen.insert(index).inserted else { return }
      order.append(index)
      consequences[index].forEach(visit)
    }
    for index in sorted.indices where roots[index].isEmpty { visit(index) }
    // Rules that explain each other in a circle have no root; they keep their own order.
    sorted.indices.forEach(visit)
    let numbers = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
    return order.map { index in
      var section = sorted[index]
      section.number = numbers[index] ?? 0
      section.consequenceOf = roots[index].compactMap { numbers[$0] }.filter { $0 < section.number }.sorted()
      return section
    }
  }

  private func precedes(_ left: ReportSection, _ right: ReportSection) -> Bool {
    if left.rule.severity != right.rule.severity { return left.rule.severity > right.rule.severity }
    if left.computers.count != right.computers.count { return left.computers.count > right.computers.count }
    if left.occurrences.count != right.occurrences.count { return left.occurrences.count > right.occurrences.count }
    if left.occurrences.first != right.occurrences.first {
      return (left.occurrences.first?.ticks ?? .max) < (right.occurrences.first?.ticks ?? .max)
    }
    // Of two rules on the same events, the one that says why and what to do comes first.
    if left.rule.isSigma != right.rule.isSigma { return right.rule.isSigma }
    return left.rule.id < right.rule.id
  }

  /// The sections that each section is a known consequence of.
  private func roots(of sections: [ReportSection]) -> [[Int]] {
    let indices = Dictionary(sections.enumerated().map { ($1.rule.id, $0) }) { first, _ in first }
    var roots = sections.map { section in Set(section.rule.consequenceOf.compactMap { indices[$0] }) }
    for (root, section) in sections.enumerated() {
      for consequence in section.rule.explains.compactMap({ indices[$0] }) { roots[consequence].insert(root) }
    }
    return sections.indices.map { index in
      roots[index].filter { $0 != index && follows(sections[index], from: sections[$0]) }.sorted()
    }
  }

  /// Whether a consequence is on the same computer, not before its root, and not a day after it.
  private func follows(_ section: ReportSection, from root: ReportSection) -> Bool {
    guard isNear(section.computers, root.computers) else { return false }
    guard let start = section.occurrences.first, let first = root.occurrences.first, let last = root.occurrences.last
    else { return true }
    let minute = 60 * EventTime.ticksPerSecond
    return start.ticks >= first.ticks - 10 * minute && start.ticks <= last.ticks + 24 * 60 * minute
  }

  /// Whether any computer is among both.
  private func isNear(_ computers: [String], _ others: [String]) -> Bool {
    let index = HostIndex(others.map(hosts.host))
    return computers.contains { index.contains(hosts.host($0)) }
  }
}
