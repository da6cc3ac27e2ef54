import EventLog

/// How far a computer's clock was off until it was set.
struct ClockShift: Sendable, Hashable, Codable, Comparable {
  /// By how many seconds the clock was moved; negative when it had been fast.
  var seconds: Int64
  /// When.
  var time: EventTime

  /// The smaller shift first.
  static func < (left: ClockShift, right: ClockShift) -> Bool {
    (abs(left.seconds), left.time, left.seconds) < (abs(right.seconds), right.time, right.seconds)
  }
}

/// The largest corrections of clocks that the events show, by computer.
///
/// Times of different computers are apart by the same amount until then, so windows across computers are widened by it.
struct ClockShifts: Sendable, Hashable, Codable {
  /// Smaller ones do not matter to windows of minutes.
  static let smallest: Int64 = 60
  /// Larger ones are no skew but a clock that was never set.
  static let largest: Int64 = 86_400

  /// The events of the time service that give an offset.
  static let timeServiceIDs: Set = [33, 34, 52]

  /// The largest shifts of a computer.
  private struct Largest: Sendable, Hashable, Codable, Mergeable {
    var list: [ClockShift] = []

    mutating func merge(_ other: Largest) { list = Array(Set(list + other.list).sorted(by: >).prefix(32)) }
  }

  private var shifts = BoundedTable<String, Largest>(limit: 4_000)

  /// Whether no clock is known to have been off.
  var isEmpty: Bool { shifts.kept.isEmpty }

  /// The largest shift of each computer, by name.
  var largestByComputer: [(computer: String, shift: ClockShift)] {
    shifts.kept.sorted { $0.key < $1.key }.compactMap { entry in entry.value.list.max().map { (entry.key, $0) } }
  }

  /// The shifts by computer.
  func byHost(_ hosts: Hosts) -> HostIndex<[ClockShift]> {
    HostIndex(shifts.kept.lazy.map { (host: hosts.host($0.key), value: $0.value.list) })
  }

  /// Learns from an event.
  mutating func add(_ event: Event) {
    guard let time = event.timeCreated, let seconds = event.clockCorrection,
      (Self.smallest...Self.largest).contains(abs(seconds))
    else { return }
    shifts.update(event.computer, default: Largest()) {
      $0.merge(Largest(list: [ClockShift(seconds: seconds, time: time)]))
    }
  }

  /// Adds what was learned elsewhere.
  mutating func merge(_ other: ClockShifts) { shifts.merge(other.shifts) }
}

extension [ClockShift] {
  /// How far a clock may have been off within a week of an episode, in seconds.
  func seconds(near episode: Episode) -> Int64 {
    let week = 7 * 86_400 * EventTime.ticksPerSecond
    return reduce(0) { most, shift in
      let isNear = shift.time.ticks >= episode.first.ticks - week && shift.time.ticks <= episode.last.ticks + week
      return isNear ? Swift.max(most, abs(shift.seconds)) : most
    }
  }
}

extension Event {
  /// By how many seconds the clock was moved, or would have to be moved.
  ///
  /// Kernel-General 1 gives both times; one with the reason 2 read the hardware clock after a pause, in which nothing
  /// was written. Time-Service 33, 34 and 52 give the offset.
  fileprivate var clockCorrection: Int64? {
    switch (provider.name.lowercased(), eventID) {
    case ("microsoft-windows-kernel-general", 1):
      guard dataValue("Reason") != "2", let new = dataValue("NewTime").flatMap({ EventTime($0) }),
        let old = dataValue("OldTime").flatMap({ EventTime($0) })
      else { return nil }
      let (ticks, hasOverflow) = new.ticks.subtractingReportingOverflow(old.ticks)
      return hasOverflow ? nil : ticks / EventTime.ticksPerSecond
    case ("microsoft-windows-time-service", let id?), ("w32time", let id?):
      guard ClockShifts.timeServiceIDs.contains(id) else { return nil }
      let value = dataValue("TimeOffsetSeconds") ?? data.first?.value
      return value.flatMap { Int64($0) }.flatMap { $0 == .min ? nil : $0 }
    default: return nil
    }
  }
}
