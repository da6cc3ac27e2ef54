import EventLog

/// What makes remembered events of one probe interchangeable: computer and the values that evidence may ask for.
public struct EvidenceKey: Sendable, Hashable, Codable, Comparable {
  /// The probe's name.
  public var probe: String
  /// The computer, as spelt in the events.
  public var computer: String
  /// The values of the probe's fields.
  public var values: [String]

  /// Makes a key.
  public init(probe: String, computer: String, values: [String] = []) {
    self.probe = probe
    self.computer = computer
    self.values = values
  }

  /// Orders by probe, computer and values.
  public static func < (left: EvidenceKey, right: EvidenceKey) -> Bool {
    if left.probe != right.probe { return left.probe < right.probe }
    if left.computer != right.computer { return left.computer < right.computer }
    return left.values.lexicographicallyPrecedes(right.values)
  }
}

/// When events of one kind happened: the first and the last event of each of a bounded number of bins.
///
/// Only bins with events count, so a few events are all remembered however far apart they are. Bins are as wide as
/// needed, a power of two of minutes aligned to 1970, so they depend on the events only.
public struct TimedSeries<Sample: TimedSample>: Mergeable {
  struct Bin {
    var first: Sample
    var last: Sample
    var count: Int
  }

  /// What is known of the events in a span of time.
  struct Found {
    /// How many there are at least.
    var count = 0
    /// The first and last known ones, in the order of time.
    var samples: [Sample] = []
    /// Whether there may be more, of which no time is known.
    var mayHaveMore = false
  }

  /// The most bins there are.
  static var binLimit: Int { 64 }

  /// The width of a bin as a power of two, in minutes.
  private(set) var widthExponent: Int64 = 0
  private var bins: [Int64: Bin] = [:]

  /// Makes an empty series.
  public init() {}

  /// Makes an empty series with bins that are wider from the start, because those of a series that it will be merged
  /// into are.
  init(widthExponent: Int64) { self.widthExponent = widthExponent }

  /// How many events were added.
  public var count: Int { bins.values.reduce(0) { $0 + $1.count } }

  /// Whether there are none.
  var isEmpty: Bool { bins.isEmpty }

  /// One of the events.
  var example: Sample? { bins.values.first?.first }

  /// Remembers an event; one without a time cannot be evidence.
  public mutating func add(_ sample: Sample) {
    guard let time = sample.time else { return }
    add(Bin(first: sample, last: sample, count: 1), minute: time.minute)
  }

  /// Remembers the events of one minute.
  mutating func add(_ events: Bin, minute: Int64) {
    insert(events, at: minute.dividedFlooring(by: 1 << widthExponent))
    if bins.count > Self.binLimit { narrow() }
  }

  /// Adds the events of another series.
  public mutating func merge(_ other: TimedSeries) {
    var other = other
    widen(to: max(widthExponent, other.widthExponent))
    other.widen(to: widthExponent)
    for (index, bin) in other.bins { insert(bin, at: index) }
    narrow()
  }

  /// The series with bins at least so wide.
  func widened(to exponent: Int64) -> TimedSeries {
    var series = self
    series.widen(to: exponent)
    return series
  }

  /// The events between two times, inclusive, as far as they are known.
  func occurrences(from start: EventTime, to end: EventTime) -> Found {
    var found = Found()
    guard start <= end else { return found }
    for bin in bins.values {
      guard let first = bin.first.time, let last = bin.last.time, first <= end, last >= start else { continue }
      let isInside = (first: first >= start, last: last <= end)
      if isInside == (true, true) {
        found.count += bin.count
      } else {
        found.count += (isInside.first ? 1 : 0) + (isInside.last ? 1 : 0)
        if bin.count > 2 { found.mayHaveMore = true }
      }
      if isInside.first { found.samples.append(bin.first) }
      if isInside.last, bin.first.position < bin.last.position { found.samples.append(bin.last) }
    }
    found.samples.sort { $0.position < $1.position }
    return found
  }

  /// Whether an event is known between two times, both exclusive.
  func hasOccurrence(after start: EventTime, before end: EventTime) -> Bool {
    bins.values.contains { bin in
      [bin.first.time, bin.last.time].contains { time in time.map { $0 > start && $0 < end } ?? false }
    }
  }

  private mutating func insert(_ bin: Bin, at index: Int64) {
    guard let place = bins.index(forKey: index) else {
      bins[index] = bin
      return
    }
    let known = bins.values[place]
    if bin.first.position < known.first.position { bins.values[place].first = bin.first }
    if known.last.position < bin.last.position { bins.values[place].last = bin.last }
    bins.values[place].count += bin.count
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

extension TimedSeries {
  /// The series with every event replaced by what stands for it.
  func mapSamples<Other: TimedSample>(_ transform: (Sample) -> Other) -> TimedSeries<Other> {
    var series = TimedSeries<Other>()
    series.widthExponent = widthExponent
    series.bins = bins.mapValues { bin in
      TimedSeries<Other>.Bin(first: transform(bin.first), last: transform(bin.last), count: bin.count)
    }
    return series
  }
}

/// When events that may be evidence happened.
public typealias EvidenceSeries = TimedSeries<EventSample>

extension TimedSeries: Sendable where Sample: Sendable {}
extension TimedSeries.Bin: Sendable where Sample: Sendable {}
extension TimedSeries: Equatable where Sample: Equatable {}
extension TimedSeries.Bin: Equatable where Sample: Equatable {}
extension TimedSeries: Hashable where Sample: Hashable {}
extension TimedSeries.Bin: Hashable where Sample: Hashable {}
extension TimedSeries.Bin: Codable where Sample: Codable {}

private enum SeriesKeys: String, CodingKey { case widthExponent, bins }

extension TimedSeries: Codable where Sample: Codable {
  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SeriesKeys.self)
    widthExponent = try container.widthExponent(forKey: .widthExponent)
    bins = try container.decode(SortedEntries<Int64, Bin>.self, forKey: .bins).dictionary
  }

  /// Writes the bins in the order of time.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SeriesKeys.self)
    try container.encode(widthExponent, forKey: .widthExponent)
    try container.encode(SortedEntries(bins), forKey: .bins)
  }
}

extension TimedSeries: SourceShifting where Sample: SourceShifting {
  func shiftingSources(by offset: Int) -> TimedSeries { mapSamples { $0.shiftingSources(by: offset) } }
}
