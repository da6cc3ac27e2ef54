import EventLog
public import RuleEngine

/// Judges the causes of findings by what was read: a pure function of a summary and the rules.
///
/// A cause is supported when events speak for it in the window around an episode of the finding, contradicted when
/// events speak against it and none for it, not supported when the logs that it needs were fed in for that time and
/// show nothing, and undecided otherwise. Nothing is weighed against anything else: the reader sees the events.
public struct Diagnostician: Sendable {
  private let hosts: Hosts
  private let clocks: ClockSkews
  private let search: EvidenceSearch
  private let coverage: LogCoverage

  /// Prepares to judge the findings of a summary.
  ///
  /// - Parameters:
  ///   - summary: What was read.
  ///   - rules: The rules that made the summary.
  ///   - hosts: Which addresses mean which computers, besides what the events show.
  public init(summary: TriageSummary, rules: RuleSet, hosts: Hosts = Hosts()) {
    self.init(summary: summary, rules: rules, catalog: EvidenceCatalog(rules: rules), hosts: hosts)
  }

  /// Prepares with a catalog of the same rules that was made before.
  init(summary: TriageSummary, rules: RuleSet, catalog: EvidenceCatalog, hosts: Hosts = Hosts()) {
    self.hosts = hosts.learning(summary.addresses, computers: Set(summary.logs.keys.lazy.map(\.computer)))
    clocks = ClockSkews(summary.clocks, self.hosts)
    coverage = LogCoverage(summary: summary, hosts: self.hosts)
    search = EvidenceSearch(
      summary: summary, rules: rules, catalog: catalog, hosts: self.hosts, clocks: clocks, coverage: coverage)
  }

  /// What is concluded about a rule's findings.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - findings: Its findings.
  /// - Returns: One verdict for each cause, the likeliest first, and what was changed in the day before the findings, on
  ///   their computers and on those that the causes look at.
  public func conclusions(
    on rule: Rule, _ findings: [(key: FindingKey, value: FindingSummary)]
  ) -> (verdicts: [CauseVerdict], changes: [FoundEvidence]) {
    let guidance = rule.guidance
    let symptoms = findings.map { key, summary in
      Symptom(FindingPlace(rule, key, summary, hosts), summary.episodes.list, clocks)
    }
    let verdicts = guidance.causes.enumerated().map { judge($1, at: $0, symptoms) }
    return (verdicts.sorted { $0.order < $1.order }, changes(guidance, symptoms))
  }

  private func changes(_ guidance: Guidance, _ symptoms: [Symptom]) -> [FoundEvidence] {
    let starts = symptoms.map { symptom in
      Symptom(symptom.place, symptom.episodes.prefix(1).map { Episode(first: $0.first, last: $0.first) }, clocks)
    }
    return guidance.places.reduce(into: []) { changes, scope in
      let day = EvidenceDefinition(
        direction: .supports, selector: .tag("change"), secondsBefore: 86_400, secondsAfter: 0, scope: scope)
      changes = changes.joined(with: search.find(day, starts).events)
    }
  }

  // MARK: Causes

  private func judge(_ cause: Cause, at position: Int, _ symptoms: [Symptom]) -> CauseVerdict {
    var result = CauseVerdict(cause: position)
    for evidence in cause.evidence {
      let found = search.find(evidence, symptoms)
      switch evidence.direction {
      case .supports:
        result.supporting = result.supporting.joined(with: found.events)
        if found.mayHaveMore { result.isThinned = true }
      case .contradicts: result.contradicting = result.contradicting.joined(with: found.events)
      }
      result.reasons.append(reason(evidence, found))
    }
    result.missing = missing(cause, symptoms)
    let isUntimed = symptoms.contains { $0.episodes.isEmpty }
    result.verdict = verdict(result, cause, isUntimed: isUntimed)
    result.reasons += result.missing.map { log in
      let computer = log.computer ?? "a domain controller"
      let state =
        switch log.reason {
        case .absent: "was not fed in"
        case .partial: "does not cover the time"
        case .cleared: "was cleared within the time"
        }
      return "the log \(log.channel) of \(computer) \(state)"
    }
    if !cause.canBeSupported {
      result.reasons.append("no event shows this cause; only its checks do")
    }
    if isUntimed {
      result.reasons.append("events of the finding have no time, so nothing can be looked for around them")
    }
    return result
  }

  private func verdict(_ result: CauseVerdict, _ cause: Cause, isUntimed: Bool) -> Verdict {
    if !result.supporting.isEmpty { return .supported }
    if !result.contradicting.isEmpty { return .contradicted }
    let isOpen = isUntimed || !cause.canBeSupported || !result.missing.isEmpty || result.isThinned
    return isOpen ? .undecided : .notSupported
  }

  /// The logs that would have to be known; a rule that names none says that the finding's own are enough.
  private func needs(_ cause: Cause, _ place: FindingPlace) -> [NeededChannel] {
    guard cause.needs.isEmpty, cause.canBeSupported else { return cause.needs }
    return place.channels.filter { !$0.isEmpty }.map { NeededChannel(channel: $0) }
  }

  private func missing(_ cause: Cause, _ symptoms: [Symptom]) -> [MissingLog] {
    let margin = margin(cause)
    var missing: [LogKey: MissingLog] = [:]
    for symptom in symptoms {
      let windows = symptom.episodes.map {
        LogCoverage.Window(episode: $0, before: margin.before, after: margin.after)
      }
      for need in needs(cause, symptom.place) {
        for log in coverage.missing(need, symptom.place, windows.isEmpty ? [nil] : windows) {
          missing[log.key] = missing[log.key].map { $0.joined(with: log) } ?? log
        }
      }
    }
    return missing.values.sorted()
  }

  /// How many seconds before and after an episode a log must cover.
  private func margin(_ cause: Cause) -> (before: Int, after: Int) {
    let supporting = cause.evidence.filter { $0.direction == .supports }
    // What happened weeks ago may be gone from a log; the last day decides whether it was looked at.
    let day = 86_400
    let before = min(supporting.map(\.secondsBefore).max() ?? 0, day)
    // Logs are exported soon after the trouble, so what comes later only counts when nothing else would do.
    let after = before > 0 ? 0 : min(supporting.map(\.secondsAfter).max() ?? 0, day)
    return (before, after)
  }

  private func reason(_ evidence: EvidenceDefinition, _ found: EvidenceSearch.Result) -> String {
    let what =
      switch evidence.selector {
      case .rule(let id): "rule \(id)"
      case .tag(let tag): "tag \(tag)"
      case .match: "inline match"
      }
    let count = found.events.reduce(0) { $0 + $1.count }
    let direction = evidence.direction == .supports ? "for" : "against"
    if count > 0 { return "\(count) \(direction) it: \(what)" }
    return "nothing \(direction) it: \(what)" + (found.mayHaveMore ? " (too many events to remember each)" : "")
  }
}

extension Cause {
  /// Whether any event would speak for it.
  fileprivate var canBeSupported: Bool { evidence.contains { $0.direction == .supports } }
}

extension Guidance {
  /// The computer of the finding, and each other place that a cause names; any computer is no place.
  fileprivate var places: [EvidenceScope] {
    let named = causes.flatMap { $0.evidence.map(\.scope) + $0.needs.map(\.scope) }.flatMap(\.parts)
    return named.reduce(into: [.same]) { places, scope in
      if scope != .any, !places.contains(scope) { places.append(scope) }
    }
  }
}

extension CauseVerdict {
  /// Supported causes with more and nearer evidence come first.
  fileprivate var order: (Int, Int, Int64, Int) {
    (verdict.rank, -Set(supporting.map(\.title)).count, supporting.map(\.distance).min() ?? 0, cause)
  }
}

extension MissingLog {
  /// What makes two requests ask for the same log.
  fileprivate var key: LogKey { LogKey(computer: computer ?? "", channel: channel.lowercased()) }
}

extension [FoundEvidence] {
  /// Both lists; what two statements of evidence find alike stands once.
  fileprivate func joined(with others: [FoundEvidence]) -> [FoundEvidence] {
    var joined = self
    for other in others {
      if let index = joined.firstIndex(where: { $0.title == other.title && $0.isAbout(other.samples) }) {
        joined[index].count = Swift.max(joined[index].count, other.count)
      } else {
        joined.append(other)
      }
    }
    return joined
  }
}

extension FoundEvidence {
  /// Whether these are its events; how they are told does not matter.
  fileprivate func isAbout(_ others: [EventSample]) -> Bool { samples.map(\.location) == others.map(\.location) }
}
