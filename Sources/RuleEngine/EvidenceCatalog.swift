public import EventLog
import Foundation

/// What an event must be remembered as, because the evidence of some cause looks for it.
public struct EvidenceProbe: Sendable, Hashable, Codable, Comparable {
  /// `rule:ID` for events that a rule matches, `match:` and a fingerprint of its text for an inline selection.
  public var name: String

  /// Events that a rule matches.
  public static func rule(_ id: String) -> EvidenceProbe { EvidenceProbe(name: "rule:\(id)") }

  static func selection(_ selection: Selection) -> EvidenceProbe {
    var hash = StableHash()
    hash.combine(selection.source)
    return EvidenceProbe(name: "match:\(hash.description)")
  }

  /// The ID of the rule, nil for an inline selection.
  public var ruleID: String? { name.hasPrefix("rule:") ? String(name.dropFirst(5)) : nil }

  /// Orders by name.
  public static func < (left: EvidenceProbe, right: EvidenceProbe) -> Bool { left.name < right.name }
}

/// Which events of which rules and selections are evidence for something.
public struct EvidenceCatalog: Sendable {
  /// The rules.
  public let rules: RuleSet
  private let index: ProbeIndex
  /// The inline selections, by their position in ``RuleSet/evidenceSelections``.
  private let selectionProbes: [EvidenceProbe]
  /// The fields that evidence on a probe is tied to findings by, sorted.
  private let fields: [EvidenceProbe: [String]]

  /// Looks through the evidence of all causes.
  ///
  /// - Parameter rules: Rules that were loaded with their evidence indexed.
  public init(rules: RuleSet) {
    self.rules = rules
    index = ProbeIndex(rules.rules)
    selectionProbes = rules.evidenceSelections.parallelMap(EvidenceProbe.selection)
    fields = Self.fields(of: rules, index, selectionProbes)
  }

  private static func fields(
    of rules: RuleSet, _ index: ProbeIndex, _ selectionProbes: [EvidenceProbe]
  ) -> [EvidenceProbe: [String]] {
    // Many causes name the same rules and tags, so the fields are gathered by selector first.
    var wanted: [EvidenceDefinition.Selector: Set<String>] = [:]
    for evidence in rules.evidence {
      wanted[evidence.selector, default: []].formUnion(evidence.conditions.map(\.field))
      if let until = evidence.until { wanted[until, default: []].formUnion([]) }
    }
    // The report always lists what was changed before a finding.
    wanted[.tag("change"), default: []].formUnion([])
    let known = Dictionary(zip(rules.evidenceSelections, selectionProbes)) { first, _ in first }
    var fields: [EvidenceProbe: Set<String>] = [:]
    let found = wanted.map { ($0.key, $0.value) }.parallelMap { selector, names in
      if case .match(let selection) = selector, let probe = known[selection] { return ([probe], names) }
      return (index.probes(of: selector), names)
    }
    for (probes, names) in found {
      for probe in probes { fields[probe, default: []].formUnion(names) }
    }
    return fields.mapValues { $0.sorted() }
  }

  /// The probes that a statement of evidence looks at, sorted.
  public func probes(of evidence: EvidenceDefinition) -> [EvidenceProbe] { probes(of: evidence.selector) }

  /// The probes that a selector stands for, sorted.
  public func probes(of selector: EvidenceDefinition.Selector) -> [EvidenceProbe] { index.probes(of: selector) }

  /// The fields that evidence on a probe is tied to findings by, sorted.
  public func fields(of probe: EvidenceProbe) -> [String] { fields[probe] ?? [] }

  /// What an event must be remembered as, with the values of the probe's fields.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - matches: What it matches.
  /// - Returns: Each probe with the values of its fields.
  public func occurrences(_ event: Event, matches: EventMatches) -> [(probe: EvidenceProbe, values: [String])] {
    let ofRules = matches.rules.compactMap { index in
      probe(ofRule: index).map { ($0, values(of: event, rule: index)) }
    }
    return ofRules + matches.evidence.map { (selectionProbes[$0], values(of: event, evidence: $0)) }
  }

  /// What an event that a rule matches must be remembered as; nil when it need not.
  ///
  /// - Parameter index: The position of the rule in ``RuleSet/rules``.
  /// - Returns: The probe.
  public func probe(ofRule index: Int) -> EvidenceProbe? {
    let probe = EvidenceProbe.rule(rules.rules[index].id)
    return fields[probe] == nil ? nil : probe
  }

  /// What an event that is evidence must be remembered as.
  ///
  /// - Parameter index: The position of the selection in ``RuleSet/evidenceSelections``.
  /// - Returns: The probe.
  public func probe(ofEvidence index: Int) -> EvidenceProbe { selectionProbes[index] }

  /// The values of the fields of a rule's probe.
  public func values(of event: Event, rule index: Int) -> [String] {
    let rule = rules.rules[index]
    return fields(of: .rule(rule.id)).map { Self.value(of: $0, in: event) { rule.value(of: $0, in: event) } }
  }

  /// The values of the fields of an inline selection's probe.
  public func values(of event: Event, evidence index: Int) -> [String] {
    fields(of: selectionProbes[index]).map { name in
      Self.value(of: name, in: event) { event.firstValue(of: FieldReference(name: $0))?.text }
    }
  }

  /// The value of a field, cut to a bounded length; all insertion strings for `Data`, one after the other.
  private static func value(of name: String, in event: Event, _ lookup: (String) -> String?) -> String {
    let limit = 400
    guard name == "Data" else { return String((lookup(name) ?? "").prefix(limit)) }
    return event.data.prefix(16).filter { $0.name == nil || $0.name == "Data" }.map { String($0.value.prefix(limit)) }
      .joined(separator: EvidenceCondition.valueSeparator)
  }
}

/// Finds the probes that selectors stand for.
private struct ProbeIndex: Sendable {
  /// The IDs of all rules, sorted by their bytes.
  private let ids: [String]
  /// The IDs of the rules with a tag, sorted.
  private let byTag: [String: [String]]

  init(_ rules: [Rule]) {
    let ids = rules.map(\.id)
    let areSorted = !zip(ids, ids.dropFirst()).contains { $1.utf8.lexicographicallyPrecedes($0.utf8) }
    self.ids = areSorted ? ids : ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var byTag: [String: [String]] = [:]
    for rule in rules {
      for tag in rule.tags { byTag[tag, default: []].append(rule.id) }
    }
    self.byTag = byTag
  }

  /// The probes, sorted.
  func probes(of selector: EvidenceDefinition.Selector) -> [EvidenceProbe] {
    switch selector {
    case .rule(let pattern): ids(fitting: pattern).map(EvidenceProbe.rule).sorted()
    case .tag(let tag): (byTag[tag] ?? []).map(EvidenceProbe.rule)
    case .match(let selection): [.selection(selection)]
    }
  }

  /// Only IDs that begin like the pattern are compared with it; they stand together.
  private func ids(fitting pattern: String) -> [String] {
    let beginning = pattern.utf8.prefix { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    let isWhole = beginning.count == pattern.utf8.count
    var (first, end) = (0, ids.count)
    while first < end {
      let middle = (first + end) / 2
      if ids[middle].utf8.lexicographicallyPrecedes(beginning) { first = middle + 1 } else { end = middle }
    }
    let alike = ids[first...].prefix { $0.utf8.starts(with: beginning) }
    return isWhole ? alike.prefix(1).filter { $0 == pattern } : alike.filter { Glob.matches(pattern, $0) }
  }
}

extension EvidenceCondition {
  /// What stands between the values of a field that has several.
  static let valueSeparator = "\u{1F}"

  /// The test that a value of the evidence's field must pass, with the finding's values put into the template.
  ///
  /// - Parameter lookup: The finding's value of a parameter.
  /// - Returns: nil when the finding does not have a value that the template asks for, so that nothing can pass.
  public func test(_ lookup: (String) -> String?) -> EvidenceValueTest? {
    guard template.placeholders.allSatisfy({ !(lookup($0) ?? "").isEmpty }) else { return nil }
    let escaped = template.render(lookup).replacing("\\", with: "\\\\").replacing("*", with: "\\*")
      .replacing("?", with: "\\?")
    return (try? FieldTest.compile(field: "Value", modifiers: modifiers, values: [.string(escaped)]))
      .map { EvidenceValueTest(field: field, test: $0) }
  }
}

/// A condition on a field of evidence, with the values of one finding.
public struct EvidenceValueTest: Sendable {
  /// The field of the evidence's event.
  public let field: String
  fileprivate let test: FieldTest

  /// Whether a remembered value of the field fits.
  public func fits(_ value: String) -> Bool {
    var event = Event()
    event.data = value.components(separatedBy: EvidenceCondition.valueSeparator).map {
      DataItem(name: "Value", value: $0)
    }
    return test.matches(event)
  }
}
