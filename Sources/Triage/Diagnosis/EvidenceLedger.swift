import EventLog
import RuleEngine

/// The remembered events that are evidence for something, compactly: bounded by kinds, computers and values.
public struct EvidenceLedger: Sendable, Hashable, Codable {
  /// How many combinations of probe, computer and values are told apart.
  static let keyLimit = 10_000

  private var series: [EvidenceKey: EvidenceSeries] = [:]
  /// Events that were not remembered because there were too many combinations.
  public private(set) var droppedCount = 0

  /// Makes an empty ledger.
  public init() {}

  /// Remembers an event.
  public mutating func add(_ key: EvidenceKey, _ sample: @autoclosure () -> EventSample) {
    guard series[key] != nil || series.count < Self.keyLimit else {
      droppedCount += 1
      return
    }
    series[key, default: EvidenceSeries()].add(sample())
  }

  /// Adds what was remembered elsewhere.
  public mutating func merge(_ other: EvidenceLedger) {
    droppedCount += other.droppedCount
    for (key, value) in other.series.sorted(by: { $0.key < $1.key }) {
      guard series[key] != nil || series.count < Self.keyLimit else {
        droppedCount += 1
        continue
      }
      series[key, default: EvidenceSeries()].merge(value)
    }
  }

  /// The series by probe, in the order of computers and values.
  func byProbe() -> [String: [(key: EvidenceKey, series: EvidenceSeries)]] {
    Dictionary(grouping: series.sorted { $0.key < $1.key }.map { (key: $0.key, series: $0.value) }, by: \.key.probe)
  }
}
