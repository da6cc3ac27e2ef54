/// The first and the last of many events: of more than ``limit``, the middle is dropped.
///
/// What is kept depends on the events only, never on the order of adding or merging them.
public struct TimedLedger<Sample: TimedSample> {
  /// How many events are kept at most.
  public let limit: Int
  private var kept: [Sample] = []
  private var recent: [Sample] = []

  /// Makes an empty ledger.
  public init(limit: Int) { self.limit = max(1, limit) }

  /// Makes a ledger of events in the order of time, not more than are kept.
  init(limit: Int, sorted samples: [Sample]) {
    self.init(limit: limit)
    kept = samples
  }

  /// The events that are kept, in the order of time.
  public var samples: [Sample] { compacted().kept }

  /// Offers an event.
  public mutating func add(_ sample: Sample) {
    recent.append(sample)
    if recent.count >= max(64, limit) { self = compacted() }
  }

  /// Offers the events of another ledger.
  public mutating func merge(_ other: TimedLedger) {
    recent.append(contentsOf: other.kept)
    recent.append(contentsOf: other.recent)
    self = compacted()
  }

  private func compacted() -> TimedLedger {
    guard !recent.isEmpty else { return self }
    var all = kept + recent
    all.sort { $0.position < $1.position }
    var ledger = TimedLedger(limit: limit)
    if all.count > limit {
      let head = (limit + 1) / 2
      ledger.kept = Array(all.prefix(head)) + all.suffix(limit - head)
    } else {
      ledger.kept = all
    }
    return ledger
  }
}

/// The first and the last events that a finding keeps.
public typealias SampleLedger = TimedLedger<EventSample>

extension TimedLedger: Sendable where Sample: Sendable {}

extension TimedLedger: Equatable where Sample: Equatable {
  /// Whether two ledgers keep the same events, sorted yet or not.
  public static func == (left: TimedLedger, right: TimedLedger) -> Bool {
    left.limit == right.limit && left.samples == right.samples
  }
}

extension TimedLedger: Hashable where Sample: Hashable {
  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(limit)
    hasher.combine(samples)
  }
}

private enum LedgerKeys: String, CodingKey { case limit, samples }

extension TimedLedger: Codable where Sample: Codable {

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: LedgerKeys.self)
    self.init(limit: try container.decode(Int.self, forKey: .limit))
    kept = try container.decode([Sample].self, forKey: .samples)
  }

  /// Writes the events that are kept.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: LedgerKeys.self)
    try container.encode(limit, forKey: .limit)
    try container.encode(samples, forKey: .samples)
  }
}

extension TimedLedger: SourceShifting where Sample: SourceShifting {
  func shiftingSources(by offset: Int) -> TimedLedger {
    var copy = TimedLedger(limit: limit)
    copy.kept = samples.map { $0.shiftingSources(by: offset) }
    return copy
  }
}
