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
/// Beyond ``limit`` bursts the gap that separates them doubles until they are few enough.
public struct Episodes: Sendable, Hashable, Codable {
  /// How many bursts are told apart at most.
  static let limit = 128

  private var gapSeconds: Int64 = 30 * 60
  /// The bursts in the order of time.
  public private(set) var list: [Episode] = []

  /// Makes none.
  public init() {}

  /// Adds an event.
  public mutating func add(_ time: EventTime) {
    // Logs are mostly in the order of time, so the last burst is the likeliest place.
    if let last = list.last, time >= last.last, time.ticks - last.last.ticks < gap {
      list[list.count - 1].last = time
      return
    }
    join([Episode(first: time, last: time)])
  }

  /// Adds the bursts of the same finding elsewhere.
  public mutating func merge(_ other: Episodes) {
    gapSeconds = max(gapSeconds, other.gapSeconds)
    join(other.list)
  }

  private var gap: Int64 { gapSeconds * EventTime.ticksPerSecond }

  private mutating func join(_ others: [Episode]) {
    var all = list + others
    repeat {
      all.sort { ($0.first, $0.last) < ($1.first, $1.last) }
      all = all.reduce(into: []) { joined, episode in
        if let last = joined.last, episode.first.ticks - last.last.ticks < gap {
          joined[joined.count - 1].last = max(last.last, episode.last)
        } else {
          joined.append(episode)
        }
      }
      if all.count > Self.limit { gapSeconds *= 2 }
    } while all.count > Self.limit
    list = all
  }
}
