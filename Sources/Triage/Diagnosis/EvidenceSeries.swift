public import EventLog

/// What makes remembered events of one probe interchangeable: computer and the values that evidence may ask for.
public struct EvidenceKey: Sendable, Hashable, Codable, Comparable {
  /// The probe's name.
  public var probe: String
  /// The computer, as spelt in the events.
  public var computer: String
  /// The values of the probe's fields.
  public var values: [String]

  /// Orders by probe, computer and values.
  public static func < (left: EvidenceKey, right: EvidenceKey) -> Bool {
    if left.probe != right.probe { return left.probe < right.probe }
    if left.computer != right.computer { return left.computer < right.computer }
    return left.values.lexicographicallyPrecedes(right.values)
  }
}

/// When events of one kind happened: the first and the last event of each of a bounded number of bins.
///
/// Bins are as wide as needed, a power of two of minutes aligned to 1970, so they depend on the events only.
public struct EvidenceSeries: Sendable, Hashable, Codable, Mergeable {
  struct Bin: Sendable, Hashable, Codable {
    var first: EventSample
    var last: EventSample
    var count: Int
  }

  /// The most bins there are.
  static let binLimit: Int64 = 64

  private var widthExponent: Int64 = 0
  private var bins: [Int64: Bin] = [:]

  /// Makes an empty series.
  public init() {}

  /// How many events there are.
  public var count: Int { bins.values.reduce(0) { $0 + $1.count } }

  /// Remembers an event; one without a time cannot be evidence.
  public mutating func add(_ sample: EventSample) {
    guard let time = sample.time else { return }
    let minute = time.ticks.dividedFlooring(by: 60 * EventTime.ticksPerSecond)
    insert(Bin(first: sample, last: sample, count: 1), at: minute.dividedFlooring(by: 1 << widthExponent))
    narrow()
  }

  /// Adds the events of another series.
  public mutating func merge(_ other: EvidenceSeries) {
    var other = other
    widen(to: max(widthExponent, other.widthExponent))
    other.widen(to: widthExponent)
    for (index, bin) in other.bins { insert(bin, at: index) }
    narrow()
  }

  /// The events between two times, inclusive, as far as they are known.
  ///
  /// - Returns: How many there are at least, and the first and last known ones in the order of time.
  public func occurrences(from start: EventTime, to end: EventTime) -> (count: Int, samples: [EventSample]) {
    var count = 0
    var samples: [EventSample] = []
    for bin in bins.values {
      guard let first = bin.first.time, let last = bin.last.time else { continue }
      let isInside = (first: first >= start && first <= end, last: last >= start && last <= end)
      switch isInside {
      case (true, true): count += bin.count
      case (true, false), (false, true): count += 1
      case (false, false): continue
      }
      if isInside.first { samples.append(bin.first) }
      if isInside.last, bin.last != bin.first { samples.append(bin.last) }
    }
    return (count, samples.sorted(by: EventSample.precedes))
  }

  private mutating func insert(_ bin: Bin, at index: Int64) {
    guard var known = bins[index] else {
      bins[index] = bin
      return
    }
    if EventSample.precedes(bin.first, known.first) { known.first = bin.first }
    if EventSample.precedes(known.last, bin.last) { known.last = bin.last }
    known.count += bin.count
    bins[index] = known
  }

  private mutating func narrow() {
    while bins.count > 1, let first = bins.keys.min(), let last = bins.keys.max(), last - first >= Self.binLimit {
      widen(to: widthExponent + 1)
    }
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
