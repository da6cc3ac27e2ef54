public import EventLog
public import RuleEngine

/// What is known of the events that were read so far; grows with findings and kinds of events, not with the input.
///
/// `merge` is associative and an empty summary changes nothing, so slices, threads and machines combine in this one
/// way. Beyond ``TriageBounds`` groups and kinds are counted together.
public struct TriageSummary: Sendable, Hashable, Codable {
  /// The inputs by their position.
  public private(set) var sources: [Int: SourceSummary] = [:]
  /// The logs that were read, with their time spans.
  public private(set) var logs: [LogKey: Occurrences] = [:]
  /// The findings.
  public private(set) var findings: [FindingKey: FindingSummary] = [:]
  /// How many findings there are of each rule.
  private var groupCounts: [String: Int] = [:]
  /// The critical, error and warning events by kind.
  public private(set) var trouble: [EventKind: TroubleSummary] = [:]
  /// How often each signal rule matched, by rule ID.
  public private(set) var signals: [String: Occurrences] = [:]
  /// Events that may be evidence for a cause.
  public private(set) var evidence = EvidenceLedger()
  /// The computers whose logs show them to be domain controllers.
  public private(set) var domainControllers: Set<String> = []
  /// Events that the filters let through.
  public private(set) var considered = 0
  /// Events that the filters held back.
  public private(set) var filteredOut = 0
  /// Critical, error and warning events of kinds beyond ``TriageBounds/kinds``.
  public private(set) var troubleBeyondBound = 0

  /// Makes an empty summary.
  public init() {}

  /// Takes what was read of an input.
  public mutating func add(_ source: SourceSummary, at index: Int) { sources[index] = source }

  /// Counts events that the filters held back.
  public mutating func addFilteredOut(_ count: Int = 1) { filteredOut += count }

  /// Counts events of a log that no rule matches and that are no errors or warnings.
  mutating func addUnmatched(_ occurrences: Occurrences, log: LogKey) {
    considered += occurrences.count
    guard logs[log] != nil || logs.count < TriageBounds.logs else { return }
    logs[log, default: Occurrences()].merge(occurrences)
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
    if logs[log] != nil || logs.count < TriageBounds.logs { logs[log, default: Occurrences()].add(event.timeCreated) }
    for rule in matches {
      if rule.isSignal {
        signals[rule.id, default: Occurrences()].add(event.timeCreated)
      } else {
        addFinding(event, rule, sampleLimit)
      }
    }
    if let level = event.level, level.isTrouble { addTrouble(event, isExplained: !matches.isEmpty) }
    if DomainControllerSigns.shows(channel: event.channel, provider: event.provider.name),
      domainControllers.count < TriageBounds.logs
    {
      domainControllers.insert(event.computer)
    }
  }

  /// Remembers an event as evidence.
  mutating func addEvidence(_ key: EvidenceKey, _ sample: @autoclosure () -> EventSample) {
    evidence.add(key, sample())
  }

  /// Adds what is known of other events; inputs keep their positions.
  public mutating func merge(_ other: TriageSummary) {
    sources.merge(other.sources) { $1 }
    considered += other.considered
    filteredOut += other.filteredOut
    troubleBeyondBound += other.troubleBeyondBound
    for (key, value) in other.logs where logs[key] != nil || logs.count < TriageBounds.logs {
      logs[key, default: Occurrences()].merge(value)
    }
    evidence.merge(other.evidence)
    domainControllers.formUnion(other.domainControllers)
    for (key, value) in other.signals { signals[key, default: Occurrences()].merge(value) }
    for key in other.findings.keys.sorted() { merge(other, finding: key) }
    for key in other.trouble.keys.sorted() { merge(other, kind: key) }
  }

  private mutating func addFinding(_ event: Event, _ rule: Rule, _ sampleLimit: Int) {
    let group = rule.groupBy.map { (rule.value(of: $0, in: event) ?? "").truncated(to: TriageBounds.groupValueLength) }
    let key = bounded(FindingKey(ruleID: rule.id, group: group))
    let sentence = rule.sentence(for: event, language: "en") ?? event.plainSentence
    findings[key, default: FindingSummary(sampleLimit: sampleLimit)].add(event, sentence: sentence)
  }

  private mutating func addTrouble(_ event: Event, isExplained: Bool) {
    let kind = EventKind(provider: event.provider.name.lowercased(), eventID: event.eventID ?? -1)
    guard trouble[kind] != nil || trouble.count < TriageBounds.kinds else {
      troubleBeyondBound += 1
      return
    }
    trouble[kind, default: TroubleSummary()].add(event, isExplained: isExplained)
  }

  private mutating func merge(_ other: TriageSummary, finding key: FindingKey) {
    guard let value = other.findings[key] else { return }
    let key = bounded(key)
    if findings[key]?.merge(value) == nil { findings[key] = value }
  }

  private mutating func merge(_ other: TriageSummary, kind: EventKind) {
    guard let value = other.trouble[kind] else { return }
    guard trouble[kind] != nil || trouble.count < TriageBounds.kinds else {
      troubleBeyondBound += value.occurrences.count
      return
    }
    trouble[kind, default: TroubleSummary()].merge(value)
  }

  /// The key itself, or that of the rule's remaining groups when there are too many.
  private mutating func bounded(_ key: FindingKey) -> FindingKey {
    guard findings[key] == nil, !key.isRest else { return key }
    guard groupCounts[key.ruleID, default: 0] < TriageBounds.groupsPerRule else {
      return FindingKey(ruleID: key.ruleID, group: [])
    }
    groupCounts[key.ruleID, default: 0] += 1
    return key
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
  /// The length of a value that a finding is grouped by, in characters.
  public static let groupValueLength = 200
}
