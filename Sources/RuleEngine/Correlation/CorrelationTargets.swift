/// The rules that correlations can name, with what correlations take over from them.
struct CorrelationTargets {
  /// The IDs of the rules that an ID or a name means, in lower case.
  private var idsByName: [String: Set<String>] = [:]
  private var severities: [String: Severity] = [:]
  private var tags: [String: [String]] = [:]
  private var logSources: [String: SigmaLogSource] = [:]
  private var breadths: [String: Int] = [:]
  private var correlations: Set<String> = []
  /// The log sources of rules that cannot run, by the names that mean them, in lower case.
  private var inapplicable: [String: SigmaLogSource] = [:]

  init(base: [Rule], definitions: [RuleDefinition], inapplicable: [(names: [String], SigmaLogSource)]) {
    for rule in base {
      note([rule.id] + rule.names, rule.severity, rule.tags, rule.logSource, rule.correlation)
      if let correlation = rule.correlation { breadths[rule.id] = breadth(of: correlation) }
    }
    for rule in definitions {
      note([rule.id] + rule.names, rule.severity, rule.tags, rule.sigmaAttributes?.logSource, rule.correlation)
    }
    for (names, logSource) in inapplicable { markInapplicable(names, logSource) }
  }

  private mutating func note(
    _ names: [String], _ severity: Severity, _ tags: [String], _ logSource: SigmaLogSource?,
    _ correlation: Correlation?
  ) {
    let id = names[0]
    for name in names { idsByName[name.lowercased(), default: []].insert(id) }
    severities[id] = severity
    self.tags[id] = tags
    logSources[id] = logSource
    if correlation != nil { correlations.insert(id) }
  }

  mutating func markInapplicable(_ names: [String], _ logSource: SigmaLogSource) {
    for name in names { inapplicable[name.lowercased()] = logSource }
  }

  /// The IDs of the rules that a reference means, sorted.
  func ids(of reference: String) -> [String] { (idsByName[reference.lowercased()] ?? []).sorted() }

  /// The log source of a rule that cannot run for it.
  func logSource(of reference: String) -> SigmaLogSource? { inapplicable[reference.lowercased()] }

  /// An ID or a name that someone who misspelt it may have meant.
  func suggestion(for reference: String) -> String? {
    NearMiss.suggestions(for: reference, among: idsByName.keys).first
  }

  func isCorrelation(_ id: String) -> Bool { correlations.contains(id) }

  /// How many rules about events a correlation looks at, each as often as it is reached.
  func breadth(of correlation: Correlation) -> Int {
    correlation.inputs.reduce(0) { $0 + (breadths[$1.ruleID] ?? 1) }
  }

  /// What the log sources of a correlation's rules have in common.
  private func commonLogSource(of correlation: Correlation) -> SigmaLogSource {
    let sources = correlation.inputs.map { logSources[$0.ruleID] ?? SigmaLogSource() }
    func common(_ part: KeyPath<SigmaLogSource, String?>) -> String? {
      let values = Set(sources.map { $0[keyPath: part] })
      return values.count == 1 ? sources.first?[keyPath: part] : nil
    }
    return SigmaLogSource(category: common(\.category), product: common(\.product), service: common(\.service))
  }

  /// A correlation without a level is as bad as the worst of its rules, and one without techniques shows theirs.
  mutating func inherit(_ rule: inout RuleDefinition) {
    guard let correlation = rule.correlation else { return }
    breadths[rule.id] = breadth(of: correlation)
    if correlation.takesSeverityOfRules, let worst = correlation.inputs.compactMap({ severities[$0.ruleID] }).max() {
      rule.severity = worst
      severities[rule.id] = worst
    }
    rule.sigma?.logSource = commonLogSource(of: correlation)
    logSources[rule.id] = rule.sigma?.logSource
    guard let sigma = rule.sigma, sigma.techniques.isEmpty, sigma.tactics.isEmpty else { return }
    var seen = Set(rule.tags)
    let others = correlation.inputs.flatMap { tags[$0.ruleID] ?? [] }
      .filter { $0.hasPrefix("attack.") && seen.insert($0).inserted }
    rule.tags += others
    rule.sigma?.techniques = SigmaTags.techniques(in: others)
    rule.sigma?.tactics = SigmaTags.tactics(in: others)
    tags[rule.id] = rule.tags
  }
}
