import EventLog
import TestSupport

/// 2026-03-01T08:00:00Z, from which tests count.
let morning = EventTime(ticks: 17_723_520_000_000_000)

/// A moment some seconds after ``morning``.
func after(_ seconds: Int) -> EventTime { EventTime(ticks: morning.ticks + Int64(seconds) * EventTime.ticksPerSecond) }

/// An event as tests write it; its place in the input is its record number unless it is read from text.
func event(
  _ provider: String, _ eventID: Int, at seconds: Int? = 0, on computer: String = "EX01",
  in channel: String = "Application",
  level: Level = .error, record: Int = 1, _ data: String...
) -> Event {
  var event = Event()
  event.provider.name = provider
  event.eventID = eventID
  event.timeCreated = seconds.map(after)
  event.computer = computer
  event.channel = channel
  event.level = level
  event.recordID = UInt64(record)
  event.data = data.map { DataItem(value: $0) }
  event.location = EventLocation(source: 0, byteOffset: UInt64(record))
  return event
}

/// Events of a few kinds, computers and values at random times.
func randomEvents(_ count: Int, seed: UInt64) -> [Event] {
  var random = SeededGenerator(seed: seed)
  return (1...count).map { record in
    let provider = ["Mail", "Clock", "Disk", "Unknown"].randomElement(using: &random) ?? ""
    let seconds = Int.random(in: -90 * 86_400...90 * 86_400, using: &random)
    var made = event(
      provider, Int.random(in: 1...3, using: &random), at: Int.random(in: 0..<50, using: &random) == 0 ? nil : seconds,
      on: ["EX01", "EX02", "DC01"].randomElement(using: &random) ?? "",
      in: ["Application", "System", "Directory Service"].randomElement(using: &random) ?? "",
      level: Level(rawValue: UInt8.random(in: 0...5, using: &random)), record: record)
    made.data = [DataItem(value: "server\(Int.random(in: 1...4, using: &random))"), DataItem(value: "0x5")]
    return made
  }
}
