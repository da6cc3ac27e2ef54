public import EventLog
public import RuleEngine

/// What is known of the events that were read so far; grows with findings and kinds of events, not with the input.
///
/// `merge` is associative and an empty summary changes nothing, so slices, threads and machines combine in this one
/// way. Beyond ``TriageBounds`` logs, groups and kinds are counted together; which ones never depends on the order.
public struct TriageSummary: Sendable, Hashable {
  /// The inputs by their position.
  public private(set) var sources: [Int: SourceSummary] = [:]
  /// How often each signal rule matched, by rule ID.
  public private(set) var signals: [String: Occurrences] = [:]
  /// Events that may be evidence for a cause.
  public private(set) var evidence = EvidenceLedger()
  /// Which computers use which addresses, as the events show.
  private(set) var addresses = AddressBook()
  /// How far the clocks of computers were off, as the events show.
  private(set) var clocks = ClockShifts()
  /// What correlations look at.
  private(set) var correlations = CorrelationLedger()
  /// Which logs were cleared, as the events show.
  private(set) var clearings = LogClearings()
  /// Events that the filters let through.
  public private(set) var considered = 0
  /// Events that the filters held back.
  public private(set) var filteredOut = 0
  /// Attempts of regular expressions that took too many steps and were given up, as if they did not match.
  public private(set) var abandonedAttempts = 0

  private var eventsByLog = BoundedTable<LogKey, Occurrences>(limit: TriageBounds.logs)
  private var findingsByRule: [String: BoundedTable<FindingKey, FindingSummary>] = [:]
  private var troubleByKind = BoundedTable<EventKind, TroubleSummary>(limit: TriageBounds.kinds)
  private var signsOfDomainControllers = BoundedTable<String, Occurrences>(limit: TriageBounds.logs)

  /// Makes an empty summary.
  public init() {}

  /// Takes what was read of an input, or of a further part of it.
  public mutating func add(_ source: SourceSummary, at index: Int) {
    if sources[index]?.merge(source) == nil { sources[index] = source }
  }

  /// Counts events that the filters held back.
  public mutating func addFilteredOut(_ count: Int = 1) { filteredOut += count }

  /// Counts attempts of regular expressions that were given up.
  mutating func addAbandonedAttempts(_ count: Int) { abandonedAttempts += count }

  /// Counts events of a log.
  mutating func addEvents(_ occurrences: Occurrences, log: LogKey, isDomainControllerSign: Bool) {
    considered += occurrences.count
    eventsByLog.update(log, default: Occurrences()) { $0.merge(occurrences) }
    guard isDomainControllerSign else { return }
    signsOfDomainControllers.update(log.computer, default: Occurrences()) { $0.merge(occurrences) }
  }

  /// Counts critical, error and warning events of a kind.
  mutating func addTrouble(_ kind: EventKind, _ trouble: TroubleSummary) {
    troubleByKind.update(kind, default: TroubleSummary()) { $0.merge(trouble) }
  }

  /// Learns from an event what ``TellingEvents`` tell.
  mutating func learn(_ event: Event) {
    addresses.add(event)
    clocks.add(event)
    clearings.add(event)
  }

  /// Takes an event and the rules that match it.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - matches: The rules that match it.
  ///   - sampleLimit: How many events each finding keeps.
  public mutating func add(_ event: Event, matches: [Rule], sampleLimit: Int) {
    var occurrences = Occurrences()
    occurrences.add(event.timeCreated)
    addEvents(
      occurrences, log: LogKey(computer: event.computer, channel: event.channel),
      isDomainControllerSign: DomainControllerSigns.shows(channel: event.channel, provider: event.provider.name))
    if let level = event.level, level.isTrouble {
      let kind = EventKind(provider: event.provider.name.lowercased(), eventID: event.eventID ?? -1)
      troubleByKind.update(kind, default: TroubleSummary()) { $0.add(event, isExplained: !matches.isEmpty) }
    }
    addMatches(event, matches, sampleLimit: sampleLimit)
    learn(event)
  }

  /// Takes an event that was counted already and the rules that match it.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - matches: The rules that match it.
  ///   - sampleLimit: How many events each finding keeps.
  ///   - restorer: Has room for events that wait to be told of; by default they are told at once.
  mutating func addMatches(
    _ event: Event, _ matches: [Rule], sampleLimit: Int, _ restorer: EventRestorer = EventRestorer(capacity: 0)
  ) {
    for rule in matches {
      if rule.isSignal {
        signals[rule.id, default: Occurrences()].add(event.timeCreated)
      } else {
        var finding = FindingSummary(sampleLimit: sampleLimit)
        finding.add(event, rule, restorer)
        addFinding(FindingKey(rule, event), finding)
      }
    }
  }

  /// Remembers an event as evidence.
  mutating func addEvidence(_ key: EvidenceKey, _ sample: @autoclosure () -> EventSample) {
    evidence.add(key, sample())
  }

  /// Remembers that a rule which feeds correlations matches an event.
  mutating func addCorrelated(_ event: Event, rule: String, values: [String?]) {
    correlations.add(event, rule: rule, values: values)
  }

  /// Remembers events as evidence.
  mutating func addEvidence(_ key: EvidenceKey, _ series: EvidenceSeries) { evidence.add(key, series) }

  /// Counts the events of a signal rule.
  mutating func addSignals(_ rule: String, _ occurrences: Occurrences) {
    signals[rule, default: Occurrences()].merge(occurrences)
  }

  /// Adds what was seen of a finding.
  mutating func addFinding(_ key: FindingKey, _ finding: FindingSummary) {
    findingsByRule[key.ruleID, default: Self.noFindings]
      .update(key, default: FindingSummary(sampleLimit: finding.ledger.limit)) { $0.merge(finding) }
  }

  private static var noFindings: BoundedTable<FindingKey, FindingSummary> {
    BoundedTable(limit: TriageBounds.groupsPerRule)
  }

  /// Adds what is known of other events; inputs keep their positions.
  public mutating func merge(_ other: TriageSummary) {
    for (index, source) in other.sources { add(source, at: index) }
    addresses.merge(other.addresses)
    clocks.merge(other.clocks)
    clearings.merge(other.clearings)
    considered += other.considered
    filteredOut += other.filteredOut
    abandonedAttempts += other.abandonedAttempts
    evidence.merge(other.evidence)
    correlations.merge(other.correlations)
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

// MARK: - On disk

extension TriageSummary {
  /// A copy with inputs at higher positions, as after the inputs of another summary.
  public func shiftingSources(by offset: Int) -> TriageSummary {
    var copy = self
    copy.sources = Dictionary(uniqueKeysWithValues: sources.map { ($0.key + offset, $0.value) })
    copy.findingsByRule = findingsByRule.mapValues { $0.mapValues { $0.shiftingSources(by: offset) } }
    copy.troubleByKind = troubleByKind.mapValues { $0.shiftingSources(by: offset) }
    copy.evidence = evidence.shiftingSources(by: offset)
    copy.correlations = correlations.shiftingSources(by: offset)
    return copy
  }
}

extension TriageSummary: Codable {
  private enum CodingKeys: String, CodingKey {
    case sources, signals, evidence, correlations, addresses, clocks, clearings, considered, filteredOut
    case abandonedAttempts
    case eventsByLog, findingsByRule, troubleByKind, signsOfDomainControllers
  }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    sources = try container.decode(SortedEntries<Int, SourceSummary>.self, forKey: .sources).dictionary
    signals = try container.decode(SortedEntries<String, Occurrences>.self, forKey: .signals).dictionary
    evidence = try container.decode(EvidenceLedger.self, forKey: .evidence)
    correlations = try container.decode(CorrelationLedger.self, forKey: .correlations)
    addresses = try container.decode(AddressBook.self, forKey: .addresses)
    clocks = try container.decode(ClockShifts.self, forKey: .clocks)
    clearings = try container.decode(LogClearings.self, forKey: .clearings)
    considered = try container.decode(Int.self, forKey: .considered)
    filteredOut = try container.decode(Int.self, forKey: .filteredOut)
    abandonedAttempts = try container.decode(Int.self, forKey: .abandonedAttempts)
    eventsByLog = try container.decode(BoundedTable<LogKey, Occurrences>.self, forKey: .eventsByLog)
    findingsByRule = try container.decode(
      SortedEntries<String, BoundedTable<FindingKey, FindingSummary>>.self, forKey: .findingsByRule
    ).dictionary
    troubleByKind = try container.decode(BoundedTable<EventKind, TroubleSummary>.self, forKey: .troubleByKind)
    signsOfDomainControllers = try container.decode(
      BoundedTable<String, Occurrences>.self, forKey: .signsOfDomainControllers)
  }

  /// Writes everything in a fixed order, so that equal summaries have equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SortedEntries(sources), forKey: .sources)
    try container.encode(SortedEntries(signals), forKey: .signals)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(correlations, forKey: .correlations)
    try container.encode(addresses, forKey: .addresses)
    try container.encode(clocks, forKey: .clocks)
    try container.encode(clearings, forKey: .clearings)
    try container.encode(considered, forKey: .considered)
    try container.encode(filteredOut, forKey: .filteredOut)
    try container.encode(abandonedAttempts, forKey: .abandonedAttempts)
    try container.encode(eventsByLog, forKey: .eventsByLog)
    try container.encode(SortedEntries(findingsByRule), forKey: .findingsByRule)
    try container.encode(troubleByKind, forKey: .troubleByKind)
    try container.encode(signsOfDomainControllers, forKey: .signsOfDomainControllers)
  }
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
