public import EventLog
public import RuleEngine

/// What is known of the events that were read so far; grows with findings and kinds of events, not with the input.
///
/// `merge` is associative and an empty summary changes nothing, so slices, threads and machines combine in this one
/// way. Beyond ``TriageBounds`` logs, groups and kinds are counted together; which ones never depends on the order.
public struct TriageSummary: Sendable, Hashable, Codable {
  /// The inputs by their position.
  public private(set) var sources: [Int: SourceSummary] = [:]
  /// How often each signal rule matched, by rule ID.
  public private(set) var signals: [String: Occurrences] = [:]
  /// Events that may be evidence for a cause.
  public private(set) var evidence = EvidenceLedger()
  /// Events that the filters let through.
  public private(set) var considered = 0
  /// Events that the filters held back.
  public private(set) var filteredOut = 0

  private var eventsByLog = BoundedTable<LogKey, Occurrences>(limit: TriageBounds.logs)
  private var findingsByRule: [String: BoundedTable<FindingKey, FindingSummary>] = [:]
  private var troubleByKind = BoundedTable<EventKind, TroubleSummary>(limit: TriageBounds.kinds)
  private var signsOfDomainControllers = BoundedTable<String, Occurrences>(limit: TriageBounds.logs)

  /// Makes an empty summary.
  public init() {}

  /// Takes what was read of an input.
  public mutating func add(_ source: SourceSummary, at index: Int) { sources[index] = source }

  /// Counts events that the filters held back.
  public mutating func addFilteredOut(_ count: Int = 1) { filteredOut += count }

  /// Counts events of a log that no rule matches and that are no errors or warnings.
  mutating func addUnmatched(_ occurrences: Occurrences, log: LogKey) {
    considered += occurrences.count
    eventsByLog.update(log, default: Occurrences()) { $0.merge(occurrences) }
  }

  /// Takes an event and the rules that match it.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - matches: The rules that match it.
  ///   - sampleLimit: How many events each finding keeps.
  public mutating func add(_ event: Event, matches: [Rule], sampleLimit: Int) {
    considered += 1
    let log = LogKey(computer: event.computer, channel: event.channel)
    eventsByLog.update(log, default: Occurrences()) { $0.add(event.timeCreated) }
    for rule in matches {
      if rule.isSignal {
        signals[rule.id, default: Occurrences()].add(event.timeCreated)
      } else {
        addFinding(event, rule, sampleLimit)
      }
    }
    if let level = event.level, level.isTrouble {
      let kind = EventKind(provider: event.provider.name.lowercased(), eventID: event.eventID ?? -1)
      troubleByKind.update(kind, default: TroubleSummary()) { $0.add(event, isExplained: !matches.isEmpty) }
    }
    if DomainControllerSigns.shows(channel: event.channel, provider: event.provider.name) {
      signsOfDomainControllers.update(event.computer, default: Occurrences()) { $0.add(event.timeCreated) }
    }
  }

  /// Remembers an event as evidence.
  mutating func addEvidence(_ key: EvidenceKey, _ sample: @autoclosure () -> EventSample) {
    evidence.add(key, sample())
  }

  private mutating func addFinding(_ event: Event, _ rule: Rule, _ sampleLimit: Int) {
    let group = rule.groupBy.map { (rule.value(of: $0, in: event) ?? "").truncated(to: TriageBounds.groupValueLength) }
    let sentence = rule.sentence(for: event, language: "en") ?? event.plainSentence
    findingsByRule[rule.id, default: Self.noFindings]
      .update(FindingKey(ruleID: rule.id, group: group), default: FindingSummary(sampleLimit: sampleLimit)) {
        $0.add(event, sentence: sentence)
      }
  }

  private static var noFindings: BoundedTable<FindingKey, FindingSummary> {
    BoundedTable(limit: TriageBounds.groupsPerRule)
  }

  /// Adds what is known of other events; inputs keep their positions.
  public mutating func merge(_ other: TriageSummary) {
    sources.merge(other.sources) { $1 }
    considered += other.considered
    filteredOut += other.filteredOut
    evidence.merge(other.evidence)
    eventsByLog.merge(other.eventsByLog)
    troubleByKind.merge(other.troubleByKind)
    signsOfDomainControllers.merge(other.signsOfDomainControllers)
    for (rule, value) in other.signals { signals[rule, default: Occurrences()].merge(value) }
    for (rule, value) in other.findingsByRule { findingsByRule[rule, default: Self.noFindings].merge(value) }
  }
}

// MARK: - What is known

extension TriageSummary {
  /// The logs that were read, with their time spans.
  public var logs: [LogKey: Occurrences] { eventsByLog.kept }

  /// Events of logs beyond ``TriageBounds/logs``; nil for none.
  public var eventsBeyondLogs: Occurrences? { eventsByLog.rest }

  /// The findings; those of a rule beyond ``TriageBounds/groupsPerRule`` are one.
  public var findings: [FindingKey: FindingSummary] {
    findingsByRule.reduce(into: [:]) { findings, table in
      findings.merge(table.value.kept) { first, _ in first }
      findings[FindingKey(ruleID: table.key, group: [])] = table.value.rest
    }
  }

  /// The critical, error and warning events by kind.
  public var trouble: [EventKind: TroubleSummary] { troubleByKind.kept }

  /// Critical, error and warning events of kinds beyond ``TriageBounds/kinds``.
  public var troubleBeyondBound: Int { troubleByKind.rest?.occurrences.count ?? 0 }

  /// The computers whose logs show them to be domain controllers.
  public var domainControllers: Set<String> { Set(signsOfDomainControllers.kept.keys) }
}

/// Bounds that keep a summary small whatever the logs hold.
public enum TriageBounds {
  /// Findings of one rule; the groups beyond are one finding.
  public static let groupsPerRule = 256
  /// Kinds of critical, error and warning events.
  public static let kinds = 20_000
  /// Logs of computers.
  public static let logs = 20_000
  /// Computers of one finding.
  public static let computersPerFinding = 1000
  /// Channels of one kind.
  public static let channelsPerKind = 16
  /// The length of a value that a finding is grouped by, in characters.
  public static let groupValueLength = 200
}
