/// Finds the rules that correlations name, in whatever file they are, and refuses correlations that name none.
struct CorrelationLinker {
  /// How many correlations may stand on each other.
  private static let depthLimit = 16

  private enum State { case open, linked, refused }

  /// The rules of the files that are being loaded.
  private(set) var definitions: [(rule: RuleDefinition, log: IssueLog)]
  /// The rules that were loaded before.
  private(set) var base: [Rule]
  /// The IDs of the rules that an ID or a name means, in lower case.
  private var targets: [String: Set<String>] = [:]
  private var positions: [String: Int] = [:]
  private var states: [Int: State] = [:]
  private var severities: [String: Severity] = [:]

  init(base: [Rule], definitions: [(rule: RuleDefinition, log: IssueLog)]) {
    self.base = base
    self.definitions = definitions
    for rule in base { note(id: rule.id, names: rule.names, rule.severity) }
    for (position, definition) in definitions.enumerated() {
      note(id: definition.rule.id, names: definition.rule.names, definition.rule.severity)
      positions[definition.rule.id] = position
    }
  }

  private mutating func note(id: String, names: [String], _ severity: Severity) {
    for name in [id] + names { targets[name.lowercased(), default: []].insert(id) }
    severities[id] = severity
  }

  /// Links every correlation; then ``definitions`` has the linked ones only, and rules that only serve correlations
  /// know it.
  mutating func link() {
    let correlations = definitions.indices.filter { definitions[$0].rule.correlation != nil }
    for position in correlations { _ = link(position, path: []) }
    definitions = definitions.enumerated().filter { states[$0.offset] != .refused }.map(\.element)
    markInputs()
  }

  // MARK: Links

  private mutating func link(_ position: Int, path: [Int]) -> Bool {
    if let state = states[position] { return state == .linked }
    guard var correlation = definitions[position].rule.correlation else { return true }
    states[position] = .open
    var isGood = true
    for index in correlation.inputs.indices {
      let id = target(of: correlation.inputs[index], in: position, path: path + [position])
      correlation.inputs[index].ruleID = id ?? ""
      isGood = isGood && id != nil
    }
    isGood = isGood && isMeasurable(correlation, definitions[position].log)
    states[position] = isGood ? .linked : .refused
    definitions[position].rule.correlation = correlation
    if isGood { inherit(correlation, position) }
    return isGood
  }

  /// The ID of the rule that an input names; nil after saying what is wrong.
  private mutating func target(of input: Correlation.Input, in position: Int, path: [Int]) -> String? {
    let log = definitions[position].log
    let ids = (targets[input.reference.lowercased()] ?? []).sorted()
    guard let id = ids.first else {
      log.error(
        "unknown-rule",
        "the correlation names the rule '\(input.reference)', which does not exist or could not be loaded",
        at: input.mark,
        hint: NearMiss.suggestions(for: input.reference, among: targets.keys.sorted()).first
          .map { "did you mean '\($0)'?" } ?? "load the file that has it as well")
      return nil
    }
    guard ids.count == 1 else {
      log.error(
        "ambiguous-rule", "several rules are named '\(input.reference)': \(ids.joined(separator: ", "))",
        at: input.mark, hint: "name the rule by its ID")
      return nil
    }
    guard let next = positions[id] else { return id }
    if let problem = problem(with: next, path) {
      log.error(problem.code, problem.message, at: input.mark)
      return nil
    }
    guard link(next, path: path) else {
      log.error(
        "unknown-rule", "the correlation names the correlation '\(input.reference)', which could not be loaded",
        at: input.mark)
      return nil
    }
    return id
  }

  private func problem(with next: Int, _ path: [Int]) -> (code: String, message: String)? {
    if let start = path.firstIndex(of: next) {
      let names = (path[start...] + [next]).map { "'\(definitions[$0].rule.id)'" }.joined(separator: " → ")
      return ("correlation-cycle", "the correlation refers to itself: \(names)")
    }
    guard path.count > Self.depthLimit else { return nil }
    return ("correlation-depth", "more than \(Self.depthLimit) correlations stand on each other")
  }

  /// Several events made an alert, so it has no single number.
  private func isMeasurable(_ correlation: Correlation, _ log: IssueLog) -> Bool {
    guard correlation.type.needsField, correlation.type != .valueCount,
      let input = correlation.inputs.first(where: { isCorrelation($0.ruleID) })
    else { return true }
    log.error(
      "no-number", "\(correlation.type.rawValue) needs events, but '\(input.reference)' is a correlation",
      at: input.mark, hint: "name the rules that it correlates")
    return false
  }

  private func isCorrelation(_ id: String) -> Bool {
    if let position = positions[id] { return definitions[position].rule.correlation != nil }
    return base.contains { $0.id == id && $0.correlation != nil }
  }

  // MARK: What follows from the links

  /// A correlation without a level is as bad as the worst of its rules.
  private mutating func inherit(_ correlation: Correlation, _ position: Int) {
    let id = definitions[position].rule.id
    if correlation.takesSeverityOfRules,
      let worst = correlation.inputs.compactMap({ severities[$0.ruleID] }).max()
    {
      definitions[position].rule.severity = worst
      severities[id] = worst
    }
  }

  /// A rule that correlations name is a finding by itself only where one of them generates it.
  private mutating func markInputs() {
    var isGenerated: [String: Bool] = [:]
    for correlation in base.compactMap(\.correlation) + definitions.compactMap(\.rule.correlation) {
      for input in correlation.inputs {
        isGenerated[input.ruleID] = (isGenerated[input.ruleID] ?? false) || correlation.generatesRules
      }
    }
    guard !isGenerated.isEmpty else { return }
    for index in definitions.indices {
      definitions[index].rule.servesCorrelationsOnly = isGenerated[definitions[index].rule.id] == false
    }
    base = base.map { rule in
      isGenerated[rule.id].map { rule.servingCorrelationsOnly(!$0) } ?? rule
    }
  }
}
