public import EventLog

/// All rules that were loaded: immutable, compiled once, indexed by provider, channel and event ID.
public struct RuleSet: Sendable {
  /// The rules, sorted by ID.
  public let rules: [Rule]
  /// The files that they are from, sorted by path.
  public let packs: [RulePack]
  /// The `match` parts of the rules' evidence, each once, in the order of the rules.
  public let evidenceSelections: [Selection]

  /// The evidence for and against all causes of the rules, in their order; read once, for it takes time.
  let evidence: [EvidenceDefinition]
  /// What to do about findings of rules that do not say so themselves.
  public private(set) var remediations = RemediationCatalog()
  /// Words for codes that packs share, by the table's name.
  public private(set) var tables: [String: ValueTable] = [:]
  /// Sigma rules that were understood, but whose log source means no events here.
  public private(set) var notApplicable: [NotApplicableRule] = []

  private let requirements: [HeaderRequirement]
  private let ruleIndex: HeaderIndex
  private let evidenceIndex: HeaderIndex
  private let positions: [String: Int]

  /// A set without rules.
  public static let empty = RuleSet(rules: [], packs: [])

  /// Compiles the index. Of two rules with one ID, ``rule(id:)`` finds the first.
  ///
  /// - Parameters:
  ///   - rules: The rules.
  ///   - packs: The files that they are from.
  ///   - indexesEvidence: Whether events are also looked up as evidence; without, none is.
  public init(rules: [Rule], packs: [RulePack], indexesEvidence: Bool = true) {
    let sorted = rules.sorted { ($0.id, $0.source.path, $0.source.line) < ($1.id, $1.source.path, $1.source.line) }
    self.rules = sorted
    self.packs = packs.sorted { ($0.path, $0.id) < ($1.path, $1.id) }
    requirements = sorted.map { HeaderRequirement($0.condition) }
    ruleIndex = HeaderIndex(requirements)
    evidence = indexesEvidence ? sorted.flatMap(\.evidence) : []
    evidenceSelections = Self.selections(of: evidence)
    evidenceIndex = HeaderIndex(evidenceSelections.map(HeaderRequirement.init))
    positions = Dictionary(zip(sorted.map(\.id), sorted.indices)) { first, _ in first }
  }

  /// Compiles the index of rules that were loaded; those without causes get the causes of their remediations.
  public init(_ loaded: LoadedRules, indexesEvidence: Bool = true) {
    let rules = loaded.remediations.attachingCauses(to: loaded.rules)
    self.init(rules: rules, packs: loaded.packs, indexesEvidence: indexesEvidence)
    remediations = loaded.remediations
    tables = loaded.tables
    notApplicable = loaded.notApplicable
  }

  private static func selections(of evidence: [EvidenceDefinition]) -> [Selection] {
    var seen: Set<Selection> = []
    return evidence.flatMap { [$0.selector, $0.until] }.compactMap { selector in
      guard case .match(let selection)? = selector, seen.insert(selection).inserted else { return nil }
      return selection
    }
  }

  /// The rule of that ID.
  public func rule(id: String) -> Rule? { positions[id].map { rules[$0] } }
}

// MARK: - Matching

extension RuleSet {
  /// The rules that match an event, as ascending indexes into ``rules``.
  public func matches(_ event: Event) -> [Int] {
    ruleIndex.candidates(of: event) { rules[$0].matches(event) }
  }

  /// The evidence that an event is, as ascending indexes into ``evidenceSelections``.
  public func evidence(_ event: Event) -> [Int] {
    evidenceIndex.candidates(of: event) { evidenceSelections[$0].matches(event) }
  }

  /// Whether an event with this header may match a rule or be evidence for one.
  ///
  /// Never says no wrongly: an empty provider or channel, or no event ID, stands for one that is not known.
  public func mayMatch(provider: String, eventID: Int?, channel: String) -> Bool {
    guard
      ruleIndex.mayContain(provider: provider, eventID: eventID, channel: channel)
        || evidenceIndex.mayContain(provider: provider, eventID: eventID, channel: channel)
    else { return false }
    var header = Event()
    header.provider.name = provider
    header.eventID = eventID
    header.channel = channel
    // The index knows names that are spelt out; patterns such as `lsi_sas*` are looked at here.
    if provider.isEmpty || channel.isEmpty || eventID == nil { return true }
    return ruleIndex.hasCandidate(of: header) { rules[$0].condition.verdict(onHeader: header) != .fails }
      || evidenceIndex.hasCandidate(of: header) { evidenceSelections[$0].verdict(onHeader: header) != .fails }
  }
}

extension HeaderIndex {
  /// Whether any candidate passes.
  fileprivate func hasCandidate(of event: Event, where passes: (Int) -> Bool) -> Bool {
    var found = false
    forEachCandidate(provider: event.provider.name, eventID: event.eventID, channel: event.channel) { entry in
      found = found || passes(entry)
    }
    return found
  }

  /// The candidates that pass, in ascending order.
  fileprivate func candidates(of event: Event, where passes: (Int) -> Bool) -> [Int] {
    var result: [Int] = []
    forEachCandidate(provider: event.provider.name, eventID: event.eventID, channel: event.channel) { entry in
      if passes(entry) { result.append(entry) }
    }
    if result.count > 1 { result.sort() }
    return result
  }
}

// MARK: - Looking up

extension RuleSet {
  /// The rules that name a provider and are about an event ID of it; all rules that name the provider for no ID.
  public func rules(provider: String, eventID: Int?) -> [Rule] {
    let name = FoldedText(provider)
    return zip(rules, requirements).compactMap { rule, requirement in
      guard requirement.providers?.contains(name) == true else { return nil }
      if let eventID, requirement.eventIDs?.contains(eventID) == false { return nil }
      return rule
    }
  }

  /// The channels that any event of a rule stands in, sorted; nil for a rule that does not say.
  public func channels(of rule: Rule) -> [String]? {
    positions[rule.id].flatMap { requirements[$0].channels?.map(\.spelling).sorted() }
  }

  /// The providers that rules name, as the rules spell them, sorted.
  public var providers: [String] {
    let names = requirements.reduce(into: Set<FoldedText>()) { $0.formUnion($1.providers ?? []) }
    return names.map(\.spelling).sorted()
  }
}
