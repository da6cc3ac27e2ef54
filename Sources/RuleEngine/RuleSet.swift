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
  /// The conditions of the rules, then the evidence.
  private let engine: MatchEngine
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
    let sorted = rules.sorted { left, right in
      if left.id != right.id { return left.id < right.id }
      return (left.source.path, left.source.line) < (right.source.path, right.source.line)
    }
    self.rules = sorted
    self.packs = packs.sorted { ($0.path, $0.id) < ($1.path, $1.id) }
    requirements = sorted.parallelMap { HeaderRequirement($0.condition) }
    evidence = indexesEvidence ? sorted.parallelMap(\.evidence).flatMap(\.self) : []
    evidenceSelections = Self.selections(of: evidence)
    engine = MatchEngine(
      sorted.map { .condition($0.condition) } + evidenceSelections.map { .selection($0) },
      requirements: requirements + evidenceSelections.map(HeaderRequirement.init))
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
  /// Makes what one thread needs to match many events.
  ///
  /// - Parameter profiles: Whether to take note of what each rule costs.
  /// - Returns: Memory that is used again from event to event.
  public func makeScratch(profiles: Bool = false) -> MatchScratch {
    MatchScratch(engine, ruleCount: rules.count, profiles: profiles)
  }

  /// What an event matches; the same as ``matches(_:)-(Event)`` finds, without making a string.
  ///
  /// - Parameters:
  ///   - fields: The event.
  ///   - scratch: The calling thread's, from ``makeScratch(profiles:)``.
  /// - Returns: The rules and evidence that fit.
  public func matches(_ fields: EventFields, _ scratch: MatchScratch) -> EventMatches {
    matches(fields, scratch.state(for: fields.header), scratch)
  }

  /// What an event matches, where it is known already what matches events of its kind.
  ///
  /// - Parameters:
  ///   - fields: The event.
  ///   - state: What ``MatchScratch/state(for:)`` gave for its header.
  ///   - scratch: The calling thread's, from ``makeScratch(profiles:)``.
  /// - Returns: The rules and evidence that fit.
  public func matches(_ fields: EventFields, _ state: KindState?, _ scratch: MatchScratch) -> EventMatches {
    guard let state else { return .none }
    // An event without payload is told by its rendered message, which only rules know how to read.
    if !fields.hasPayload, !fields.message.isEmpty { return matches(fields.makeEvent()) }
    return state.matches(fields, scratch.tools)
  }

  /// What an event matches, found by asking every rule and evidence that its header does not rule out.
  public func matches(_ event: Event) -> EventMatches {
    let candidates = engine.candidates(
      provider: event.provider.name, eventID: event.eventID, channel: event.channel)
    return EventMatches(candidates.filter { isMatch($0, event) }, ruleCount: rules.count)
  }

  private func isMatch(_ candidate: Int, _ event: Event) -> Bool {
    candidate < rules.count
      ? rules[candidate].matches(event) : evidenceSelections[candidate - rules.count].matches(event)
  }
}

extension EventFields {
  /// Whether the event carries more than its header.
  fileprivate var hasPayload: Bool { fields.first.map { $0.kind == .data || $0.kind == .userData } ?? false }
}

// MARK: - Looking up

extension RuleSet {
  /// The rules that name a provider, by a wildcard too, and are about an event ID of it; all that name it for no ID.
  public func rules(provider: String, eventID: Int?) -> [Rule] {
    let name = FoldedText(provider)
    return zip(rules, requirements).compactMap { rule, requirement in
      guard requirement.providers?.contains(name) ?? rule.condition.names(provider: provider) else { return nil }
      if let eventID, requirement.eventIDs?.contains(eventID) == false { return nil }
      return rule
    }
  }

  /// The rules that name a channel and the event ID, but no provider by its whole name, as most of Sigma's do.
  ///
  /// - Parameters:
  ///   - name: A channel, or a provider: modern ones write to channels that begin with their names.
  ///   - eventID: The event ID.
  /// - Returns: The rules that such an event may match, in their order.
  public func rules(ofChannel name: String, eventID: Int) -> [Rule] {
    let name = name.lowercased() == "microsoft-windows-security-auditing" ? "security" : name.lowercased()
    return zip(rules, requirements).compactMap { rule, requirement in
      guard requirement.providers == nil, requirement.eventIDs?.contains(eventID) == true else { return nil }
      let mayMatch = requirement.channels?.contains { channel in
        let folded = channel.spelling.lowercased()
        guard folded == name || folded.hasPrefix(name + "/") else { return false }
        // One rule may be about some event IDs of one channel and others of another.
        return rule.condition.mayMatch(KindHeader(provider: "", eventID: eventID, channel: channel.spelling))
      }
      return mayMatch == true ? rule : nil
    }
  }

  /// The rules that name an event ID, those first that name the fewest.
  public func rules(eventID: Int) -> [Rule] {
    let found = zip(rules, requirements).compactMap { rule, requirement -> (rule: Rule, count: Int)? in
      guard let eventIDs = requirement.eventIDs, eventIDs.contains(eventID) else { return nil }
      return (rule, eventIDs.count)
    }
    return found.sorted { $0.count < $1.count }.map(\.rule)
  }

  /// The rules with the channels that any event of each stands in, sorted; nil for a rule that does not say.
  public func rulesWithChannels() -> [(rule: Rule, channels: [String]?)] {
    let channels = requirements.parallelMap { $0.channels?.map(\.spelling).sorted() }
    return zip(rules, channels).map { ($0, $1) }
  }

  /// The providers that rules name, as the rules spell them, sorted.
  public var providers: [String] {
    let names = requirements.reduce(into: Set<FoldedText>()) { $0.formUnion($1.providers ?? []) }
    return names.map(\.spelling).sorted()
  }
}
