public import EventLog

/// When events happened, in bins of equal width.
///
/// The width is the smallest power of two of minutes that spans all events in at most ``binLimit`` bins, and bins are
/// aligned to 1970: so it depends on the events only, never on the order of adding or merging them.
public struct EventHistogram: Sendable, Hashable {
  /// The most bins there are.
  static let binLimit: Int64 = 128

  /// The width of a bin as a power of two, in minutes.
  private var widthExponent: Int64 = 0
  /// The number of events by bin.
  private var bins: [Int64: Int] = [:]

  /// Makes an empty histogram.
  public init() {}

  /// Counts events of one minute.
  public mutating func add(_ time: EventTime, count: Int = 1) {
    let known = bins.count
    bins[time.minute.dividedFlooring(by: 1 << widthExponent), default: 0] += count
    if bins.count > known { narrow() }
  }

  /// Adds another histogram's counts.
  public mutating func merge(_ other: EventHistogram) {
    var other = other
    widen(to: max(widthExponent, other.widthExponent))
    other.widen(to: widthExponent)
    bins.merge(other.bins, uniquingKeysWith: +)
    narrow()
  }

  /// The counts in a number of columns of equal width over a span of time.
  public func columns(_ count: Int, from first: EventTime, to last: EventTime) -> [Int] {
    var columns = [Int](repeating: 0, count: count)
    let tickWidth = (60 * EventTime.ticksPerSecond) << widthExponent
    let span = max(1, last.ticks - first.ticks)
    for (bin, events) in bins {
      let start = min(max(bin * tickWidth, first.ticks), last.ticks)
      let share = Double(start - first.ticks) / Double(span)
      columns[min(count - 1, Int(share * Double(count)))] += events
    }
    return columns
  }

  private mutating func narrow() {
    while let first = bins.keys.min(), let last = bins.keys.max(), last - first >= Self.binLimit {
      widen(to: widthExponent + 1)
    }
  }

  private mutating func widen(to exponent: Int64) {
    guard exponent > widthExponent else { return }
    let factor: Int64 = 1 << (exponent - widthExponent)
    var wider: [Int64: Int] = [:]
    for (bin, events) in bins { wider[bin.dividedFlooring(by: factor), default: 0] += events }
    bins = wider
    widthExponent = exponent
  }
}

extension EventHistogram: Codable {
  private enum CodingKeys: String, CodingKey { case widthExponent, bins }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    widthExponent = try container.widthExponent(forKey: .widthExponent)
    bins = try container.decode(SortedEntries<Int64, Int>.self, forKey: .bins).dictionary
  }

  /// Writes the bins in the order of time.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(widthExponent, forKey: .widthExponent)
    try container.encode(SortedEntries(bins), forKey: .bins)
  }
}
