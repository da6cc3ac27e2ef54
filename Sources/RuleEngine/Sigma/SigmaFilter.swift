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
  /// Whether everything that the other log source names is the same here, whatever its letter case.
  fileprivate func isWithin(_ other: SigmaLogSource) -> Bool {
    func isSame(_ own: String?, _ other: String?) -> Bool { other.map { FoldedText($0) } == own.map { FoldedText($0) } }
    return (other.category == nil || isSame(category, other.category))
      && (other.product == nil || isSame(product, other.product))
      && (other.service == nil || isSame(service, other.service))
  }
}

/// All filters of a load.
struct SigmaFilters: Sendable {
  private let filters: [SigmaFilter]

  init(_ filters: [SigmaFilter]) { self.filters = filters }

  var isEmpty: Bool { filters.isEmpty }

  /// A rule with the conditions of the filters that are for it.
  func applied(to rule: SigmaRule) -> SigmaRule {
    let conditions = filters.filter { $0.isFor(rule) }
      .map { $0.condition.root.mapSelections { selection, _ in (selection, .filter) } }
    guard !conditions.isEmpty else { return rule }
    var rule = rule
    rule.definition.condition = Condition(root: .all([rule.definition.condition.root] + conditions))
    return rule
  }

  /// Warns of names that no rule has, and of rules that a filter is not for though it names them.
  ///
  /// - Parameters:
  ///   - rules: The rules of the load that filters are for.
  ///   - others: The IDs and names of all other rules, each with whether it is a correlation.
  func checkTargets(_ rules: some Sequence<SigmaRule>, others: [String: Bool]) {
    guard !filters.isEmpty else { return }
    var byName: [String: [SigmaRule]] = [:]
    for rule in rules { for name in rule.names { byName[name, default: []].append(rule) } }
    for filter in filters {
      guard case .named(let targets) = filter.target else { continue }
      for (name, mark) in targets {
        if let named = byName[name] {
          if let rule = named.first, !named.contains(where: filter.isFor) {
            filter.warn(ofLogSourceOf: rule, name, mark)
          }
        } else if let isCorrelation = others[name] {
          filter.warn(ofOther: name, isCorrelation: isCorrelation, mark)
        } else {
          filter.log.warning(
            "unknown-rule", "the filter is for the rule '\(name)', which is not here", at: mark,
            hint: NearMiss.suggestions(for: name, among: byName.keys).first.map { "did you mean '\($0)'?" })
        }
      }
    }
  }
}

extension SigmaFilter {
  fileprivate func warn(ofLogSourceOf rule: SigmaRule, _ name: String, _ mark: ConfigMark) {
    log.warning(
      "filter-logsource",
      "the filter does nothing for the rule '\(name)', whose log source is not within '\(logSource)'", at: mark,
      hint: "the rule has '\(rule.logSource)'; give the filter the same, or less of it")
  }

  fileprivate func warn(ofOther name: String, isCorrelation: Bool, _ mark: ConfigMark) {
    log.warning(
      "filter-target",
      isCorrelation
        ? "filters do not apply to correlations, and '\(name)' is one"
        : "filters apply to Sigma rules only, and '\(name)' is none", at: mark,
      hint: isCorrelation ? "name the rules that it correlates" : nil)
  }
}
