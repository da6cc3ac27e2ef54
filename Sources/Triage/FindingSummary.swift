import EventLog
import RuleEngine

/// What makes two matches of a rule the same finding: the values of the fields that the rule groups by.
public struct FindingKey: Sendable, Hashable, Codable, Comparable {
  /// The rule's ID.
  public var ruleID: String
  /// The values of the rule's `group_by`, in its order; empty for the rest beyond the bound on groups.
  public var group: [String]

  /// Makes a key.
  public init(ruleID: String, group: [String]) {
    self.ruleID = ruleID
    self.group = group
  }

  /// Whether this stands for the groups beyond ``TriageBounds/groupsPerRule``.
  public var isRest: Bool { group.isEmpty }

  /// Orders by rule and group.
  public static func < (left: FindingKey, right: FindingKey) -> Bool {
    guard left.ruleID == right.ruleID else { return left.ruleID < right.ruleID }
    return left.group.lexicographicallyPrecedes(right.group)
  }
}

/// What was seen of one finding.
public struct FindingSummary: Sendable, Hashable, Codable, Mergeable {
  /// How often, and from when to when.
  public private(set) var occurrences = Occurrences()
  /// When.
  public private(set) var histogram = EventHistogram()
  /// The bursts of events, which are judged once each.
  public private(set) var episodes = Episodes()
  private var eventsByComputer = BoundedTable<String, Occurrences>(limit: TriageBounds.computersPerFinding)
  /// The first and last events.
  public private(set) var ledger: SampleLedger

  /// What happened, where no single event tells it: the sentence of a correlation's first group.
  public private(set) var headline: String?

  /// The computers, as spelt in the events; at most ``TriageBounds/computersPerFinding``.
  public var computers: Set<String> { Set(eventsByComputer.kept.keys) }

  /// The logs of its first and last events.
  var channels: Set<String> { Set(ledger.samples.map(\.channel)) }

  /// Makes an empty summary that keeps a number of events.
  public init(sampleLimit: Int) { ledger = SampleLedger(limit: sampleLimit) }

  /// Sums up events of one computer.
  init(_ times: TimeTally, on computer: String, _ ledger: SampleLedger) {
    occurrences = times.occurrences
    histogram = times.histogram
    episodes = times.episodes
    self.ledger = ledger
    eventsByComputer.update(computer, default: Occurrences()) { $0.merge(times.occurrences) }
  }

  /// Adds an event.
  mutating func add(_ event: Event, _ rule: Rule, _ restorer: EventRestorer) {
    count(event.timeCreated, on: event.computer)
    keep(EventSample(event, .finding(rule), restorer))
  }

  /// Counts an event.
  mutating func count(_ time: EventTime?, on computer: String) {
    occurrences.add(time)
    if let time {
      histogram.add(time)
      episodes.add(time)
    }
    eventsByComputer.update(computer, default: Occurrences()) { $0.add(time) }
  }

  /// Offers an event that was counted.
  mutating func keep(_ sample: EventSample) { ledger.add(sample) }

  /// Says what happened.
  mutating func tell(_ sentence: String) { headline = headline ?? sentence }

  /// Adds another summary of the same finding.
  public mutating func merge(_ other: FindingSummary) {
    occurrences.merge(other.occurrences)
    histogram.merge(other.histogram)
    episodes.merge(other.episodes)
    eventsByComputer.merge(other.eventsByComputer)
    ledger.merge(other.ledger)
  }
}

extension FindingSummary: SourceShifting {
  func shiftingSources(by offset: Int) -> FindingSummary {
    var copy = self
    copy.ledger = ledger.shiftingSources(by: offset)
    return copy
  }
}
