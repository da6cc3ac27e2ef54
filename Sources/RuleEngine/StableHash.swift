/// A hash that is the same in every run and on every machine (FNV-1a, 64 bits); Swift's own differs from run to run.
public struct StableHash: Sendable, CustomStringConvertible {
  /// The hash of what was combined so far.
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Starts a hash.
  public init() {}

  /// Adds a text; where one ends and the next begins matters.
  public mutating func combine(_ text: some StringProtocol) {
    for byte in text.utf8 { combine(byte) }
    combine(0xFF)
  }

  private mutating func combine(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension RuleSet {
  /// Tells apart sets of rules that remember events differently: summaries can be merged only when it is the same.
  public var fingerprint: String {
    let catalog = EvidenceCatalog(rules: self)
    let correlations = CorrelationCatalog(rules: self)
    var hash = StableHash()
    for (index, rule) in rules.enumerated() {
      hash.combine(rule.id)
      hash.combine(rule.condition.source)
      hash.combine(rule.isSignal ? "signal" : "finding")
      for text in rule.groupBy + rule.parameters + rule.tags { hash.combine(text) }
      for field in catalog.fields(of: .rule(rule.id)) { hash.combine(field) }
      for field in correlations.fields(ofRule: index) ?? [] { hash.combine("correlated \(field)") }
    }
    for selection in evidenceSelections {
      let probe = EvidenceProbe.selection(selection)
      hash.combine(probe.name)
      for field in catalog.fields(of: probe) { hash.combine(field) }
    }
    return hash.description
  }
}

extension Condition {
  /// The condition as text; equal conditions have equal text.
  var source: String { root.source }
}

extension Condition.Node {
  fileprivate var source: String {
    switch self {
    case .selection(let selection, _): selection.source
    case .not(let node): "not(\(node.source))"
    case .all(let nodes): "all(\(nodes.map(\.source).joined(separator: ",")))"
    case .any(let nodes): "any(\(nodes.map(\.source).joined(separator: ",")))"
    }
  }
}

extension Selection {
  /// The selection as text; equal selections have equal text.
  var source: String {
    switch self {
    case .all(let tests): "{\(tests.map(\.source).joined(separator: ","))}"
    case .any(let selections): "[\(selections.map(\.source).joined(separator: ","))]"
    case .keywords(let test): test.source
    }
  }
}

extension FieldTest {
  fileprivate var source: String {
    let names = ([field] + modifiers).joined(separator: "|")
    return "\(names.debugDescription):[\(values.map(\.source).joined(separator: ","))]"
  }
}

extension MatchValue {
  fileprivate var source: String {
    switch self {
    case .string(let text): text.debugDescription
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .boolean(let boolean): "\(boolean)"
    case .null: "null"
    }
  }
}
