import EventLog
public import RuleEngine

/// Judges the causes of findings by what was read: a pure function of a summary and the rules.
///
/// A cause is supported when events speak for it in the window around an episode of the finding, contradicted when
/// events speak against it and none for it, not supported when the logs that it needs were fed in for that time and
/// show nothing, and undecided otherwise. Nothing is weighed against anything else: the reader sees the events.
public struct Diagnostician: Sendable {
  private let search: EvidenceSearch
  private let coverage: LogCoverage

  /// Prepares to judge the findings of a summary.
  ///
  /// - Parameters:
  ///   - summary: What was read.
  ///   - rules: The rules that made the summary.
  ///   - hosts: Which addresses mean which computers, besides what the events show.
  public init(summary: TriageSummary, rules: RuleSet, hosts: Hosts = Hosts()) {
    let known = hosts.learning(summary.addresses)
    coverage = LogCoverage(summary: summary, hosts: known)
    search = EvidenceSearch(summary: summary, rules: rules, hosts: known, coverage: coverage)
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
    return search.find(day, symptoms).events
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
    let isOpen = cause.evidence.isEmpty || !result.missing.isEmpty || result.isThinned
    return isOpen ? .undecided : .notSupported
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

extension [FoundEvidence] {
  /// Both lists; what two statements of evidence find alike stands once.
  fileprivate func joined(with others: [FoundEvidence]) -> [FoundEvidence] {
    var joined = self
    for other in others {
      if let index = joined.firstIndex(where: { $0.title == other.title && $0.samples == other.samples }) {
        joined[index].count = Swift.max(joined[index].count, other.count)
      } else {
        joined.append(other)
      }
    }
    return joined
  }
}
