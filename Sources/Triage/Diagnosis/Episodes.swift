public import EventLog

/// A burst of a finding's events: judged once, however many events it has.
public struct Episode: Sendable, Hashable, Codable {
  /// The time of the first event.
  public var first: EventTime
  /// The time of the last event.
  public var last: EventTime
}

/// The bursts of a finding: events less than half an hour apart are one.
///
/// What is remembered is the first and the last event of each of a bounded number of bins, half an hour wide or, for
/// findings that never pause, wider by a power of two; so it depends on the events only, never on the order of adding or
/// merging them.
public struct Episodes: Sendable, Hashable {
  /// How many bursts are told apart at most; beyond, the gap that separates them doubles until they are few enough.
  static let limit = 128

  private static let gap: Int64 = 30 * 60 * EventTime.ticksPerSecond
  private static let binLimit = 1024

  private var widthExponent: Int64 = 0
  private var bins: [Int64: Episode] = [:]

  /// Makes none.
  public init() {}

  /// The bursts in the order of time.
  public var list: [Episode] {
    let sorted = bins.sorted { $0.key < $1.key }.map(\.value)
    var gap = Self.gap << widthExponent
    var bursts = Self.joined(sorted, gap: gap)
    while bursts.count > Self.limit {
      gap *= 2
      bursts = Self.joined(bursts, gap: gap)
    }
    return bursts
  }

  /// Adds an event.
  public mutating func add(_ time: EventTime) { add(Episode(first: time, last: time)) }

  /// Adds events of one minute.
  mutating func add(_ events: Episode) {
    insert(events, at: events.first.ticks.dividedFlooring(by: Self.gap << widthExponent))
    if bins.count > Self.binLimit { narrow() }
  }

  /// Adds the bursts of the same finding elsewhere.
  public mutating func merge(_ other: Episodes) {
    var other = other
    widen(to: max(widthExponent, other.widthExponent))
    other.widen(to: widthExponent)
    for (index, bin) in other.bins { insert(bin, at: index) }
    narrow()
  }

  private static func joined(_ bursts: [Episode], gap: Int64) -> [Episode] {
    bursts.reduce(into: []) { joined, burst in
      if let last = joined.last, burst.first.ticks - last.last.ticks < gap {
        joined[joined.count - 1].last = burst.last
      } else {
        joined.append(burst)
      }
    }
  }

  private mutating func insert(_ bin: Episode, at index: Int64) {
    guard let known = bins[index] else {
      bins[index] = bin
      return
    }
    bins[index] = Episode(first: min(known.first, bin.first), last: max(known.last, bin.last))
  }

  private mutating func narrow() {
    while bins.count > Self.binLimit { widen(to: widthExponent + 1) }
  }

  private mutating func widen(to exponent: Int64) {
    guard exponent > widthExponent else { return }
    let old = bins
    let factor: Int64 = 1 << (exponent - widthExponent)
    bins = [:]
    for (index, bin) in old { insert(bin, at: index.dividedFlooring(by: factor)) }
    widthExponent = exponent
  }
}

extension Episodes: Codable {
  private enum CodingKeys: String, CodingKey { case widthExponent, bins }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    widthExponent = try container.widthExponent(forKey: .widthExponent)
    bins = try container.decode(SortedEntries<Int64, Episode>.self, forKey: .bins).dictionary
  }

  /// Writes the bins in the order of time.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(widthExponent, forKey: .widthExponent)
    try container.encode(SortedEntries(bins), forKey: .bins)
  }
}
