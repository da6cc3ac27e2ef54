import EventLog

/// When logs were cleared, by computer and channel: what was written before is gone, unless it was exported earlier.
///
/// Event 1102 says so of the Security log, event 104 of any other
/// (https://learn.microsoft.com/windows/security/threat-protection/auditing/event-1102).
struct LogClearings: Sendable, Hashable, Codable {
  static let eventIDs: Set = [104, 1102]

  /// The latest clearings of a log.
  private struct Latest: Sendable, Hashable, Codable, Mergeable {
    var times: [EventTime] = []

    mutating func merge(_ other: Latest) { times = Array(Set(times + other.times).sorted(by: >).prefix(32)) }
  }

  private var times = BoundedTable<LogKey, Latest>(limit: 4_000)

  /// Learns from an event.
  mutating func add(_ event: Event) {
    guard let time = event.timeCreated, let channel = event.clearedChannel else { return }
    times.update(LogKey(computer: event.computer, channel: channel.lowercased()), default: Latest()) {
      $0.merge(Latest(times: [time]))
    }
  }

  /// Adds what was learned elsewhere.
  mutating func merge(_ other: LogClearings) { times.merge(other.times) }

  /// When a log was cleared; its channel is in small letters.
  typealias Cleared = (channel: String, times: [EventTime])

  /// When logs were cleared, by computer.
  func byHost(_ hosts: Hosts) -> HostIndex<Cleared> {
    HostIndex(times.kept.lazy.map { (host: hosts.host($0.key.computer), value: ($0.key.channel, $0.value.times)) })
  }
}

extension Event {
  /// The channel that the event says was cleared.
  fileprivate var clearedChannel: String? {
    guard let eventID, LogClearings.eventIDs.contains(eventID),
      ["microsoft-windows-eventlog", "eventlog"].contains(provider.name.lowercased())
    else { return nil }
    if eventID == 1102 { return channel }
    return userData.first { $0.name == "Channel" || $0.name.hasSuffix("/Channel") }?.value ?? dataValue("Channel")
  }
}
