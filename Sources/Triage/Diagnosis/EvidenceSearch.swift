import EventLog
import RuleEngine

/// Looks among the remembered events for those that a statement of evidence is about.
struct EvidenceSearch {
  /// What was found.
  struct Result {
    /// The events, by rule.
    var events: [FoundEvidence] = []
    /// Whether there may be more: so many were read that not all of their times are known.
    var mayHaveMore = false
  }

  private typealias Series = (key: EvidenceKey, series: EvidenceSeries)

  private let catalog: EvidenceCatalog
  private let rules: RuleSet
  private let hosts: Hosts
  private let clocks: ClockShifts
  private let series: [String: [Series]]
  private let seriesByHost: [String: HostIndex<Series>]
  private let coverage: LogCoverage

  init(
    summary: TriageSummary, rules: RuleSet, catalog: EvidenceCatalog, hosts: Hosts, coverage: LogCoverage
  ) {
    self.catalog = catalog
    self.rules = rules
    self.hosts = hosts
    self.coverage = coverage
    clocks = summary.clocks
    series = summary.evidence.byProbe()
    seriesByHost = series.mapValues { list in
      HostIndex(list.map { (computer: $0.key.computer, value: $0) }, hosts)
    }
  }

  /// The events that a statement of evidence finds around any of the episodes.
  func find(_ evidence: EvidenceDefinition, _ symptoms: [Symptom]) -> Result {
    // A rule's own events say nothing about their cause, unless the evidence names the rule.
    let isTag = if case .tag = evidence.selector { true } else { false }
    let probes = catalog.probes(of: evidence).filter { probe in
      series[probe.name] != nil && !(isTag && probe.ruleID == symptoms.first?.place.rule.id)
    }
    var result = Result()
    guard !probes.isEmpty else { return result }
    var all = probes.map { EvidenceCollector(ruleID: $0.ruleID) }
    for symptom in symptoms {
      let places = evidence.scope.parts.map { search(evidence, on: $0, probes, symptom) }
      let isEnough = places.allSatisfy { $0.reduce(0) { $0 + $1.count } >= evidence.atLeast }
      if isEnough {
        for index in all.indices { all[index].add(episode: places.map { $0[index] }) }
      } else if places.contains(where: { $0.contains(where: \.mayHaveMore) }) {
        result.mayHaveMore = true
      }
    }
    result.events = all.compactMap { $0.found(title) }
    return result
  }

  /// What is found in one place around one episode, for each probe.
  private func search(
    _ evidence: EvidenceDefinition, on scope: EvidenceScope, _ probes: [EvidenceProbe], _ symptom: Symptom
  ) -> [EvidenceCollector] {
    let tests = evidence.conditions.map { $0.test { symptom.place.value(of: $0) } }
    return probes.map { probe in
      var found = EvidenceCollector(ruleID: probe.ruleID)
      // A condition on a value that the finding does not have never holds.
      guard tests.allSatisfy({ $0 != nil }) else { return found }
      let fields = catalog.fields(of: probe)
      for (key, series) in candidates(probe, scope, symptom.place) {
        let window = symptom.window(evidence, skew: skew(key.computer, symptom))
        let events = series.occurrences(from: window.start, to: window.end)
        guard events.count > 0 || events.mayHaveMore, holds(tests, key, fields) else { continue }
        found.add(still(evidence, events, key.computer, symptom), key.computer, symptom)
      }
      return found
    }
  }

  private func holds(_ tests: [EvidenceValueTest?], _ key: EvidenceKey, _ fields: [String]) -> Bool {
    tests.allSatisfy { test in
      guard let test, let index = fields.firstIndex(of: test.field), index < key.values.count else { return false }
      return test.fits(key.values[index])
    }
  }

  /// Leaves out what was over before the episode began, when the evidence is a state that another event ends.
  private func still(
    _ evidence: EvidenceDefinition, _ events: EvidenceSeries.Found, _ computer: String, _ symptom: Symptom
  ) -> EvidenceSeries.Found {
    guard let end = evidence.until, events.count > 0 else { return events }
    let closings = catalog.probes(of: end).flatMap { series[$0.name] ?? [] }
      .filter { hosts.areSame($0.key.computer, computer) }
    guard !closings.isEmpty else { return events }
    // A clock that is known to be off shifts the time of the finding as this computer would have written it.
    let start = symptom.episode.first.adding(seconds: -skew(computer, symptom))
    let standing = events.samples.filter { sample in
      guard let time = sample.time, time < start else { return true }
      return !closings.contains { $0.series.hasOccurrence(after: time, before: symptom.episode.first) }
    }
    guard standing.count < events.samples.count else { return events }
    return EvidenceSeries.Found(count: standing.count, samples: standing, mayHaveMore: false)
  }

  /// What is remembered of a probe in a place.
  private func candidates(_ probe: EvidenceProbe, _ scope: EvidenceScope, _ place: FindingPlace) -> [Series] {
    switch scope {
    case .any: return series[probe.name] ?? []
    case .domainController: return (series[probe.name] ?? []).filter { coverage.isDomainController($0.key.computer) }
    case .same: return on(place.hosts, probe)
    case .named(let parameter): return on([place.value(of: parameter) ?? ""], probe)
    case .each(let scopes): return scopes.flatMap { candidates(probe, $0, place) }
    }
  }

  /// What is remembered of a probe on computers, each once.
  private func on(_ computers: [String], _ probe: EvidenceProbe) -> [Series] {
    guard let index = seriesByHost[probe.name] else { return [] }
    var seen: Set<EvidenceKey> = []
    return computers.flatMap { index.values(of: $0) }.filter { seen.insert($0.key).inserted }
  }

  /// By how many seconds the clock of another computer and that of the finding may have been apart.
  private func skew(_ computer: String, _ symptom: Symptom) -> Int64 {
    if clocks.isEmpty || symptom.place.hosts.contains(where: { hosts.areSame($0, computer) }) { return 0 }
    let names = symptom.place.hosts + [computer]
    return names.map { clocks.seconds(of: $0, near: symptom.episode, hosts) }.reduce(0, +)
  }

  private func title(of ruleID: String) -> String? { rules.rule(id: ruleID)?.title.english }
}

/// Puts events together that one statement of evidence found.
private struct EvidenceCollector {
  /// The rule that is evidence; nil for an inline selection.
  let ruleID: String?
  private(set) var count = 0
  private(set) var mayHaveMore = false
  private var samples: [EventSample] = []
  private var computers: Set<String> = []
  private var distance = Int64.max

  init(ruleID: String?) { self.ruleID = ruleID }

  mutating func add(_ events: EvidenceSeries.Found, _ computer: String, _ symptom: Symptom) {
    if events.mayHaveMore { mayHaveMore = true }
    guard events.count > 0 else { return }
    count += events.count
    computers.insert(computer)
    samples += events.samples
    for time in events.samples.compactMap(\.time) { distance = min(distance, symptom.distance(to: time)) }
  }

  /// Adds what several places held around one episode; windows of episodes overlap, so counts do not add up.
  mutating func add(episode places: [EvidenceCollector]) {
    count = max(count, places.reduce(0) { $0 + $1.count })
    for place in places {
      samples += place.samples
      computers.formUnion(place.computers)
      distance = min(distance, place.distance)
    }
  }

  /// What was found, under the title of the rule that is the evidence, or of the one rule that knows the events.
  func found(_ title: (String) -> String?) -> FoundEvidence? {
    guard count > 0 else { return nil }
    var distinct: [EventSample] = []
    for sample in samples.sorted(by: EventSample.precedes) where distinct.last?.location != sample.location {
      distinct.append(sample)
    }
    let shown = distinct.count > 4 ? Array(distinct.prefix(2) + distinct.suffix(2)) : distinct
    let kind = distinct.first.map { "\($0.provider) \($0.eventID.map { String($0) } ?? "")" } ?? "events"
    let known = Set(distinct.map(\.ruleID))
    let teller = ruleID ?? (known.count == 1 ? known.first.flatMap(\.self) : nil)
    return FoundEvidence(
      title: teller.flatMap(title) ?? kind, computers: computers.sorted(), count: max(count, distinct.count),
      samples: shown, distance: distance)
  }
}
