import EventLog

/// How often and when events happened.
struct TimeTally {
  /// How often, and from when to when.
  private(set) var occurrences = Occurrences()
  /// When.
  private(set) var histogram = EventHistogram()
  /// The bursts of events.
  private(set) var episodes = Episodes()

  /// Counts an event without a time.
  mutating func addUndated() { occurrences.add(nil) }

  /// Counts events of one minute.
  mutating func add(_ count: Int, from first: EventTime, to last: EventTime) {
    occurrences.merge(Occurrences(count, from: first, to: last))
    histogram.add(first, count: count)
    episodes.add(Episode(first: first, last: last))
  }
}

extension EventTime {
  /// The number of the minute since 1970.
  var minute: Int64 { ticks.dividedFlooring(by: 60 * EventTime.ticksPerSecond) }
}
