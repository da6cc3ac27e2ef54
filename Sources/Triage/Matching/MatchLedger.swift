import EventLog
import RuleEngine

/// Counts matched events by what they match and by the values that tell findings and evidence apart, in front of a
/// summary.
///
/// A rule that matches ten thousand times has few groups. The events of a known group are counted without making a
/// string, and the first and last of them are kept as text. What many rules have in common is counted once.
struct MatchLedger {
  private static let rowLimit = 4096

  private let rules: RuleSet
  private let catalog: EvidenceCatalog
  private let sampleLimit: Int
  private let heldLimit: Int
  private let held = HeldEvent.Total()
  private var plans: [MatchPlan] = []
  /// For each kind of events, the positions of its plans.
  private var plansOfKinds: [[Int]] = []
  private var rows: [MatchRow] = []
  private var key: [UInt8] = []

  /// - Parameters:
  ///   - rules: The rules.
  ///   - catalog: What is evidence.
  ///   - sampleLimit: How many events each finding keeps.
  ///   - heldLimit: How many bytes of events may be held before the summary should be told.
  init(rules: RuleSet, catalog: EvidenceCatalog, sampleLimit: Int, heldLimit: Int = 6 * 1024 * 1024) {
    self.heldLimit = heldLimit
    self.rules = rules
    self.catalog = catalog
    self.sampleLimit = sampleLimit
  }

  /// Whether so much is kept that the summary should be told as soon as nobody else is at it.
  var isFull: Bool { held.bytes > heldLimit || isLong }

  /// Whether so much is kept that the summary must be told.
  var isOverfull: Bool { held.bytes > 2 * heldLimit || rows.count > 2 * Self.rowLimit }

  private var isLong: Bool { rows.count > Self.rowLimit || plans.count > Self.rowLimit }

  /// Must be called when the numbers of kinds begin anew.
  mutating func forgetKinds() { plansOfKinds = [] }

  /// Takes an event that stands in its fields, see ``RuleEngine/EventLog/EventFields/tellsValues``.
  mutating func take(_ fields: EventFields, _ matches: EventMatches) {
    let row = row(of: fields, inPlan: plan(of: fields.header, matches))
    rows[row].add(fields, at: fields.position, held)
  }

  private mutating func plan(of header: EventHeader, _ matches: EventMatches) -> Int {
    while plansOfKinds.count <= header.kind { plansOfKinds.append([]) }
    for plan in plansOfKinds[header.kind] where plans[plan].matches.isSame(as: matches) { return plan }
    plans.append(MatchPlan(matches, of: header, catalog))
    plansOfKinds[header.kind].append(plans.count - 1)
    return plans.count - 1
  }

  private mutating func row(of fields: EventFields, inPlan plan: Int) -> Int {
    key.removeAll(keepingCapacity: true)
    plans[plan].key.append(fields, to: &key)
    if let known = plans[plan].rows.find(key) { return known }
    rows.append(plans[plan].makeRow(at: plan, sampleLimit: sampleLimit))
    plans[plan].rows.insert(rows.count - 1, for: key)
    return rows.count - 1
  }
}

extension MatchLedger {
  /// Tells a summary what was seen and forgets it.
  ///
  /// - Parameters:
  ///   - summary: The summary.
  ///   - restorer: Makes the kept events whole.
  mutating func flush(into summary: inout TriageSummary, _ restorer: EventRestorer) {
    for index in rows.indices {
      guard let seen = rows[index].takeSeen() else { continue }
      let plan = plans[rows[index].plan]
      for rule in plan.signals { summary.addSignals(rules.rules[rule].id, seen.times.occurrences) }
      guard let example = seen.example else { continue }
      let names = rows[index].names ?? names(of: example, plan, restorer)
      rows[index].names = names
      rows[index].widen(to: tell(seen, names, plan, &summary, restorer))
    }
    // Rows go on with what they know of the summary, unless there are too many.
    if isLong { (rows, plans, plansOfKinds) = ([], [], []) }
  }

  /// - Returns: The least width of the bins of the evidence, as a power of two, in minutes.
  private func tell(
    _ seen: MatchRow.Seen, _ names: MatchRow.Names, _ plan: MatchPlan, _ summary: inout TriageSummary,
    _ restorer: EventRestorer
  ) -> Int64 {
    for (index, key) in zip(plan.findings, names.findings) {
      let words = SampleStory.Words.finding(rules.rules[index])
      summary.addFinding(
        key, seen.finding(on: plan.origin.computer) { EventSample($0, plan.origin, words, restorer) })
    }
    if seen.series.isEmpty { return 0 }
    // What is told in the same words, in bins of one width, is made once for all evidence that it is.
    var told: [Telling: EvidenceSeries] = [:]
    let widths = zip(plan.evidence, names.evidence).map { evidence, key in
      let telling = Telling(teller: evidence.teller, widthExponent: summary.evidence.widthExponent(of: key))
      let words = evidence.teller.map { SampleStory.Words.rule(rules.rules[$0]) } ?? .plain
      let series =
        told[telling]
        ?? seen.evidence(widthExponent: telling.widthExponent) { EventSample($0, plan.origin, words, restorer) }
      told[telling] = series
      summary.addEvidence(key, series)
      return summary.evidence.widthExponent(of: key)
    }
    return widths.min() ?? 0
  }

  private struct Telling: Hashable {
    let teller: Int?
    let widthExponent: Int64
  }

  private func names(of example: HeldEvent, _ plan: MatchPlan, _ restorer: EventRestorer) -> MatchRow.Names {
    // Mostly the computer is all that is asked for, and then no event need be made whole.
    let event = plan.key.isEmpty ? Event(on: plan.origin.computer) : example.waiting(restorer).event
    return MatchRow.Names(
      findings: plan.findings.map { FindingKey(rules.rules[$0], event) },
      evidence: plan.evidence.map { evidence in
        EvidenceKey(
          probe: evidence.probe.name, computer: plan.origin.computer, values: values(of: event, evidence.source))
      })
  }

  private func values(of event: Event, _ source: MatchPlan.Evidence.Source) -> [String] {
    switch source {
    case .rule(let rule): catalog.values(of: event, rule: rule)
    case .selection(let selection): catalog.values(of: event, evidence: selection)
    }
  }
}

extension Event {
  fileprivate init(on computer: String) {
    self.init()
    self.computer = computer
  }
}

extension FindingKey {
  /// What makes an event one finding of a rule with others.
  init(_ rule: Rule, _ event: Event) {
    let group = rule.groupBy.map { (rule.value(of: $0, in: event) ?? "").truncated(to: TriageBounds.groupValueLength) }
    self.init(ruleID: rule.id, group: group)
  }
}
