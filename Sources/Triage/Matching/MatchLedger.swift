import EventLog
import RuleEngine

/// Counts matched events by the values that tell findings and evidence apart, in front of a summary.
///
/// A rule that matches ten thousand times has few groups. The events of a known group are counted without making a
/// string, the first and last of them are kept as text, and sentences are made when the summary is told.
struct MatchLedger {
  /// What is known of a rule.
  private final class RuleEntry {
    let groupKey: ValueKey
    let evidenceKey: ValueKey?
    let probe: EvidenceProbe?
    let isSignal: Bool
    var signals = Occurrences()
    var findings = KeyedTallies<FindingTally>()
    var evidence = KeyedTallies<EvidenceTally>()

    init(_ rule: Rule, probe: EvidenceProbe?, _ catalog: EvidenceCatalog) {
      groupKey = ValueKey(names: rule.groupBy, rule: rule)
      evidenceKey = probe.map { ValueKey(names: catalog.fields(of: $0), rule: rule) }
      self.probe = probe
      isSignal = rule.isSignal
    }
  }

  /// What is known of an inline selection.
  private final class SelectionEntry {
    let key: ValueKey
    let probe: EvidenceProbe
    var evidence = KeyedTallies<EvidenceTally>()

    init(_ probe: EvidenceProbe, _ catalog: EvidenceCatalog) {
      key = ValueKey(names: catalog.fields(of: probe))
      self.probe = probe
    }
  }

  private static let tallyLimit = 4096
  private static let keptLimit = 16 * 1024 * 1024

  private let rules: RuleSet
  private let catalog: EvidenceCatalog
  private let sampleLimit: Int
  private let kept = KeptEvent.Total()
  private var ruleEntries: [RuleEntry?]
  private var selectionEntries: [SelectionEntry?]
  private var tallyCount = 0
  private var key: [UInt8] = []

  init(rules: RuleSet, catalog: EvidenceCatalog, sampleLimit: Int) {
    self.rules = rules
    self.catalog = catalog
    self.sampleLimit = sampleLimit
    ruleEntries = Array(repeating: nil, count: rules.rules.count)
    selectionEntries = Array(repeating: nil, count: rules.evidenceSelections.count)
  }

  /// Whether so much is kept that the summary should be told.
  var isFull: Bool { kept.bytes > Self.keptLimit || tallyCount > Self.tallyLimit }

  /// Takes an event that stands in its fields, see ``RuleEngine/EventLog/EventFields/tellsValues``.
  mutating func take(_ fields: EventFields, _ matches: EventMatches) {
    let position = fields.position
    var kept: KeptEvent?
    let total = self.kept
    func keep(_ teller: Int?) -> KeptSample {
      let event = kept ?? fields.keep(total)
      kept = event
      return KeptSample(event: event, teller: teller)
    }
    for rule in matches.rules { take(fields, rule, position) { keep(rule) } }
    guard !matches.evidence.isEmpty, let time = fields.header.timeCreated else { return }
    // What an inline selection finds is told as the rule tells it that knows the event.
    let teller = matches.rules.first { !rules.rules[$0].isSignal } ?? matches.rules.first
    for selection in matches.evidence { evidenceTally(fields, selection).add(time, position) { keep(teller) } }
  }

  private mutating func take(
    _ fields: EventFields, _ rule: Int, _ position: SamplePosition, _ keep: () -> KeptSample
  ) {
    let entry = ruleEntry(rule)
    if entry.isSignal {
      entry.signals.add(fields.header.timeCreated)
    } else {
      findingTally(fields, rule, entry).add(fields, position, keep: keep)
    }
    guard let time = fields.header.timeCreated, let tally = evidenceTally(fields, rule, entry) else { return }
    tally.add(time, position, keep: keep)
  }

  // MARK: Finding what belongs together

  private mutating func ruleEntry(_ index: Int) -> RuleEntry {
    if let known = ruleEntries[index] { return known }
    let entry = RuleEntry(rules.rules[index], probe: catalog.probe(ofRule: index), catalog)
    ruleEntries[index] = entry
    return entry
  }

  private mutating func selectionEntry(_ index: Int) -> SelectionEntry {
    if let known = selectionEntries[index] { return known }
    let entry = SelectionEntry(catalog.probe(ofEvidence: index), catalog)
    selectionEntries[index] = entry
    return entry
  }

  private mutating func findingTally(_ fields: EventFields, _ rule: Int, _ entry: RuleEntry) -> FindingTally {
    key.removeAll(keepingCapacity: true)
    entry.groupKey.append(fields, to: &key)
    if let known = entry.findings.find(key) { return known }
    let tally = FindingTally(FindingKey(rules.rules[rule], fields.makeEvent()), sampleLimit: sampleLimit)
    entry.findings.insert(tally, for: key)
    tallyCount += 1
    return tally
  }

  private mutating func evidenceTally(_ fields: EventFields, _ rule: Int, _ entry: RuleEntry) -> EvidenceTally? {
    guard let probe = entry.probe, let valueKey = entry.evidenceKey else { return nil }
    startKey(fields)
    valueKey.append(fields, to: &key)
    if let known = entry.evidence.find(key) { return known }
    let event = fields.makeEvent()
    let tally = EvidenceTally(
      EvidenceKey(probe: probe.name, computer: event.computer, values: catalog.values(of: event, rule: rule)))
    entry.evidence.insert(tally, for: key)
    tallyCount += 1
    return tally
  }

  private mutating func evidenceTally(_ fields: EventFields, _ selection: Int) -> EvidenceTally {
    let entry = selectionEntry(selection)
    startKey(fields)
    entry.key.append(fields, to: &key)
    if let known = entry.evidence.find(key) { return known }
    let event = fields.makeEvent()
    let values = catalog.values(of: event, evidence: selection)
    let tally = EvidenceTally(EvidenceKey(probe: entry.probe.name, computer: event.computer, values: values))
    entry.evidence.insert(tally, for: key)
    tallyCount += 1
    return tally
  }

  private mutating func startKey(_ fields: EventFields) {
    key.removeAll(keepingCapacity: true)
    key.append(lengthAndBytesOf: fields.header.computer)
  }
}

extension MatchLedger {
  /// Tells a summary what was seen and forgets it.
  ///
  /// - Parameters:
  ///   - summary: The summary.
  ///   - makeEvent: Makes a kept event whole.
  mutating func flush(into summary: inout TriageSummary, _ makeEvent: (KeptEvent) -> Event) {
    var made: [ObjectIdentifier: Event] = [:]
    func event(_ kept: KeptSample) -> Event {
      let event = made[ObjectIdentifier(kept.event)] ?? makeEvent(kept.event)
      made[ObjectIdentifier(kept.event)] = event
      return event
    }
    func evidence(_ kept: KeptSample) -> EventSample {
      EventSample(event(kept), tellingWith: kept.teller.map { rules.rules[$0] })
    }
    for (index, entry) in ruleEntries.enumerated() {
      guard let entry else { continue }
      made = [:]
      let rule = rules.rules[index]
      if entry.signals.count > 0 { summary.addSignals(rule.id, entry.signals) }
      for tally in entry.findings.tallies {
        summary.addFinding(tally.key, tally.finish { EventSample(event($0), findingOf: rule) })
      }
      for tally in entry.evidence.tallies { summary.addEvidence(tally.key, tally.series.mapSamples(evidence)) }
    }
    for case let entry? in selectionEntries {
      made = [:]
      for tally in entry.evidence.tallies { summary.addEvidence(tally.key, tally.series.mapSamples(evidence)) }
    }
    forget()
  }

  private mutating func forget() {
    ruleEntries = Array(repeating: nil, count: ruleEntries.count)
    selectionEntries = Array(repeating: nil, count: selectionEntries.count)
    tallyCount = 0
  }
}

extension FindingKey {
  /// What makes an event one finding of a rule with others.
  init(_ rule: Rule, _ event: Event) {
    let group = rule.groupBy.map { (rule.value(of: $0, in: event) ?? "").truncated(to: TriageBounds.groupValueLength) }
    self.init(ruleID: rule.id, group: group)
  }
}
