/// Finds the rules that correlations name, in whatever file they are, and refuses correlations that name none.
struct CorrelationLinker {
  /// How many correlations may stand on each other.
  private static let depthLimit = 16
  /// How many rules a correlation may look at, by way of others too.
  private static let breadthLimit = 1000

  private enum State { case open, linked, refused }

  /// The rules of the files that are being loaded.
  private(set) var definitions: [(rule: RuleDefinition, log: IssueLog)]
  /// The rules that were loaded before.
  private(set) var base: [Rule]
  /// Correlations that look at rules without applicable log source.
  private(set) var notApplicable: [NotApplicableRule] = []
  private var index: CorrelationTargets
  private var positions: [String: Int] = [:]
  private var states: [Int: State] = [:]

  /// - Parameters:
  ///   - base: The rules that were loaded before.
  ///   - definitions: The rules of the files that are being loaded.
  ///   - inapplicable: Rules that cannot run, as their log source is not known.
  init(
    base: [Rule], definitions: [(rule: RuleDefinition, log: IssueLog)],
    inapplicable: [(names: [String], SigmaLogSource)]
  ) {
    self.base = base
    self.definitions = definitions
    guard definitions.contains(where: { $0.rule.correlation != nil }) else {
      index = CorrelationTargets(base: [], definitions: [], inapplicable: [])
      return
    }
    index = CorrelationTargets(base: base, definitions: definitions.map(\.rule), inapplicable: inapplicable)
    for (position, definition) in definitions.enumerated() { positions[definition.rule.id] = position }
  }

  /// Links every correlation; then ``definitions`` has the linked ones only, and rules that only serve correlations
  /// know it.
  mutating func link() {
    let correlations = definitions.indices.filter { definitions[$0].rule.correlation != nil }
    guard !correlations.isEmpty else { return }
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
    isGood = isGood && namesEachOnce(correlation, definitions[position].log)
    isGood = isGood && isBounded(correlation, position) && isMeasurable(correlation, definitions[position].log)
    states[position] = isGood ? .linked : .refused
    definitions[position].rule.correlation = correlation
    if isGood { index.inherit(&definitions[position].rule) }
    return isGood
  }

  /// The ID of the rule that an input names; nil after saying what is wrong.
  private mutating func target(of input: Correlation.Input, in position: Int, path: [Int]) -> String? {
    let log = definitions[position].log
    let ids = index.ids(of: input.reference)
    guard let id = ids.first else {
      noteMissing(input, position)
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
      if index.logSource(of: input.reference) != nil {
        noteMissing(input, position)
      } else {
        log.error(
          "unknown-rule", "the correlation names the correlation '\(input.reference)', which could not be loaded",
          at: input.mark)
      }
      return nil
    }
    return id
  }

  private mutating func noteMissing(_ input: Correlation.Input, _ position: Int) {
    let (rule, log) = definitions[position]
    guard let logSource = index.logSource(of: input.reference) else {
      return log.error(
        "unknown-rule",
        "the correlation names the rule '\(input.reference)', which does not exist or could not be loaded",
        at: input.mark,
        hint: index.suggestion(for: input.reference).map { "did you mean '\($0)'?" } ?? "load the file that has it too")
    }
    guard index.logSource(of: rule.id) == nil else { return }
    index.markInapplicable([rule.id] + rule.names, logSource)
    notApplicable.append(
      NotApplicableRule(id: rule.id, title: rule.title.english, logSource: logSource, source: rule.source))
  }

  private func problem(with next: Int, _ path: [Int]) -> (code: String, message: String)? {
    if let start = path.firstIndex(of: next) {
      let names = (path[start...] + [next]).map { "'\(definitions[$0].rule.id)'" }.joined(separator: " → ")
      return ("correlation-cycle", "the correlation refers to itself: \(names)")
    }
    guard path.count > Self.depthLimit else { return nil }
    return ("correlation-depth", "more than \(Self.depthLimit) correlations stand on each other")
  }

  /// A rule has an ID and may have a name, and either refers to it.
  private func namesEachOnce(_ correlation: Correlation, _ log: IssueLog) -> Bool {
    var references: [String: String] = [:]
    for input in correlation.inputs {
      if let other = references.updateValue(input.reference, forKey: input.ruleID) {
        log.error(
          "duplicate-rule", "'rules' names one rule twice, as '\(other)' and as '\(input.reference)'", at: input.mark)
        return false
      }
    }
    return true
  }

  private func isBounded(_ correlation: Correlation, _ position: Int) -> Bool {
    guard index.breadth(of: correlation) > Self.breadthLimit, let input = correlation.inputs.first else { return true }
    definitions[position].log.error(
      "correlation-breadth", "the correlation looks at more than \(Self.breadthLimit) rules", at: input.mark)
    return false
  }

  /// Several events made an alert, so it has no single number.
  private func isMeasurable(_ correlation: Correlation, _ log: IssueLog) -> Bool {
    guard correlation.type.needsField, correlation.type != .valueCount,
      let input = correlation.inputs.first(where: { index.isCorrelation($0.ruleID) })
    else { return true }
    log.error(
      "no-number", "\(correlation.type.rawValue) needs events, but '\(input.reference)' is a correlation",
      at: input.mark, hint: "name the rules that it correlates")
    return false
  }

  // MARK: What follows from the links

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
      let isInner = isGenerated[definitions[index].rule.id] == false
      definitions[index].rule.servesCorrelationsOnly = isInner
      if isInner { warnOfUnusedLevel(definitions[index].rule, definitions[index].log) }
    }
    base = base.map { rule in isGenerated[rule.id].map { rule.servingCorrelationsOnly(!$0) } ?? rule }
  }

  /// Only the outermost correlation may say how bad it is (specification, "Correlation rules").
  private func warnOfUnusedLevel(_ rule: RuleDefinition, _ log: IssueLog) {
    guard rule.sigmaAttributes != nil, let correlation = rule.correlation, !correlation.takesSeverityOfRules
    else { return }
    log.warning(
      "unused-level", "the level is not used, as the correlation is only a part of another one",
      at: ConfigMark(line: rule.source.line, column: rule.source.column),
      hint: "give the outermost correlation the level, or write 'generate: true' there")
  }
}
