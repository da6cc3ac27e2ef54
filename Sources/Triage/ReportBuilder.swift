import EventLog
public import RuleEngine

/// Makes a report of a summary: a pure function of the summary, the rules and the options.
public struct ReportBuilder: Sendable {
  /// The heading.
  public var title = "Triage report"
  /// Findings below this severity are left out.
  public var minimumSeverity = Severity.informational
  /// The language of the texts, as a BCP 47 tag.
  public var language = "en"
  /// What is known about the answers of mail servers.
  public var answers = AnswerCatalog.empty
  /// Which addresses mean which computers.
  public var hosts = Hosts()
  /// Which events are evidence, where that was worked out before; of the same rules.
  public var catalog: EvidenceCatalog?
  /// What stands in "About this report".
  public var about: ReportAbout
  /// How many kinds that no rule knows are listed.
  public var unknownKindLimit = 20

  /// How many events of findings are listed in all, spread evenly over the findings; nil for as many as are kept.
  public var listedEventLimit: Int?

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
  ///   - inputFailures: Arguments that stand for no input, as sentences.
  /// - Returns: The report, complete.
  public func report(on summary: TriageSummary, inputFailures: [String] = []) -> Report {
    let correlated = Correlator(rules: rules).result(
      on: summary.correlations, sampleLimit: max(1, about.eventsPerFinding))
    let findings = summary.findings.merging(correlated.findings) { first, _ in first }
    var report = Report(
      title: title, about: completed(about, summary, found: correlated.fired.union(findings.keys.map(\.ruleID))))
    report.about.correlationNotes = correlated.notes
    report.inputs = summary.sources.sorted { $0.key < $1.key }.map(\.value)
    report.inputFailures = inputFailures
    report.logs = summary.logs.sorted { $0.key < $1.key }.map { key, occurrences in
      ReportLog(computer: key.computer, channel: key.channel, occurrences: occurrences)
    }
    for log in report.logs { report.occurrences.merge(log.occurrences) }
    if let others = summary.eventsBeyondLogs { report.occurrences.merge(others) }
    report.evidenceDropped = summary.evidence.droppedCount
    report.clocks = summary.clocks.largestByComputer.map { computer, shift in
      ReportClock(computer: computer, seconds: shift.seconds, time: shift.time)
    }
    report.addresses = summary.addresses.list.map { ReportAddress(address: $0.address, computer: $0.computer) }

    let diagnostician = Diagnostician(
      summary: summary, rules: rules, catalog: catalog ?? EvidenceCatalog(rules: rules), hosts: hosts)
    let sections = SectionOrder(hosts: hosts).ordered(sections(findings, diagnostician))
    let perFinding = eventsPerFinding(sections.count)
    report.about.eventsPerFinding = perFinding
    let events = EventTable(sections, inputs: summary.sources, perFinding: perFinding)
    report.events = events.rows
    var answers = AnswerReading(catalog: answers, language: language)
    let span = report.occurrences
    let told = sections.parallelMap { section in
      (
        finding: finding(section, span: span, events: events),
        remediations: rules.remediations.remediations(for: section.rule)
      )
    }
    let remediations = RemediationList(sections, told.map(\.remediations), language: language)
    report.remediations = remediations.list
    report.findings = zip(sections, told).map { section, told in
      var finding = told.finding
      finding.remediations = remediations.positions(finding: section.number)
      finding.sameEventsAs = events.sameEvents(as: section)
      finding.mailAnswers = answers.meanings(in: finding.sentences)
      return finding
    }
    report.sharedCauses = SharedCauses(sections, language: language).list
    report.toCollect = CollectionList(sections).list
    report.coverage = CoverageCounter(rules: rules, limit: unknownKindLimit).coverage(summary)
    return report
  }

  /// How many events a finding lists: never so few that its first and last events are not among them.
  private func eventsPerFinding(_ findings: Int) -> Int {
    guard let listedEventLimit, findings > 0 else { return about.eventsPerFinding }
    return min(about.eventsPerFinding, max(4, listedEventLimit / findings))
  }

  private func sections(
    _ findings: [FindingKey: FindingSummary], _ diagnostician: Diagnostician
  ) -> [ReportSection] {
    var groups: [String: [(key: FindingKey, value: FindingSummary)]] = [:]
    for (key, value) in findings.sorted(by: { $0.key < $1.key }) {
      groups[key.ruleID, default: []].append((key, value))
    }
    return groups.sorted { $0.key < $1.key }.parallelMap { id, groups -> ReportSection? in
      guard let rule = rules.rule(id: id), rule.severity >= minimumSeverity else { return nil }
      let (verdicts, changes) = diagnostician.conclusions(on: rule, groups)
      return ReportSection(rule: rule, groups: groups, verdicts: verdicts, changes: changes)
    }.compactMap(\.self)
  }

  private func finding(_ section: ReportSection, span: Occurrences, events: EventTable) -> ReportFinding {
    let rule = section.rule
    var guidance = ReportGuidance(rule.guidance, language: language)
    guidance.causes = section.verdicts.compactMap { verdict in
      guard guidance.causes.indices.contains(verdict.cause) else { return nil }
      var cause = guidance.causes[verdict.cause]
      cause.verdict = ReportVerdict(
        verdict: verdict.verdict, supporting: verdict.supporting.map(events.evidence),
        contradicting: verdict.contradicting.map(events.evidence),
        missing: verdict.missing.map { ReportMissingLog($0) }, isThinned: verdict.isThinned,
        reasons: verdict.reasons)
      return cause
    }
    return ReportFinding(
      number: section.number, ruleID: rule.id, packID: rule.packID, title: rule.title.text(in: language),
      severity: rule.severity, isUnverified: rule.isUnverified, occurrences: section.occurrences,
      activity: section.activity(span), computers: section.computers, groupFields: rule.groupBy,
      groups: section.groups.map { ReportGroup(values: $0.key.group, occurrences: $0.value.occurrences) },
      sentences: section.sentences, guidance: guidance, consequenceOf: section.consequenceOf,
      changes: section.changes.map(events.evidence), events: events.positions(finding: section.number),
      sigma: rule.sigma.map { ReportSigmaRule($0, tables: rules.tables) }, matches: events.matches(section))
  }

  private func completed(_ about: ReportAbout, _ summary: TriageSummary, found: Set<String>) -> ReportAbout {
    var about = about
    about.packs = rules.packs.map { ReportPack(id: $0.id, title: $0.title.text(in: language), rules: $0.ruleCount) }
    about.rules = rules.rules.count
    about.accounting = RuleAccounting(rules, found: found, summary: summary)
    about.rulesMatched = about.accounting.matched.count
    about.considered = summary.considered
    about.filteredOut = summary.filteredOut
    about.abandonedAttempts = summary.abandonedAttempts
    return about
  }
}
