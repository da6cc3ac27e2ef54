/// A Sigma filter, of the filters specification 2.0.0: a condition that is added to other rules.
///
/// As pySigma does it, the rule then asks for `(its condition) and (the filter's)`, so a filter that shall suppress
/// events says `not`.
struct SigmaFilter: Sendable {
  /// Which rules a filter is for, among those of its log source.
  enum Target: Sendable {
    /// All of them.
    case any
    /// Those with an ID or name, each with its place.
    case named([(name: String, mark: ConfigMark)])
  }

  var target: Target
  var logSource: SigmaLogSource
  var condition: Condition
  var log: IssueLog

  /// Whether the filter is for a rule.
  func isFor(_ rule: SigmaRule) -> Bool {
    guard let sigma = rule.definition.sigmaAttributes, sigma.logSource.isWithin(logSource) else { return false }
    guard case .named(let names) = target else { return true }
    return names.contains { $0.name == rule.definition.id || $0.name == sigma.name }
  }
}

extension SigmaLogSource {
  /// Whether everything that the other log source names is the same here.
  fileprivate func isWithin(_ other: SigmaLogSource) -> Bool {
    (other.category == nil || other.category == category) && (other.product == nil || other.product == product)
      && (other.service == nil || other.service == service)
  }
}

/// All filters of a load.
struct SigmaFilters: Sendable {
  private let filters: [SigmaFilter]

  init(_ filters: [SigmaFilter]) { self.filters = filters }

  var isEmpty: Bool { filters.isEmpty }

  /// A rule with the conditions of the filters that are for it.
  func applied(to rule: SigmaRule) -> SigmaRule {
    let conditions = filters.filter { $0.isFor(rule) }.map(\.condition.root.asFilter)
    guard !conditions.isEmpty else { return rule }
    var rule = rule
    rule.definition.condition = Condition(root: .all([rule.definition.condition.root] + conditions))
    return rule
  }

  /// Warns of names that no rule has.
  ///
  /// - Parameter rules: The rules of the load.
  func checkTargets(_ rules: some Sequence<SigmaRule>) {
    guard !filters.isEmpty else { return }
    let names = Set(rules.flatMap { [$0.definition.id, $0.definition.sigmaAttributes?.name ?? ""] })
    for filter in filters {
      guard case .named(let targets) = filter.target else { continue }
      for target in targets where !names.contains(target.name) {
        filter.log.warning(
          "unknown-rule", "the filter is for the rule '\(target.name)', which is not here", at: target.mark,
          hint: NearMiss.suggestions(for: target.name, among: names).first.map { "did you mean '\($0)'?" })
      }
    }
  }
}

extension Condition.Node {
  /// The node with all its selections being parts of a filter.
  fileprivate var asFilter: Condition.Node {
    switch self {
    case .selection(let selection, _): .selection(selection, .filter)
    case .not(let node): .not(node.asFilter)
    case .all(let nodes): .all(nodes.map(\.asFilter))
    case .any(let nodes): .any(nodes.map(\.asFilter))
    }
  }
}
