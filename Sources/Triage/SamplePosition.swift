public import EventLog

/// Something that is kept of an event.
public protocol TimedSample {
  /// When the event was written, UTC.
  var time: EventTime? { get }
  /// Where it stands.
  var location: EventLocation { get }
}

extension TimedSample {
  /// The place in the order of reports.
  var position: SamplePosition { SamplePosition(time: time, location: location) }
}

/// The order of reports: by time, events without one last, then by place.
struct SamplePosition: Comparable {
  private let ticks: Int64
  private let location: EventLocation

  init(time: EventTime?, location: EventLocation) {
    ticks = time?.ticks ?? .max
    self.location = location
  }

  /// When the event was written; the end of all time for one without.
  var time: EventTime { EventTime(ticks: ticks) }

  static func < (left: SamplePosition, right: SamplePosition) -> Bool {
    left.ticks != right.ticks ? left.ticks < right.ticks : left.location < right.location
  }
}

extension EventFields {
  /// The place of the event in the order of reports.
  var position: SamplePosition { SamplePosition(time: header.timeCreated, location: location) }
}

extension String {
  /// The text cut to a number of characters, with `…` for the rest.
  func truncated(to limit: Int) -> String {
    // A string has at most as many characters as bytes, so most are settled without counting.
    guard utf8.count > limit, count > limit else { return self }
    return prefix(limit - 1) + "…"
  }
}
