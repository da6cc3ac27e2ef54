import EventLog
import RuleEngine

/// The remembered events that are evidence for something, compactly: bounded by kinds, computers and values.
public struct EvidenceLedger: Sendable, Hashable, Codable {
  /// How many combinations of probe, computer and values are told apart.
  static let keyLimit = 10_000

  private var series = BoundedTable<EvidenceKey, EvidenceSeries>(limit: keyLimit)

  /// Makes an empty ledger.
  public init() {}

  /// Events that were not remembered because there were too many combinations.
  public var droppedCount: Int { series.rest?.count ?? 0 }

  /// Remembers an event.
  public mutating func add(_ key: EvidenceKey, _ sample: @autoclosure () -> EventSample) {
    series.update(key, default: EvidenceSeries()) { $0.add(sample()) }
  }

  /// Remembers several events.
  mutating func add(_ key: EvidenceKey, _ events: EvidenceSeries) {
    series.update(key, default: EvidenceSeries()) { $0.merge(events) }
  }

  /// The width of the bins of a series, as a power of two, in minutes; 0 where there is none.
  func widthExponent(of key: EvidenceKey) -> Int64 { series.value(of: key)?.widthExponent ?? 0 }

  /// Adds what was remembered elsewhere.
  public mutating func merge(_ other: EvidenceLedger) { series.merge(other.series) }

  /// The series by probe, in the order of computers and values.
  func byProbe() -> [String: [(key: EvidenceKey, series: EvidenceSeries)]] {
    let sorted = series.kept.sorted { $0.key < $1.key }.map { (key: $0.key, series: $0.value) }
    return Dictionary(grouping: sorted, by: \.key.probe)
  }
}

extension EvidenceLedger: SourceShifting {
  func shiftingSources(by offset: Int) -> EvidenceLedger {
    var copy = self
    copy.series = series.mapValues { $0.shiftingSources(by: offset) }
    return copy
  }
}

extension TriageSummary {
  /// Remembers an event as each evidence that it is; one without a time cannot be any.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - matches: What it matches.
  ///   - catalog: What is evidence.
  ///   - restorer: Has room for events that wait to be told of; by default they are told at once.
  mutating func addEvidence(
    _ event: Event, matches: EventMatches, _ catalog: EvidenceCatalog,
    _ restorer: EventRestorer = EventRestorer(capacity: 0)
  ) {
    guard event.timeCreated != nil else { return }
    let rules = matches.rules.map { catalog.rules.rules[$0] }
    for (probe, values) in catalog.occurrences(event, matches: matches) {
      let key = EvidenceKey(probe: probe.name, computer: event.computer, values: values)
      // What an inline selection finds is told as the rule tells it that knows the event.
      let teller = rules.first { $0.id == probe.ruleID } ?? rules.first { !$0.isSignal } ?? rules.first
      addEvidence(key, EventSample(event, teller.map { .rule($0) } ?? .plain, restorer))
    }
  }
}
