public import EventLog

/// What an event must be remembered as, because the evidence of some cause looks for it.
public struct EvidenceProbe: Sendable, Hashable, Codable, Comparable {
  /// `rule:ID` for events that a rule matches, `match:N` for the inline selection at a position of
  /// ``RuleSet/evidenceSelections``.
  public var name: String

  /// Events that a rule matches.
  public static func rule(_ id: String) -> EvidenceProbe { EvidenceProbe(name: "rule:\(id)") }

  static func selection(_ index: Int) -> EvidenceProbe { EvidenceProbe(name: "match:\(index)") }

  /// The ID of the rule, nil for an inline selection.
  public var ruleID: String? { name.hasPrefix("rule:") ? String(name.dropFirst(5)) : nil }

  /// Orders by name.
  public static func < (left: EvidenceProbe, right: EvidenceProbe) -> Bool { left.name < right.name }
}

/// Which events of which rules and selections are evidence for something.
public struct EvidenceCatalog: Sendable {
  private let rules: RuleSet
  private let rulesByTag: [String: [String]]
  private let selectionPositions: [Selection: Int]
  /// The fields that evidence on a probe is tied to findings by, sorted.
  private let fields: [EvidenceProbe: [String]]

  /// Looks through the evidence of all causes.
  ///
  /// - Parameter rules: Rules that were loaded with their evidence indexed.
  public init(rules: RuleSet) {
    self.rules = rules
    var byTag: [String: [String]] = [:]
    for rule in rules.rules {
      for tag in rule.tags { byTag[tag, default: []].append(rule.id) }
    }
    rulesByTag = byTag
    selectionPositions = Dictionary(
      zip(rules.evidenceSelections, rules.evidenceSelections.indices)
    ) { first, _ in first }

    var fields: [EvidenceProbe: Set<String>] = [:]
    for evidence in rules.rules.flatMap({ $0.guidance.causes.flatMap(\.evidence) }) {
      let names = Set(evidence.conditions.map(\.field))
      for probe in Self.probes(of: evidence.selector, rules, byTag, selectionPositions) {
        fields[probe, default: []].formUnion(names)
      }
      guard let until = evidence.until else { continue }
      for probe in Self.probes(of: until, rules, byTag, selectionPositions) where fields[probe] == nil {
        fields[probe] = []
      }
    }
    // The report always lists what was changed before a finding.
    for id in byTag["change"] ?? [] where fields[.rule(id)] == nil { fields[.rule(id)] = [] }
    self.fields = fields.mapValues { $0.sorted() }
  }

  /// The probes that a statement of evidence looks at, sorted.
  public func probes(of evidence: EvidenceDefinition) -> [EvidenceProbe] { probes(of: evidence.selector) }

  /// The probes that a selector stands for, sorted.
  public func probes(of selector: EvidenceDefinition.Selector) -> [EvidenceProbe] {
    Self.probes(of: selector, rules, rulesByTag, selectionPositions)
  }

  /// The fields that evidence on a probe is tied to findings by, sorted.
  public func fields(of probe: EvidenceProbe) -> [String] { fields[probe] ?? [] }

  /// What an event must be remembered as, with the values of the probe's fields.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - matches: The rules that match it, as indexes.
  /// - Returns: Each probe with the values of its fields.
  public func occurrences(_ event: Event, matches: [Int]) -> [(probe: EvidenceProbe, values: [String])] {
    var found: [(EvidenceProbe, [String])] = []
    for index in matches {
      let rule = rules.rules[index]
      guard let names = fields[.rule(rule.id)] else { continue }
      found.append((.rule(rule.id), names.map { rule.value(of: $0, in: event) ?? "" }))
    }
    for index in rules.evidence(event) {
      let probe = EvidenceProbe.selection(index)
      let names = fields[probe] ?? []
      found.append((probe, names.map { event.firstValue(of: FieldReference(name: $0))?.text ?? "" }))
    }
    return found
  }

  private static func probes(
    of selector: EvidenceDefinition.Selector, _ rules: RuleSet, _ byTag: [String: [String]],
    _ selections: [Selection: Int]
  ) -> [EvidenceProbe] {
    switch selector {
    case .rule(let pattern):
      if !pattern.contains("*"), !pattern.contains("?") {
        return rules.rule(id: pattern) == nil ? [] : [.rule(pattern)]
      }
      return rules.rules.map(\.id).filter { Glob.matches(pattern, $0) }.map(EvidenceProbe.rule).sorted()
    case .tag(let tag):
      return (byTag[tag] ?? []).map(EvidenceProbe.rule).sorted()
    case .match(let selection):
      return selections[selection].map { [.selection($0)] } ?? []
    }
  }
}

extension EvidenceCondition {
  /// Whether a value of the evidence's field fits, with the finding's values put into the template.
  ///
  /// - Parameters:
  ///   - value: The value of the field.
  ///   - lookup: The finding's value of a parameter; a condition on an unknown one does not hold.
  /// - Returns: Whether it fits.
  public func holds(_ value: String, _ lookup: (String) -> String?) -> Bool {
    guard template.placeholders.allSatisfy({ !(lookup($0) ?? "").isEmpty }) else { return false }
    let wanted = template.render(lookup)
    let escaped = wanted.replacing("\\", with: "\\\\").replacing("*", with: "\\*").replacing("?", with: "\\?")
    guard let test = try? FieldTest.compile(field: "Value", modifiers: modifiers, values: [.string(escaped)]) else {
      return false
    }
    var event = Event()
    event.data = [DataItem(name: "Value", value: value)]
    return test.matches(event)
  }
}
