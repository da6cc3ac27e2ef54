public import EventLog

/// Which events are looked at, and how many of them are kept.
public struct TriageOptions: Sendable, Hashable {
  /// Events before this time are left out.
  public var since: EventTime?
  /// Events after this time are left out.
  public var until: EventTime?
  /// Only events of these computers; a name without dots stands for the first label too. All when empty.
  public var computers: [String] = []
  /// Only events of these channels. All when empty.
  public var channels: [String] = []
  /// How many events of each finding the report lists.
  public var eventsPerFinding = 20
  /// The part of the inputs that is looked at; all of it when nil.
  public var slice: TriageSlice?
  /// How many threads decode and match.
  public var jobs = 1
  /// Bounds on hostile input.
  public var limits = ReadingLimits()

  /// Makes the usual options.
  public init() {}

  /// Whether an event passes the filters; one without a time passes the time filters.
  public func includes(_ event: Event) -> Bool {
    includes(time: event.timeCreated) && includes(channel: event.channel, computer: event.computer)
  }

  /// Whether a time passes the filters.
  func includes(time: EventTime?) -> Bool {
    guard let time else { return true }
    if let since, time < since { return false }
    if let until, time > until { return false }
    return true
  }

  /// Whether a log passes the filters.
  func includes(channel: String, computer: String) -> Bool {
    if !channels.isEmpty, !channels.contains(where: { $0.equalsIgnoringCase(channel) }) { return false }
    return computers.isEmpty || computers.contains { Self.names(computer, $0) }
  }

  private static func names(_ computer: String, _ wanted: String) -> Bool {
    if computer.equalsIgnoringCase(wanted) { return true }
    guard !wanted.contains("."), let dot = computer.firstIndex(of: ".") else { return false }
    return String(computer[..<dot]).equalsIgnoringCase(wanted)
  }
}

/// One of several equal parts of the inputs: every chunk is in exactly one, so that summaries of all parts merge into
/// that of the whole.
public struct TriageSlice: Sendable, Hashable, Codable {
  /// The number of the part, from 1.
  public var number: Int
  /// How many parts there are.
  public var count: Int

  /// Makes a part; nil when the number is not between 1 and the count.
  public init?(number: Int, count: Int) {
    guard count >= 1, count <= 10_000, (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  func includes(chunk index: Int) -> Bool { index % count == number - 1 }
}

extension String {
  fileprivate func equalsIgnoringCase(_ other: String) -> Bool { lowercased() == other.lowercased() }
}
