/// Makes rules of the documents of rule files and checks how they refer to each other.
struct PackCompiler {
  private let base: LoadedRules
  private let options: RuleLoadingOptions
  private let isTrusted: Bool

  /// - Parameters:
  ///   - base: Rules that were loaded before.
  ///   - options: How files are read.
  ///   - isTrusted: Whether the files were checked before, when they were put into the binary.
  init(base: LoadedRules, options: RuleLoadingOptions = RuleLoadingOptions(), isTrusted: Bool = false) {
    self.base = base
    self.options = options
    self.isTrusted = isTrusted
  }

  func compile(_ documents: [PackDocument]) -> LoadedRules {
    let packs = documents.parallelMap { PackReader($0) }
    var result = base
    for pack in packs { result.tables.merge(pack.tables) { first, _ in first } }
    result.logSources.override(with: packs.flatMap(\.logSources))

    let filters = SigmaFilters(packs.flatMap { $0.filters(options: options) })
    let contents = contents(of: packs, filters, result.tables, result.logSources)
    var rules: [(rule: Rule, log: IssueLog)] = []
    rules.reserveCapacity(contents.reduce(0) { $0 + $1.rules.count })
    var places = Dictionary(base.rules.map { ($0.id, $0.source) }) { first, _ in first }
    for (pack, content) in zip(packs, contents) {
      for rule in content.rules where isNew(rule, &places, pack.log) { rules.append((rule, pack.log)) }
      if let answers = pack.answers(isTrusted: isTrusted) { result.answers = result.answers.adding(answers) }
    }
    if !filters.isEmpty {
      let others =
        base.rules.map { ([$0.id] + $0.names, $0.correlation != nil) }
        + rules.map { ([$0.rule.id] + $0.rule.names, $0.rule.correlation != nil) }
      filters.checkTargets(
        contents.lazy.flatMap(\.sigma),
        others: others.reduce(into: [:]) { others, rule in for name in rule.0 { others[name] = rule.1 } })
    }
    if options.runsValidators { checkTitles(contents.flatMap(\.sigma)) }
    let inapplicable =
      base.notApplicable.map { (names: [$0.id], $0.logSource) }
      + contents.flatMap(\.inapplicable).map { ($0.names, $0.logSource) }
    result.notApplicable += contents.flatMap(\.inapplicable).map(\.notApplicable)
    if contents.contains(where: \.hasCorrelations) {
      var linker = CorrelationLinker(
        base: base.rules, definitions: rules.map { ($0.rule.definition, $0.log) }, inapplicable: inapplicable)
      linker.link()
      result.notApplicable += linker.notApplicable
      result.rules = linker.base
      rules = linker.definitions.parallelMap { (Rule($0.rule), $0.log) }
    }
    var counts: [ObjectIdentifier: Int] = [:]
    for (_, log) in rules { counts[ObjectIdentifier(log), default: 0] += 1 }
    let described = packs.compactMap { $0.description(ruleCount: counts[ObjectIdentifier($0.log)] ?? 0) }
    result.packs = SigmaPack.joined(result.packs + described)
    result.rules += rules.map(\.rule)
    result.remediations = remediations(of: packs)
    if !isTrusted {
      checkReferences(rules, all: result.rules)
      for pack in packs { check(pack.answers(isTrusted: true)?.value ?? [], all: result.rules, pack.log) }
    }
    result.issues += packs.flatMap { $0.log.issues.sorted { ($0.line, $0.column) < ($1.line, $1.column) } }
    return result
  }

  /// The rules of one file.
  private struct Content: Sendable {
    /// Those that can run, on the events of their log sources.
    var rules: [Rule]
    /// Sigma's as they were read, kept for validators and filters only.
    var sigma: [SigmaRule]
    /// Those of Sigma's whose log source is not known.
    var inapplicable: [SigmaRule] = []
    /// Whether any of the rules is a correlation.
    var hasCorrelations = false
  }

  /// Reads the rules of all files; what one file says does not depend on the others, save for filters.
  private func contents(
    of packs: [PackReader], _ filters: SigmaFilters, _ tables: [String: ValueTable],
    _ logSources: LogSourceMap
  ) -> [Content] {
    let (options, isTrusted) = (options, isTrusted)
    let keepsSigma = options.runsValidators || !filters.isEmpty
    let validator = options.runsValidators ? LogSourceValidator(sources: logSources) : nil
    return packs.parallelMap { pack in
      let (own, sigma) = pack.rules(tables: tables, options: options, isTrusted: isTrusted)
      var content = Content(rules: own.map { Rule($0) }, sigma: keepsSigma ? sigma : [])
      content.hasCorrelations = own.contains { $0.correlation != nil }
      for rule in sigma {
        if let applied = filters.applied(to: rule).applied(to: logSources) {
          validator?.warnOfSpecificSource(rule)
          content.rules.append(Rule(applied))
        } else {
          validator?.warnOfUnknownSource(rule)
          content.inapplicable.append(rule)
        }
      }
      return content
    }
  }

  /// Those of the packs come before those that were loaded earlier, so that users' own win over the shipped ones; one
  /// with the ID of an earlier one replaces it.
  private func remediations(of packs: [PackReader]) -> RemediationCatalog {
    var places: [String: RuleSource] = [:]
    let news = packs.flatMap { pack in
      pack.remediations(isTrusted: isTrusted).filter { remediation in
        guard let first = places[remediation.id] else {
          places[remediation.id] = remediation.source
          return true
        }
        let mark = ConfigMark(line: remediation.source.line, column: remediation.source.column)
        pack.log.error(
          "duplicate-id", "the remediation ID '\(remediation.id)' is taken, by \(first.path):\(first.line)", at: mark,
          hint: "give the remediation an ID of its own")
        return false
      }
    }
    return RemediationCatalog(news + base.remediations.remediations.filter { places[$0.id] == nil })
  }

  private func isNew(_ rule: Rule, _ places: inout [String: RuleSource], _ log: IssueLog) -> Bool {
    if let first = places[rule.id] {
      refuse(rule, "id", "ID", rule.id, first, log)
      return false
    }
    // Correlations and filters find Sigma rules by either.
    for name in rule.names where name != rule.id {
      guard let first = places[name] else { continue }
      refuse(rule, "name", "name", name, first, log)
      return false
    }
    for name in [rule.id] + rule.names { places[name] = rule.source }
    return true
  }

  private func refuse(
    _ rule: Rule, _ key: String, _ what: String, _ name: String, _ first: RuleSource, _ log: IssueLog
  ) {
    log.telling(of: rule.title.english) {
      log.error(
        "duplicate-\(key)", "the rule \(what) '\(name)' is taken, by \(first.path):\(first.line)",
        at: ConfigMark(line: rule.source.line, column: rule.source.column),
        hint: "give the rule \(what == "ID" ? "an" : "a") \(what) of its own")
    }
  }

  /// Warns of rules with one title, which a reader cannot tell apart.
  private func checkTitles(_ rules: [SigmaRule]) {
    var places: [String: RuleSource] = [:]
    for rule in rules {
      let title = rule.definition.title.english
      if let first = places[title] {
        rule.warn(
          "duplicate-title", "another rule has the title '\(title)', at \(first.path):\(first.line)", at: rule.mark)
      }
      places[title] = rule.definition.source
    }
  }

  /// The rules that answers of mail servers send the reader to should exist.
  private func check(_ answers: [AnswerDefinition], all: [Rule], _ log: IssueLog) {
    guard !answers.isEmpty else { return }
    let ids = Set(all.map(\.id))
    for answer in answers {
      for id in answer.events.map(\.ruleID) + answer.diagnosis where !ids.contains(id) {
        log.warning(
          "unknown-rule", "the answer '\(answer.id)' names the rule '\(id)', which does not exist",
          at: ConfigMark(line: answer.source.line, column: answer.source.column),
          hint: NearMiss.suggestions(for: id, among: ids, limit: 1).first.map { "did you mean '\($0)'?" })
      }
    }
  }

  /// What rules refer to should exist; a rule that refers to nothing runs all the same.
  private func checkReferences(_ rules: [(rule: Rule, log: IssueLog)], all: [Rule]) {
    guard rules.contains(where: { !$0.rule.isSigma }) else { return }
    let ids = Set(all.map(\.id))
    let correlations = Set(all.filter { $0.correlation != nil }.map(\.id))
    let tags = Set(all.flatMap(\.tags))
    // What a Sigma rule says refers to no other rule, and need not be read for that.
    for (rule, log) in rules where !rule.isSigma {
      let mark = ConfigMark(line: rule.source.line, column: rule.source.column)
      for (key, names) in [("explains", rule.explains), ("consequence_of", rule.consequenceOf)] {
        for id in names where !ids.contains(id) {
          log.warning(
            "unknown-rule", "'\(key)' names the rule '\(id)', which does not exist", at: mark,
            hint: NearMiss.suggestions(for: id, among: ids, limit: 1).first.map { "did you mean '\($0)'?" })
        }
      }
      for cause in rule.guidance.causes {
        for selector in cause.evidence.flatMap({ [$0.selector, $0.until] }) {
          guard let selector else { continue }
          check(selector, cause, ids, tags, log, mark)
          guard case .rule(let id) = selector, correlations.contains(id) else { continue }
          log.warning(
            "correlation-evidence", "evidence of the cause '\(cause.id)' names '\(id)', which is a correlation",
            at: mark,
            hint: "name the rules that it correlates; evidence is single events")
        }
      }
    }
  }

  private func check(
    _ selector: EvidenceDefinition.Selector, _ cause: Cause, _ ids: Set<String>, _ tags: Set<String>, _ log: IssueLog,
    _ mark: ConfigMark
  ) {
    switch selector {
    case .rule(let pattern):
      guard !ids.contains(where: { Glob.matches(pattern, $0) }) else { return }
      log.warning(
        "unknown-rule", "evidence of the cause '\(cause.id)' names the rule '\(pattern)', which does not exist",
        at: mark, hint: NearMiss.suggestions(for: pattern, among: ids, limit: 1).first.map { "did you mean '\($0)'?" })
    case .tag(let tag):
      guard !tags.contains(tag) else { return }
      log.warning(
        "unknown-tag", "evidence of the cause '\(cause.id)' names the tag '\(tag)', which no rule has", at: mark,
        hint: NearMiss.suggestions(for: tag, among: tags, limit: 1).first.map { "did you mean '\($0)'?" })
    case .match:
      break
    }
  }
}

/// Patterns of rule IDs.
enum Glob {
  /// Whether a text fits a pattern in which `*` stands for any text and `?` for one character.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
    var (p, t) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == UInt8(ascii: "?") {
        p += 1
        t += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (p, t) = (last.pattern + 1, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
