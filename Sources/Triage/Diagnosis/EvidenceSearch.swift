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

  /// Events around an episode.
  private typealias Hit = (probe: Int, computer: String, events: EvidenceSeries.Found)

  private let catalog: EvidenceCatalog
  private let rules: RuleSet
  private let hosts: Hosts
  private let clocks: ClockSkews
  private let remembered: RememberedEvents

  init(
    summary: TriageSummary, rules: RuleSet, catalog: EvidenceCatalog, hosts: Hosts, clocks: ClockSkews,
    coverage: LogCoverage
  ) {
    self.catalog = catalog
    self.rules = rules
    self.hosts = hosts
    self.clocks = clocks
    remembered = RememberedEvents(summary.evidence, hosts, coverage)
  }

  /// The events that a statement of evidence finds around any of the episodes.
  func find(_ evidence: EvidenceDefinition, _ symptoms: [Symptom]) -> Result {
    let probes = probes(of: evidence, about: symptoms.first?.place.rule)
    var result = Result()
    guard !probes.isEmpty else { return result }
    let ends = evidence.until.map { catalog.probes(of: $0).filter(remembered.includes) } ?? []
    var all = probes.map { EvidenceCollector(ruleID: $0.ruleID) }
    for symptom in symptoms {
      var places = evidence.scope.parts.map { candidates(evidence, on: $0, probes, symptom.place) }
      guard places.contains(where: { !$0.isEmpty }) else { continue }
      for (episode, skew) in zip(symptom.episodes, symptom.skews) {
        let hits = places.indices.map { place in
          places[place].indices.compactMap { hit(evidence, &places[place][$0], ends, episode, skew) }
        }
        if hits.allSatisfy({ $0.reduce(0) { $0 + $1.events.count } >= evidence.atLeast }) {
          for hit in hits.joined() { all[hit.probe].add(hit.events, hit.computer, episode) }
          for index in all.indices { all[index].endEpisode() }
        } else if hits.joined().contains(where: \.events.mayHaveMore) {
          result.mayHaveMore = true
        }
      }
    }
    result.events = all.compactMap { $0.found { rules.rule(id: $0)?.title.english } }
    return result
  }

  /// The probes of evidence of which anything is remembered.
  private func probes(of evidence: EvidenceDefinition, about rule: Rule?) -> [EvidenceProbe] {
    // A rule's own events say nothing about their cause, unless the evidence names the rule.
    let own = if case .tag = evidence.selector { rule?.id } else { String?.none }
    return catalog.probes(of: evidence).filter { remembered.includes($0) && (own == nil || $0.ruleID != own) }
  }

  // MARK: Places

  /// What may be evidence about a finding in one place.
  private func candidates(
    _ evidence: EvidenceDefinition, on scope: EvidenceScope, _ probes: [EvidenceProbe], _ place: FindingPlace
  ) -> [EvidenceCandidate] {
    let tests = evidence.conditions.compactMap { $0.test(place.value) }
    // A condition on a value that the finding does not have never holds.
    guard tests.count == evidence.conditions.count else { return [] }
    return probes.enumerated().flatMap { position, probe in
      let fields = tests.isEmpty ? [] : catalog.fields(of: probe)
      let placed = tests.map { (fields.firstIndex(of: $0.field), $0) }
      return series(of: probe, on: scope, place).map {
        EvidenceCandidate(probe: position, $0, clocks.shifts(of: $0.host, apartFrom: place), placed)
      }
    }
  }

  private func series(
    of probe: EvidenceProbe, on scope: EvidenceScope, _ place: FindingPlace
  ) -> [RememberedSeries] {
    switch scope {
    case .any: remembered.everywhere(probe)
    case .domainController: remembered.onDomainControllers(probe)
    case .same: remembered.on(place.hosts, probe)
    case .named(let parameter): remembered.on([hosts.host(place.value(of: parameter) ?? "")], probe)
    case .each(let scopes): scopes.flatMap { series(of: probe, on: $0, place) }
    }
  }

  // MARK: Times

  /// What a candidate holds around an episode; nil for nothing.
  private func hit(
    _ evidence: EvidenceDefinition, _ candidate: inout EvidenceCandidate, _ ends: [EvidenceProbe],
    _ episode: Episode, _ skew: Int64
  ) -> Hit? {
    let skew = candidate.skew(episode, ofFinding: skew)
    let window = episode.window(evidence, skew: skew)
    let events = candidate.remembered.series.occurrences(from: window.start, to: window.end)
    guard events.count > 0 || events.mayHaveMore, candidate.fitsTests() else { return nil }
    let closings = ends.flatMap { remembered.on([candidate.remembered.host], $0) }
    // A clock that is known to be off shifts the time of the finding as this computer would have written it.
    let start = episode.first.adding(seconds: -skew)
    return (
      candidate.probe, candidate.remembered.key.computer, events.standing(at: start, episode, endedBy: closings)
    )
  }
}

extension EvidenceSeries.Found {
  /// What was not over before an episode began, when the evidence is a state that other events end.
  ///
  /// - Parameters:
  ///   - start: When the episode began, by the clock of the events.
  ///   - episode: The episode.
  ///   - closings: The events that end the state.
  /// - Returns: The events that still count.
  fileprivate func standing(
    at start: EventTime, _ episode: Episode, endedBy closings: [RememberedSeries]
  ) -> EvidenceSeries.Found {
    guard count > 0, !closings.isEmpty else { return self }
    let standing = samples.filter { sample in
      guard let time = sample.time, time < start else { return true }
      return !closings.contains { $0.series.hasOccurrence(after: time, before: episode.first) }
    }
    guard standing.count < samples.count else { return self }
    return EvidenceSeries.Found(count: standing.count, samples: standing, mayHaveMore: false)
  }
}
