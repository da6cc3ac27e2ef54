import EventLog
import RuleEngine

/// The findings of one rule while a report is being made.
struct ReportSection {
  let rule: Rule
  /// The groups, the most frequent first.
  let groups: [(key: FindingKey, value: FindingSummary)]
  let verdicts: [CauseVerdict]
  let changes: [FoundEvidence]
  let occurrences: Occurrences
  let computers: [String]
  /// The number in the report, from 1; set when the order is known.
  var number = 0
  /// The numbers of the findings that this one follows from.
  var consequenceOf: [Int] = []

  init(
    rule: Rule, groups: [(key: FindingKey, value: FindingSummary)], verdicts: [CauseVerdict],
    changes: [FoundEvidence]
  ) {
    self.rule = rule
    self.groups = groups.sorted { left, right in
      let (more, fewer) = (left.value.occurrences.count, right.value.occurrences.count)
      return more == fewer ? left.key < right.key : more > fewer
    }
    self.verdicts = verdicts
    self.changes = changes
    occurrences = groups.reduce(into: Occurrences()) { $0.merge($1.value.occurrences) }
    computers = Set(groups.flatMap(\.value.computers)).sorted()
  }

  /// The cause that the logs speak for the most, if any.
  var likeliest: CauseVerdict? { verdicts.first.flatMap { $0.verdict == .supported ? $0 : nil } }

  /// The first and the last of its events, at most as many as each group keeps.
  func samples(_ limit: Int) -> [EventSample] {
    guard let kept = groups.first?.value.ledger.limit else { return [] }
    var ledger = SampleLedger(limit: limit > 0 ? min(limit, kept) : kept)
    for group in groups { ledger.merge(group.value.ledger) }
    return ledger.samples
  }

  /// The events that are evidence for or against its causes, or changes before it.
  var evidenceSamples: [EventSample] {
    (verdicts.flatMap { $0.supporting + $0.contradicting } + changes).flatMap(\.samples)
  }

  /// One sentence for each of the most frequent groups, without repetition.
  var sentences: [String] {
    var sentences: [String] = []
    for group in groups.prefix(50) where sentences.count < 3 {
      guard let sentence = group.value.headline ?? group.value.ledger.samples.first?.sentence, !sentence.isEmpty else {
        continue
      }
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    return sentences
  }

  /// The counts over a span of time, in columns.
  func activity(_ span: Occurrences) -> [Int] {
    let none = [Int](repeating: 0, count: ReportFinding.sparkColumns)
    guard let first = span.first, let last = span.last else { return none }
    return groups.reduce(into: none) { columns, group in
      let added = group.value.histogram.columns(ReportFinding.sparkColumns, from: first, to: last)
      for index in columns.indices { columns[index] += added[index] }
    }
  }
}

/// The order of findings: the worst first, of those the ones on more computers, then the more frequent ones; and below
/// each those that are known to follow from it.
struct SectionOrder {
  private let hosts: Hosts

  init(hosts: Hosts) { self.hosts = hosts }

  func ordered(_ sections: [ReportSection]) -> [ReportSection] {
    let sorted = sections.sorted(by: precedes)
    let roots = sorted.indices.map { index in
      sorted.indices.filter { $0 != index && follows(sorted[index], from: sorted[$0]) }
    }
    var order: [Int] = []
    var seen: Set<Int> = []
    func visit(_ index: Int) {
      guard seen.insert(index).inserted else { return }
      order.append(index)
      for other in sorted.indices where roots[other].contains(index) { visit(other) }
    }
    for index in sorted.indices where roots[index].isEmpty { visit(index) }
    // Rules that explain each other in a circle have no root; they keep their own order.
    for index in sorted.indices { visit(index) }
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
    if (left.rule.sigma == nil) != (right.rule.sigma == nil) { return left.rule.sigma == nil }
    return left.rule.id < right.rule.id
  }

  /// A known consequence: on the same computer, not before its root, and not a day after it.
  private func follows(_ section: ReportSection, from root: ReportSection) -> Bool {
    guard root.rule.explains.contains(section.rule.id) || section.rule.consequenceOf.contains(root.rule.id),
      root.computers.contains(where: { name in section.computers.contains { hosts.areSame(name, $0) } })
    else { return false }
    guard let start = section.occurrences.first, let first = root.occurrences.first, let last = root.occurrences.last
    else { return true }
    let minute = 60 * EventTime.ticksPerSecond
    return start.ticks >= first.ticks - 10 * minute && start.ticks <= last.ticks + 24 * 60 * minute
  }
}

/// The events that a report lists: those of findings, and those that are evidence.
struct EventTable {
  let rows: [ReportEvent]
  private let positions: [EventLocation: Int]

  private let perFinding: Int

  init(_ sections: [ReportSection], inputs: [Int: SourceSummary], perFinding: Int) {
    var samples: [EventLocation: EventSample] = [:]
    var findings: [EventLocation: Set<Int>] = [:]
    var evidence: [EventLocation: Set<Int>] = [:]
    for section in sections {
      for sample in section.samples(perFinding) {
        samples[sample.location] = samples[sample.location] ?? sample
        findings[sample.location, default: []].insert(section.number)
      }
      for sample in section.evidenceSamples {
        samples[sample.location] = samples[sample.location] ?? sample
        evidence[sample.location, default: []].insert(section.number)
      }
    }
    let sorted = samples.values.sorted(by: EventSample.precedes)
    rows = sorted.map { sample in
      ReportEvent(
        sample: sample.withoutReasons, input: inputs[sample.source]?.name ?? "",
        findings: (findings[sample.location] ?? []).sorted(),
        evidenceFor: (evidence[sample.location] ?? []).sorted())
    }
    self.perFinding = perFinding
    positions = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.location, $0) })
  }

  /// The numbers of the findings before one that are about exactly its events, as far as those are kept.
  func sameEvents(as section: ReportSection, among sections: [ReportSection]) -> [Int] {
    let places = section.samples(perFinding).map(\.location)
    return sections.filter { other in
      other.number < section.number && other.occurrences == section.occurrences
        && other.samples(perFinding).map(\.location) == places
    }.map(\.number)
  }

  func positions(finding number: Int) -> [Int] { rows.indices.filter { rows[$0].findings.contains(number) } }

  /// Why the rule of a section matched its listed events; what has no reasons to tell is left out.
  func matches(_ section: ReportSection) -> [ReportMatch] {
    section.samples(perFinding).compactMap { sample in
      guard let position = positions[sample.location], let reasons = sample.reasons, !reasons.isEmpty else {
        return nil
      }
      return ReportMatch(event: position, reasons: reasons)
    }
  }

  func evidence(_ found: FoundEvidence) -> ReportEvidence {
    ReportEvidence(
      title: found.title, computers: found.computers, count: found.count,
      events: found.samples.compactMap { positions[$0.location] })
  }
}
