import EventLog
public import RuleEngine

/// Judges the causes of findings by what was read: a pure function of a summary and the rules.
///
/// A cause is supported when events speak for it in the window around an episode of the finding, contradicted when
/// events speak against it and none for it, not supported when the logs that it needs were fed in for that time and
/// show nothing, and undecided otherwise. Nothing is weighed against anything else: the reader sees the events.
public struct Diagnostician: Sendable {
  private let catalog: EvidenceCatalog
  private let rules: RuleSet
  private let hosts: Hosts
  private let series: [String: [(key: EvidenceKey, series: EvidenceSeries)]]
  private let coverage: LogCoverage

  /// Prepares to judge the findings of a summary.
  ///
  /// - Parameters:
  ///   - summary: What was read.
  ///   - rules: The rules that made the summary.
  ///   - hosts: Which addresses mean which computers.
  public init(summary: TriageSummary, rules: RuleSet, hosts: Hosts = Hosts()) {
    catalog = EvidenceCatalog(rules: rules)
    self.rules = rules
    self.hosts = hosts
    series = summary.evidence.byProbe()
    coverage = LogCoverage(summary: summary, hosts: hosts)
  }

  /// The verdicts on the causes of a rule, the likeliest first.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - findings: Its findings.
  /// - Returns: One verdict for each cause.
  public func verdicts(of rule: Rule, _ findings: [(key: FindingKey, value: FindingSummary)]) -> [CauseVerdict] {
    let symptoms = findings.flatMap { key, value in
      let computers = value.computers
      return value.episodes.list.map { Symptom(rule: rule, key: key, computers: computers, episode: $0) }
    }
    let verdicts = rule.guidance.causes.enumerated().map { judge($1, at: $0, symptoms) }
    return verdicts.sorted { left, right in left.order < right.order }
  }

  /// What was changed on a finding's computers in the day before it.
  public func changes(before rule: Rule, _ findings: [(key: FindingKey, value: FindingSummary)]) -> [FoundEvidence] {
    let day = EvidenceDefinition(
      direction: .supports, selector: .tag("change"), secondsBefore: 86_400, secondsAfter: 0)
    let symptoms = findings.flatMap { key, value in
      value.episodes.list.prefix(1).map { episode in
        let start = Episode(first: episode.first, last: episode.first)
        return Symptom(rule: rule, key: key, computers: value.computers, episode: start)
      }
    }
    return found(day, symptoms)
  }

  // MARK: Causes

  private func judge(_ cause: Cause, at position: Int, _ symptoms: [Symptom]) -> CauseVerdict {
    var result = CauseVerdict(cause: position)
    for evidence in cause.evidence {
      let events = found(evidence, symptoms)
      switch evidence.direction {
      case .supports: result.supporting += events
      case .contradicts: result.contradicting += events
      }
      result.reasons.append(reason(evidence, events))
    }
    result.missing = missing(cause, symptoms)
    result.verdict = verdict(result, cause)
    result.reasons += result.missing.map { log in
      let computer = log.computer ?? "a domain controller"
      let state = log.reason == .absent ? "was not fed in" : "does not cover the time"
      return "the log \(log.channel) of \(computer) \(state)"
    }
    if cause.evidence.isEmpty { result.reasons.append("no event shows this cause; only its checks do") }
    return result
  }

  private func verdict(_ result: CauseVerdict, _ cause: Cause) -> Verdict {
    if !result.supporting.isEmpty { return .supported }
    if !result.contradicting.isEmpty { return .contradicted }
    return cause.evidence.isEmpty || !result.missing.isEmpty ? .undecided : .notSupported
  }

  private func missing(_ cause: Cause, _ symptoms: [Symptom]) -> [MissingLog] {
    let before = cause.evidence.filter { $0.direction == .supports }.map(\.secondsBefore).max() ?? 0
    // What happened weeks ago may be gone from a log; the last day decides whether it was looked at.
    let window = Int64(min(before, 86_400)) * EventTime.ticksPerSecond
    var missing: [String: MissingLog] = [:]
    for symptom in symptoms {
      let start = EventTime(ticks: symptom.episode.first.ticks - window)
      for need in cause.needs {
        for log in coverage.missing(need, symptom, from: start, to: symptom.episode.last) {
          let name = "\(log.computer ?? "")\u{0}\(log.channel.lowercased())"
          missing[name] = missing[name].map { $0.joined(with: log) } ?? log
        }
      }
    }
    return missing.values.sorted()
  }

  // MARK: Evidence

  /// The events that a statement of evidence finds around any of the episodes, by rule.
  private func found(_ evidence: EvidenceDefinition, _ symptoms: [Symptom]) -> [FoundEvidence] {
    var result: [FoundEvidence] = []
    for probe in catalog.probes(of: evidence) {
      // A rule's own events say nothing about their cause, unless the evidence names the rule.
      if case .tag = evidence.selector, let id = probe.ruleID, symptoms.first?.rule.id == id { continue }
      guard let known = series[probe.name] else { continue }
      var events = EvidenceCollector(title: title(of: probe))
      for symptom in symptoms {
        var inEpisode = EvidenceCollector(title: events.title)
        for (key, series) in known where isInScope(key.computer, evidence.scope, symptom) {
          guard holds(evidence, key, probe, symptom) else { continue }
          inEpisode.add(
            still(evidence, series.occurrences(in: symptom.window(evidence)), key, symptom), key.computer, symptom)
        }
        if inEpisode.count >= evidence.atLeast { events.merge(inEpisode) }
      }
      if let found = events.found { result.append(found) }
    }
    return result
  }

  /// Leaves out what was over before the episode began, when the evidence is a state that another event ends.
  private func still(
    _ evidence: EvidenceDefinition, _ events: (count: Int, samples: [EventSample]), _ key: EvidenceKey,
    _ symptom: Symptom
  ) -> (count: Int, samples: [EventSample]) {
    guard let end = evidence.until, events.count > 0 else { return events }
    let closings = catalog.probes(of: end).flatMap { series[$0.name] ?? [] }
      .filter { hosts.areSame($0.key.computer, key.computer) }
    let samples = events.samples.filter { sample in
      guard let time = sample.time, time < symptom.episode.first else { return true }
      return !closings.contains { $0.series.occurrences(from: time, to: symptom.episode.first).count > 0 }
    }
    return samples.count == events.samples.count ? events : (samples.count, samples)
  }

  private func holds(
    _ evidence: EvidenceDefinition, _ key: EvidenceKey, _ probe: EvidenceProbe, _ symptom: Symptom
  ) -> Bool {
    let fields = catalog.fields(of: probe)
    return evidence.conditions.allSatisfy { condition in
      guard let index = fields.firstIndex(of: condition.field), index < key.values.count else { return false }
      return condition.holds(key.values[index]) { symptom.value(of: $0) }
    }
  }

  private func isInScope(_ computer: String, _ scope: EvidenceScope, _ symptom: Symptom) -> Bool {
    switch scope {
    case .any: true
    case .same: symptom.hosts.contains { hosts.areSame($0, computer) }
    case .domainController: coverage.isDomainController(computer)
    case .named(let parameter): symptom.value(of: parameter).map { hosts.areSame($0, computer) } ?? false
    }
  }

  private func title(of probe: EvidenceProbe) -> String? {
    probe.ruleID.flatMap { rules.rule(id: $0) }?.title.english
  }

  private func reason(_ evidence: EvidenceDefinition, _ events: [FoundEvidence]) -> String {
    let what =
      switch evidence.selector {
      case .rule(let id): "rule \(id)"
      case .tag(let tag): "tag \(tag)"
      case .match: "inline match"
      }
    let count = events.reduce(0) { $0 + $1.count }
    let direction = evidence.direction == .supports ? "for" : "against"
    return count == 0 ? "nothing \(direction) it: \(what)" : "\(count) \(direction) it: \(what)"
  }
}

extension CauseVerdict {
  /// Supported causes with more and nearer evidence come first.
  fileprivate var order: (Int, Int, Int64, Int) {
    (verdict.rank, -Set(supporting.map(\.title)).count, supporting.map(\.distance).min() ?? 0, cause)
  }
}

extension MissingLog {
  fileprivate func joined(with other: MissingLog) -> MissingLog {
    var joined = self
    joined.from = min(from, other.from)
    joined.to = max(to, other.to)
    if other.reason == .absent { joined.reason = .absent }
    return joined
  }
}

extension EvidenceSeries {
  fileprivate func occurrences(in window: (EventTime, EventTime)) -> (count: Int, samples: [EventSample]) {
    occurrences(from: window.0, to: window.1)
  }
}

/// One episode of one finding.
struct Symptom {
  let rule: Rule
  let key: FindingKey
  let computers: Set<String>
  let episode: Episode

  /// The computers that logged it.
  var hosts: [String] {
    if let computer = value(of: "Computer") { return [computer] }
    return computers.sorted()
  }

  /// The finding's value of a parameter or field that the rule groups by.
  func value(of name: String) -> String? {
    guard let index = rule.groupBy.firstIndex(of: name), index < key.group.count else { return nil }
    return key.group[index]
  }

  /// The time in which evidence counts.
  func window(_ evidence: EvidenceDefinition) -> (EventTime, EventTime) {
    let tick = EventTime.ticksPerSecond
    return (
      EventTime(ticks: episode.first.ticks - Int64(evidence.secondsBefore) * tick),
      EventTime(ticks: episode.last.ticks + Int64(evidence.secondsAfter) * tick)
    )
  }

  /// How far a time is from the episode, in seconds.
  func distance(to time: EventTime) -> Int64 {
    let ticks = max(episode.first.ticks - time.ticks, time.ticks - episode.last.ticks, 0)
    return ticks / EventTime.ticksPerSecond
  }
}

/// Puts events together that one statement of evidence found.
private struct EvidenceCollector {
  let title: String?
  private(set) var count = 0
  private var samples: [EventSample] = []
  private var computers: Set<String> = []
  private var distance = Int64.max

  init(title: String?) { self.title = title }

  mutating func add(_ events: (count: Int, samples: [EventSample]), _ computer: String, _ symptom: Symptom) {
    guard events.count > 0 else { return }
    count += events.count
    computers.insert(computer)
    samples += events.samples
    for time in events.samples.compactMap(\.time) { distance = min(distance, symptom.distance(to: time)) }
  }

  mutating func merge(_ other: EvidenceCollector) {
    count = max(count, other.count)
    samples += other.samples
    computers.formUnion(other.computers)
    distance = min(distance, other.distance)
  }

  var found: FoundEvidence? {
    guard count > 0 else { return nil }
    var distinct: [EventSample] = []
    for sample in samples.sorted(by: EventSample.precedes) where distinct.last?.location != sample.location {
      distinct.append(sample)
    }
    let shown = distinct.count > 4 ? Array(distinct.prefix(2) + distinct.suffix(2)) : distinct
    let kind = distinct.first.map { "\($0.provider) \($0.eventID.map { String($0) } ?? "")" } ?? "events"
    return FoundEvidence(
      title: title ?? kind, computers: computers.sorted(), count: max(count, distinct.count), samples: shown,
      distance: distance)
  }
}
