import EventLog
import RuleEngine

/// Finds the causes that the same evidence supports for several findings.
struct SharedCauses {
  let list: [ReportSharedCause]

  init(_ sections: [ReportSection], language: String) {
    let supported = sections.compactMap { section in section.likeliest.map { (section: section, cause: $0) } }
    var clusters: [[Int]] = []
    for index in supported.indices {
      let evidence = Set(supported[index].cause.supporting.map(\.title))
      let touching = clusters.indices.filter { cluster in
        clusters[cluster].contains { !evidence.isDisjoint(with: supported[$0].cause.supporting.map(\.title)) }
      }
      let merged = touching.flatMap { clusters[$0] } + [index]
      clusters = clusters.indices.filter { !touching.contains($0) }.map { clusters[$0] } + [merged.sorted()]
    }
    list = clusters.filter { $0.count > 1 }.compactMap { cluster -> ReportSharedCause? in
      let members = cluster.map { supported[$0] }.sorted { $0.section.number < $1.section.number }
      guard let first = members.first else { return nil }
      let causes = first.section.rule.guidance.causes
      guard causes.indices.contains(first.cause.cause) else { return nil }
      return ReportSharedCause(
        title: causes[first.cause.cause].title.text(in: language), findings: members.map(\.section.number),
        evidence: Set(members.flatMap { $0.cause.supporting.map(\.title) }).sorted())
    }.sorted { ($0.findings.first ?? 0) < ($1.findings.first ?? 0) }
  }
}

/// Lists the logs that would settle undecided causes, each once: those that most causes wait for first.
struct CollectionList {
  private struct Entry {
    var log: MissingLog
    var findings: Set<Int> = []
    /// How many causes wait for it.
    var causes = 0

    var order: (Int, Int) { (-causes, findings.min() ?? 0) }
  }

  let list: [ReportMissingLog]

  init(_ sections: [ReportSection]) {
    var wanted: [String: Entry] = [:]
    for section in sections where section.rule.severity > .informational {
      for verdict in section.verdicts where verdict.verdict == .undecided {
        for log in verdict.missing {
          let name = "\(log.computer?.lowercased() ?? "")\u{0}\(log.channel.lowercased())"
          var entry = wanted[name] ?? Entry(log: log)
          entry.log = entry.log.joined(with: log)
          entry.findings.insert(section.number)
          entry.causes += 1
          wanted[name] = entry
        }
      }
    }
    list = wanted.values.sorted { left, right in
      left.order == right.order ? left.log < right.log : left.order < right.order
    }.map { ReportMissingLog($0.log, findings: $0.findings.sorted()) }
  }
}

/// Counts how much of the trouble in the logs rules explain.
struct CoverageCounter {
  let rules: RuleSet
  let limit: Int

  func coverage(_ summary: TriageSummary) -> ReportCoverage {
    var coverage = ReportCoverage()
    coverage.eventsBeyondBound = summary.troubleBeyondBound
    var unknown: [ReportUnknownKind] = []
    for (kind, trouble) in summary.trouble.sorted(by: { $0.key < $1.key }) {
      coverage.events += trouble.occurrences.count
      coverage.explainedEvents += trouble.explained
      coverage.kinds += 1
      if trouble.explained > 0 { coverage.explainedKinds += 1 }
      if trouble.explained == 0, let sample = trouble.sample {
        unknown.append(
          ReportUnknownKind(
            provider: sample.provider, eventID: kind.eventID < 0 ? nil : kind.eventID, level: trouble.level,
            channels: trouble.channels.sorted(), count: trouble.occurrences.count,
            occurrences: trouble.occurrences, sample: sample))
      }
    }
    coverage.unknownKinds = unknown.count
    unknown.sort { left, right in
      if left.level != right.level { return left.level.rawValue < right.level.rawValue }
      if left.count != right.count { return left.count > right.count }
      return (left.provider, left.eventID ?? -1) < (right.provider, right.eventID ?? -1)
    }
    coverage.unknown = unknown.prefix(limit).map { kind in
      var kind = kind
      kind.suggestion = suggestion(kind)
      return kind
    }
    return coverage
  }

  /// The provider that someone who typed the event into a ticket may have meant.
  private func suggestion(_ kind: ReportUnknownKind) -> String? {
    NearMiss.suggestions(for: kind.provider, among: rules.providers, limit: 3).first { provider in
      !rules.rules(provider: provider, eventID: kind.eventID).isEmpty
    }
  }
}
