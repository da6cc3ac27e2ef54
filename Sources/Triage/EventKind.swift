public import EventLog

/// Events of the same provider with the same ID.
public struct EventKind: Sendable, Hashable, Codable, Comparable {
  /// The provider's name in lower case, as exports differ in it.
  public var provider: String
  /// The event ID.
  public var eventID: Int

  /// Makes a kind.
  public init(provider: String, eventID: Int) {
    self.provider = provider
    self.eventID = eventID
  }

  /// Orders by provider and event ID.
  public static func < (left: EventKind, right: EventKind) -> Bool {
    (left.provider, left.eventID) < (right.provider, right.eventID)
  }
}

/// What was seen of the critical, error and warning events of one kind.
public struct TroubleSummary: Sendable, Hashable, Codable, Mergeable {
  /// How often, and from when to when.
  public private(set) var occurrences = Occurrences()
  /// How many of them a rule matched.
  public private(set) var explained = 0
  /// The worst level.
  public private(set) var level = Level.warning
  private var eventsByChannel = BoundedTable<String, Occurrences>(limit: TriageBounds.channelsPerKind)
  /// The first event that no rule matched.
  public private(set) var sample: EventSample?

  /// The channels; at most ``TriageBounds/channelsPerKind``.
  public var channels: Set<String> { Set(eventsByChannel.kept.keys) }

  /// Makes an empty summary.
  public init() {}

  /// Sums up events of one channel and level.
  init(_ occurrences: Occurrences, explained: Int, level: Level, channel: String, sample: EventSample?) {
    self.occurrences = occurrences
    self.explained = explained
    self.level = min(level.rawValue, self.level.rawValue) == level.rawValue ? level : self.level
    self.sample = sample
    eventsByChannel.update(channel, default: Occurrences()) { $0.merge(occurrences) }
  }

  /// Adds an event.
  public mutating func add(_ event: Event, isExplained: Bool) {
    occurrences.add(event.timeCreated)
    if let worse = event.level, worse.rawValue < level.rawValue { level = worse }
    eventsByChannel.update(event.channel, default: Occurrences()) { $0.add(event.timeCreated) }
    guard !isExplained else {
      explained += 1
      return
    }
    guard isEarlier(event) else { return }
    offer(EventSample(event, sentence: event.plainSentence))
  }

  /// Adds another summary of the same kind.
  public mutating func merge(_ other: TroubleSummary) {
    occurrences.merge(other.occurrences)
    explained += other.explained
    if other.level.rawValue < level.rawValue { level = other.level }
    eventsByChannel.merge(other.eventsByChannel)
    if let sample = other.sample { offer(sample) }
  }

  private func isEarlier(_ event: Event) -> Bool {
    guard let sample else { return true }
    let time = event.timeCreated?.ticks ?? .max
    let kept = sample.time?.ticks ?? .max
    return time < kept || (time == kept && event.location < sample.location)
  }

  private mutating func offer(_ other: EventSample) {
    if sample.map({ EventSample.precedes(other, $0) }) ?? true { sample = other }
  }
}

extension Event {
  /// The event in one line without any rule: the rendered message's first line with text, or the payload's values.
  var plainSentence: String {
    let lines = rendering?.message?.split(whereSeparator: \.isNewline) ?? []
    if let line = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) { return String(line) }
    let values = data.map { item in item.name.map { "\($0): \(item.value)" } ?? item.value }
    let leaves = userData.map { leaf in
      "\(leaf.name.split(separator: "/").last.map(String.init) ?? leaf.name): \(leaf.value)"
    }
    let parts = (values + leaves).filter { !$0.isEmpty }
    return parts.prefix(12).joined(separator: "; ").truncated(to: 300)
  }
}

extension TroubleSummary: SourceShifting {
  func shiftingSources(by offset: Int) -> TroubleSummary {
    var copy = self
    copy.sample = sample?.shiftingSources(by: offset)
    return copy
  }
}
