public import EventLog

/// How many events there were, and the time from the first to the last.
public struct Occurrences: Sendable, Hashable, Codable, Mergeable {
  /// How many events there were.
  public private(set) var count = 0
  /// The earliest time; nil when no event had one.
  public private(set) var first: EventTime?
  /// The latest time; nil when no event had one.
  public private(set) var last: EventTime?

  /// Makes an empty count.
  public init() {}

  /// Sums up events.
  init(_ count: Int, from first: EventTime, to last: EventTime) {
    self.count = count
    self.first = first
    self.last = last
  }

  /// Counts an event.
  public mutating func add(_ time: EventTime?) {
    count += 1
    guard let time else { return }
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }

  /// Adds other occurrences.
  public mutating func merge(_ other: Occurrences) {
    count += other.count
    if let time = other.first { first = first.map { min($0, time) } ?? time }
    if let time = other.last { last = last.map { max($0, time) } ?? time }
  }
}
