public import EventLog
public import RuleEngine

/// Makes a report of a summary: a pure function of the summary, the rules and the options.
public struct ReportBuilder: Sendable {
  /// The heading.
  public var title = "Triage report"
  /// Findings below this severity are left out.
  public var minimumSeverity = Severity.informational
  /// The language of the texts, as a BCP 47 tag.
  public var language = "en"
  /// What stands in "About this report".
  public var about: ReportAbout
  /// How many kinds that no rule knows are listed.
  public var unknownKindLimit = 20

  private let rules: RuleSet

  /// Makes a builder.
  public init(rules: RuleSet, about: ReportAbout) {
    self.rules = rules
    self.about = about
  }

  /// Makes the report.
  ///
  /// - Parameters:
  ///   - summary: What the session summed up.
  ///   - inputFailures: Arguments that stand for no input.
  public func report(on summary: TriageSummary, inputFailures: [InputFailure] = []) -> Report {
    var report = Report(title: title, about: about)
    report.inputs = summary.sources.sorted { $0.key < $1.key }.map(\.value)
    report.inputFailures = inputFailures.map(\.description)
    report.logs = summary.logs.sorted { $0.key < $1.key }.map { key, occurrences in
      ReportLog(computer: key.computer, channel: key.channel, occurrences: occurrences)
    }
    for log in report.logs { report.occurrences.merge(log.occurrences) }
    let byRule = findingsByRule(summary)
    let sections = ordered(byRule)
    report.events = events(sections, summary)
    report.findings = sections.enumerated().map { index, section in
      finding(section, number: index + 1, span: report.occurrences, events: report.events)
    }
    report.coverage = coverage(summary)
    report.about = completed(about, summary)
    return report
  }

  // MARK: Findings

  /// The findings of one rule.
  private struct Section {
    var rule: Rule
    var groups: [(key: FindingKey, value: FindingSummary)]
    var occurrences = Occurrences()

    var samples: [EventSample] { groups.flatMap(\.value.ledger.samples) }
  }

  private func findingsByRule(_ summary: TriageSummary) -> [Section] {
    var sections: [String: Section] = [:]
    for (key, value) in summary.findings.sorted(by: { $0.key < $1.key }) {
      guard let rule = rules.rule(id: key.ruleID), rule.severity >= minimumSeverity else { continue }
      sections[rule.id, default: Section(rule: rule, groups: [])].groups.append((key, value))
      sections[rule.id]?.occurrences.merge(value.occurrences)
    }
    return Array(sections.values)
  }

  private func ordered(_ sections: [Section]) -> [Section] {
    let sections = sections.map { section in
      var section = section
      section.groups.sort { left, right in
        let (more, fewer) = (left.value.occurrences.count, right.value.occurrences.count)
        return more == fewer ? left.key < right.key : more > fewer
      }
      return section
    }
    return sections.sorted { left, right in
      if left.rule.severity != right.rule.severity { return left.rule.severity > right.rule.severity }
      if left.occurrences.count != right.occurrences.count { return left.occurrences.count > right.occurrences.count }
      return left.rule.id < right.rule.id
    }
  }

  private func finding(
    _ section: Section, number: Int, span: Occurrences, events: [ReportEvent]
  ) -> ReportFinding {
    let rule = section.rule
    return ReportFinding(
      number: number, ruleID: rule.id, packID: rule.packID, title: rule.title.text(in: language),
      severity: rule.severity, isUnverified: rule.isUnverified, occurrences: section.occurrences,
      activity: activity(section, span),
      computers: Set(section.groups.flatMap(\.value.computers)).sorted(), groupFields: rule.groupBy,
      groups: section.groups.map { ReportGroup(values: $0.key.group, occurrences: $0.value.occurrences) },
      sentences: sentences(section), guidance: ReportGuidance(rule.guidance, language: language),
      events: events.indices.filter { events[$0].findings.contains(number) })
  }

  private func activity(_ section: Section, _ span: Occurrences) -> [Int] {
    let none = [Int](repeating: 0, count: ReportFinding.sparkColumns)
    guard let first = span.first, let last = span.last else { return none }
    return section.groups.reduce(into: none) { columns, group in
      let added = group.value.histogram.columns(ReportFinding.sparkColumns, from: first, to: last)
      for index in columns.indices { columns[index] += added[index] }
    }
  }

  /// One sentence for each of the most frequent groups, without repetition.
  private func sentences(_ section: Section) -> [String] {
    var sentences: [String] = []
    for group in section.groups.prefix(50) where sentences.count < 3 {
      guard let sentence = group.value.ledger.samples.first?.sentence, !sentence.isEmpty else { continue }
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    return sentences
  }

  // MARK: Events

  private func events(_ sections: [Section], _ summary: TriageSummary) -> [ReportEvent] {
    var numbers: [EventLocation: [Int]] = [:]
    var samples: [EventLocation: EventSample] = [:]
    for (index, section) in sections.enumerated() {
      for sample in section.samples {
        numbers[sample.location, default: []].append(index + 1)
        if samples[sample.location] == nil { samples[sample.location] = sample }
      }
    }
    return samples.values.sorted(by: EventSample.precedes).map { sample in
      ReportEvent(
        sample: sample, input: summary.sources[sample.source]?.name ?? "", findings: numbers[sample.location] ?? [])
    }
  }

  // MARK: Coverage

  private func coverage(_ summary: TriageSummary) -> ReportCoverage {
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
    coverage.unknown = Array(unknown.prefix(unknownKindLimit))
    return coverage
  }

  private func completed(_ about: ReportAbout, _ summary: TriageSummary) -> ReportAbout {
    var about = about
    about.packs = rules.packs.map { ReportPack(id: $0.id, title: $0.title.text(in: language), rules: $0.ruleCount) }
    about.rules = rules.rules.count
    about.rulesMatched = Set(summary.findings.keys.map(\.ruleID)).union(summary.signals.keys).count
    about.considered = summary.considered
    about.filteredOut = summary.filteredOut
    return about
  }
}
