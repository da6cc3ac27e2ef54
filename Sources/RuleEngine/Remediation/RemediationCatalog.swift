/// All remediations, and which of them a rule gets.
///
/// The most specific ones win: those for the rule's ID, then for techniques (a technique with its sub-technique before
/// one without, and other tags beside the latter), then for the log source, for tactics, and for any rule. Of two
/// that are equally specific, the first one wins.
public struct RemediationCatalog: Sendable {
  /// The remediations, those that win first.
  public private(set) var remediations: [Remediation]

  /// How many remediations a rule with several techniques or tactics gets at most.
  public static let limitPerRule = 3

  private var byRule: [String: Int] = [:]
  private var byTag: [String: Int] = [:]
  private var bySource: [(source: SigmaLogSource, position: Int)] = []
  private var fallback: Int?

  /// Makes a catalog.
  public init(_ remediations: [Remediation] = []) {
    self.remediations = remediations
    for (position, remediation) in remediations.enumerated() {
      for target in remediation.targets { register(target, position) }
    }
  }

  private mutating func register(_ target: Remediation.Target, _ position: Int) {
    switch target {
    case .rule(let id): byRule[id.lowercased()] = byRule[id.lowercased()] ?? position
    case .tag(let tag): byTag[Self.key(of: tag)] = byTag[Self.key(of: tag)] ?? position
    case .logSource(let source): bySource.append((source, position))
    case .anyRule: fallback = fallback ?? position
    }
  }

  /// The remediations for a rule, the most specific first; none for a rule that names causes itself.
  public func remediations(for rule: Rule) -> [Remediation] {
    guard !rule.hasOwnCauses, !rule.isSignal else { return [] }
    return positions(for: rule).map { remediations[$0] }
  }

  private func positions(for rule: Rule) -> [Int] {
    if let position = byRule[rule.id.lowercased()] { return [position] }
    let tags = rule.tags.map(Self.key)
    // `attack.t1003` says nothing beside `attack.t1003.001`.
    let told = tags.filter { tag in !tags.contains { $0.hasPrefix(tag + ".") && SigmaTags.isSubTechnique($0) } }
    let techniques = distinct(told.compactMap(position(ofTag:)))
    if !techniques.isEmpty { return techniques }
    if let source = rule.logSource, let position = position(of: source) { return [position] }
    let tactics = distinct(tags.filter(SigmaTags.isTactic).compactMap { tag in byTag[tag].map { (1, $0) } })
    if !tactics.isEmpty { return tactics }
    return fallback.map { [$0] } ?? []
  }

  /// Tags are compared ignoring letter case; older rules write tactics with `_`.
  private static func key(of tag: String) -> String { SigmaTags.spelledToday(tag) }

  /// The remediation of a tag that is no tactic, with its rank: 0 for a sub-technique, 1 for the rest.
  private func position(ofTag tag: String) -> (rank: Int, position: Int)? {
    guard !SigmaTags.isTactic(tag) else { return nil }
    guard SigmaTags.isSubTechnique(tag) else { return byTag[tag].map { (1, $0) } }
    if let position = byTag[tag] { return (0, position) }
    return tag.lastIndex(of: ".").flatMap { byTag[String(tag[..<$0])] }.map { (1, $0) }
  }

  /// The remediation of the log source that says the most of this one.
  private func position(of source: SigmaLogSource) -> Int? {
    let fitting = bySource.filter { $0.source.includes(source) }
    let most = fitting.map(\.source.partCount).max()
    return fitting.first { $0.source.partCount == most }?.position
  }

  private func distinct(_ found: [(rank: Int, position: Int)]) -> [Int] {
    var seen: Set<Int> = []
    let ordered = found.filter { $0.rank == 0 } + found.filter { $0.rank > 0 }
    return Array(ordered.map(\.position).filter { seen.insert($0).inserted }.prefix(Self.limitPerRule))
  }
}

// MARK: - Causes

extension RemediationCatalog {
  /// Rules without causes get those of their remediations, so that the report judges them.
  func attachingCauses(to rules: [Rule]) -> [Rule] {
    guard remediations.contains(where: \.hasCauses) else { return rules }
    return rules.map { rule in
      let causes = remediations(for: rule).flatMap { remediation in
        remediation.steps.causes.map { cause in
          var cause = cause
          cause.id = "\(remediation.id)-\(cause.id)"
          return cause
        }
      }
      return causes.isEmpty ? rule : rule.attaching(causes)
    }
  }
}

extension SigmaLogSource {
  /// Whether another log source is this one or a part of it.
  fileprivate func includes(_ other: SigmaLogSource) -> Bool {
    func fits(_ wanted: String?, _ given: String?) -> Bool {
      wanted.map { $0.lowercased() == given?.lowercased() } ?? true
    }
    return fits(category, other.category) && fits(product, other.product) && fits(service, other.service)
  }

  fileprivate var partCount: Int { [category, product, service].count { $0 != nil } }
}
