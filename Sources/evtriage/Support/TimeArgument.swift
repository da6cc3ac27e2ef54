import ArgumentParser
import EventLog
import Foundation

/// A point in time on the command line: `2026-03-01`, `2026-03-01T08:30` or a time before now such as `36h` or `7d`.
struct TimeArgument: ExpressibleByArgument {
  /// The first moment that the argument names.
  let start: EventTime
  /// The last moment that it names: the end of the day for a date, else the same.
  let end: EventTime

  init?(argument: String) {
    if let seconds = Self.seconds(argument) {
      let now = EventTime(ticks: Int64(Date().timeIntervalSince1970) * EventTime.ticksPerSecond)
      start = EventTime(ticks: now.ticks - seconds * EventTime.ticksPerSecond)
      end = start
      return
    }
    guard let time = EventTime(argument) else { return nil }
    start = time
    let isDate = argument.count == 10
    end = isDate ? EventTime(ticks: time.ticks + 86_400 * EventTime.ticksPerSecond - 1) : time
  }

  private static func seconds(_ text: String) -> Int64? {
    guard let unit = text.last, let count = Int64(text.dropLast()), (0...100_000).contains(count) else { return nil }
    switch unit {
    case "m": return count * 60
    case "h": return count * 3600
    case "d": return count * 86_400
    default: return nil
    }
  }
}
