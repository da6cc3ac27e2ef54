/// The first and the last of many events: of more than ``limit``, the middle is dropped.
///
/// What is kept depends on the events only, never on the order of adding or merging them.
public struct SampleLedger: Sendable, Hashable {
  /// How many events are kept at most.
  public let limit: Int
  private var kept: [EventSample] = []
  private var recent: [EventSample] = []

  /// Makes an empty ledger.
  public init(limit: Int) { self.limit = max(1, limit) }

  /// The events that are kept, in the order of time.
  public var samples: [EventSample] { compacted().kept }

  /// Offers an event.
  public mutating func add(_ sample: EventSample) {
    recent.append(sample)
    if recent.count >= max(64, limit) { self = compacted() }
  }

  /// Offers the events of another ledger.
  public mutating func merge(_ other: SampleLedger) {
    recent.append(contentsOf: other.kept)
    recent.append(contentsOf: other.recent)
    self = compacted()
  }

  /// Whether two ledgers keep the same events, sorted yet or not.
  public static func == (left: SampleLedger, right: SampleLedger) -> Bool {
    left.limit == right.limit && left.samples == right.samples
  }

  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(limit)
    hasher.combine(samples)
  }

  private func compacted() -> SampleLedger {
    guard !recent.isEmpty else { return self }
    var all = kept + recent
    all.sort(by: EventSample.precedes)
    var ledger = SampleLedger(limit: limit)
    if all.count > limit {
      let head = (limit + 1) / 2
      ledger.kept = Array(all.prefix(head)) + all.suffix(limit - head)
    } else {
      ledger.kept = all
    }
    return ledger
  }
}

extension SampleLedger: Codable {
  private enum CodingKeys: String, CodingKey { case limit, samples }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(limit: try container.decode(Int.self, forKey: .limit))
    kept = try container.decode([EventSample].self, forKey: .samples)
  }

  /// Writes the events that are kept.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(limit, forKey: .limit)
    try container.encode(samples, forKey: .samples)
  }
}

extension SampleLedger: SourceShifting {
  func shiftingSources(by offset: Int) -> SampleLedger {
    var copy = SampleLedger(limit: limit)
    copy.kept = samples.map { $0.shiftingSources(by: offset) }
    return copy
  }
}
