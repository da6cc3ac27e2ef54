/// Reads one Sigma correlation: a document with `correlation`.
struct SigmaCorrelationReader {
  private let log: IssueLog
  private let packID: String

  init(packID: String, log: IssueLog) {
    self.packID = packID
    self.log = log
  }

  /// The rule; nil after reporting what is wrong with it.
  func rule(_ node: ConfigNode, _ identity: SigmaCollection.Identity) -> RuleDefinition? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a Sigma correlation", log: log) else { return nil }
    let title = reader.required("title").flatMap { reader.string($0, "title") }
    let attributes = SigmaAttributeReader(reader: reader, log: log)
    var metadata = attributes.metadata()
    let severity = attributes.severity()
    attributes.checkUse(metadata)
    for key in ["logsource", "detection"] {
      guard let node = reader.node(key) else { continue }
      log.error(
        "two-matches", "a correlation has no '\(key)'", at: node.mark,
        hint: "write the rule as a document of its own, and name it in 'rules'")
    }
    let correlation = reader.node("correlation").flatMap {
      CorrelationReader(log: log).correlation($0, generate: reader.node("generate"))
    }
    guard errors == log.errorCount, let title, var correlation else { return nil }
    correlation.takesSeverityOfRules = reader.node("level") == nil
    let source = RuleSource(path: log.path, line: node.mark.line, column: node.mark.column)
    var rule = RuleDefinition(
      id: identity.id(metadata.ruleID ?? metadata.name ?? RuleID.suggested(for: title)), packID: packID,
      title: LocalizedText(title), severity: severity ?? .medium, condition: .never, source: source)
    if !identity.keepsName { metadata.name = nil }
    rule.correlation = correlation
    rule.groupBy = correlation.groupBy
    rule.tags = reader.strings("tags")
    rule.guidance = attributes.guidance()
    rule.sigma = metadata
    return rule
  }
}
