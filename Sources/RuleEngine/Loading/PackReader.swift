/// Reads the documents of one rule file.
struct PackReader {
  let log: IssueLog
  let tables: [String: ValueTable]
  /// What the file says about Sigma's log sources.
  let logSources: [LogSourceMap.Entry]
  /// The answers of mail servers that the file knows.
  private let answers: ConfigEntry?
  /// The documents, when they are Sigma's.
  let sigma: [SigmaCollection.Document]
  private let id: String
  private let title: LocalizedText
  private let ruleNodes: [ConfigNode]
  private let remediationNode: ConfigNode?
  private let isReadable: Bool
  /// Whether the file was read before without a mistake.
  private var isKnown = false

  init(_ document: PackDocument) {
    let log = document.log
    if SigmaCollection.isCollection(document.nodes) {
      self.init(id: SigmaPack.id(of: log.path), log: log, sigma: SigmaCollection(document.nodes, log: log).documents)
    } else if let node = document.nodes.first, let reader = NodeReader(node, "a pack", log: log) {
      // A file that is one rule is a pack of its own.
      let isRule = ["detection", "match", "correlation"].contains { node.value(of: $0) != nil }
      let name = Self.name(of: log.path)
      if isRule { self.init(id: name, log: log, ruleNodes: [node]) } else { self.init(reader, name: name) }
    } else {
      self.init(id: "", log: log, isReadable: false)
    }
    isKnown = document.isKnown
  }

  private init(
    id: String, log: IssueLog, ruleNodes: [ConfigNode] = [], sigma: [SigmaCollection.Document] = [],
    isReadable: Bool = true
  ) {
    (self.id, title, self.log, self.ruleNodes, self.sigma) = (id, LocalizedText(id), log, ruleNodes, sigma)
    (tables, logSources, answers, remediationNode, self.isReadable) = ([:], [], nil, nil, isReadable)
  }

  private init(_ reader: NodeReader, name: String) {
    log = reader.log
    id = reader.string("pack") ?? name
    title = reader.localized("title") ?? LocalizedText(id)
    _ = reader.node("description")
    tables = Self.tables(reader)
    logSources = reader.node("logsources").map { LogSourceReader(log: reader.log).entries($0) } ?? []
    answers = reader.entry("answers")
    remediationNode = reader.node("remediations")
    sigma = []
    if let rules = reader.node("rules") {
      ruleNodes = Self.ruleNodes(rules, log)
    } else {
      ruleNodes = []
      if tables.isEmpty, answers == nil, reader.node("logsources") == nil, remediationNode == nil {
        log.error("missing-key", "a pack needs the key 'rules'", at: reader.mark, hint: "rules: followed by a list")
      }
    }
    isReadable = true
    reader.finish()
  }

  /// The answers of mail servers; those of a file that was checked before are read when they are asked for.
  func answers(isTrusted: Bool) -> OnDemand<[AnswerDefinition]>? {
    guard let answers else { return nil }
    if isTrusted { return OnDemand { AnswerReader(log: IssueLog(path: "", text: nil)).answers(answers.value) } }
    return OnDemand(AnswerReader(log: log).answers(answers.value))
  }

  /// The rules of the pack that can run; those of Sigma do not know their log source yet.
  func rules(
    tables: [String: ValueTable], options: RuleLoadingOptions, isTrusted: Bool
  ) -> (own: [RuleDefinition], sigma: [SigmaRule]) {
    let matching = MatchReader(log: log, placeholders: options.placeholders)
    let reader = RuleReader(packID: id, tables: tables, matching: matching, log: log, isTrusted: isTrusted)
    let isKnown = isKnown && !options.runsValidators
    let sigmaReader = SigmaRuleReader(packID: id, matching: matching, log: log, isKnown: isKnown)
    let read = ruleNodes.map { node in
      (node: node, rule: log.telling(of: node.text(of: "id") ?? node.text(of: "title")) { reader.rule(node) })
    }
    if !isTrusted { checkIDs(read) }
    var own = read.compactMap(\.rule)
    let sigma = sigma.compactMap { document -> SigmaRule? in
      switch document {
      case .rule(let node, let identity):
        return log.telling(of: node.text(of: "title") ?? node.text(of: "id")) {
          if options.runsValidators { SigmaValidator(log: log).validate(node) }
          return sigmaReader.rule(node, identity)
        }
      case .correlation(let node, let identity):
        log.telling(of: node.text(of: "title") ?? node.text(of: "id")) {
          SigmaCorrelationReader(packID: id, log: log).rule(node, identity)
        }.map { own.append($0) }
      case .filter: break
      }
      return nil
    }
    return (own, sigma)
  }

  /// The filters that the file adds to rules.
  func filters(options: RuleLoadingOptions) -> [SigmaFilter] {
    let reader = SigmaFilterReader(matching: MatchReader(log: log, placeholders: options.placeholders), log: log)
    return sigma.compactMap { if case .filter(let node) = $0 { reader.filter(node) } else { nil } }
  }

  /// What the pack says about findings of other rules.
  func remediations(isTrusted: Bool) -> [Remediation] {
    remediationNode.map { RemediationReader(packID: id, log: log, isTrusted: isTrusted).remediations($0) } ?? []
  }

  /// An ID that a rule with a mistake has is taken, too, so that one run tells of both. Rules without one are compared
  /// with those of all files later.
  private func checkIDs(_ rules: [(node: ConfigNode, rule: RuleDefinition?)]) {
    var places: [String: (line: Int, isRule: Bool)] = [:]
    for (node, rule) in rules {
      guard case .scalar(let id, _, _)? = node.value(of: "id") else { continue }
      if let first = places[id], !first.isRule || rule == nil {
        log.error(
          "duplicate-id", "the rule ID '\(id)' is taken, by \(log.path):\(first.line)", at: node.mark,
          hint: "give the rule an ID of its own")
      }
      if rule != nil || places[id] == nil { places[id] = (node.mark.line, rule != nil) }
    }
  }

  /// What is known about the pack; nil for a file that is none, or has tables and log sources only.
  func description(ruleCount: Int) -> RulePack? {
    guard isReadable, !ruleNodes.isEmpty || !sigma.isEmpty else { return nil }
    return RulePack(id: id, title: title, path: sigma.isEmpty ? log.path : id, ruleCount: ruleCount)
  }

  private static func ruleNodes(_ node: ConfigNode, _ log: IssueLog) -> [ConfigNode] {
    if case .sequence(let items, _) = node { return items }
    if !node.isNull { log.error("wrong-type", "'rules' must be a list, but this is \(node.kind)", at: node.mark) }
    return []
  }

  private static func tables(_ reader: NodeReader) -> [String: ValueTable] {
    guard let node = reader.node("tables") else { return [:] }
    guard case .mapping(let entries, _) = node else {
      reader.log.error("wrong-type", "'tables' must be a map, but this is \(node.kind)", at: node.mark)
      return [:]
    }
    var tables: [String: ValueTable] = [:]
    for entry in entries { tables[entry.key] = TableReader(log: reader.log).table(entry.value) }
    return tables
  }

  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.split(separator: ".").first ?? file)
  }
}
