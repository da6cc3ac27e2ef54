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
    guard let first = groups.first?.value.ledger else { return [] }
    var samples = groups.flatMap(\.value.ledger.samples)
    if groups.count > 1 { samples.sort(by: EventSample.precedes) }
    let most = limit > 0 ? min(limit, first.limit) : first.limit
    guard samples.count > most else { return samples }
    let head = (most + 1) / 2
    return Array(samples.prefix(head)) + samples.suffix(most - head)
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
