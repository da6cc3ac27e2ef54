/// Reads one Sigma rule: a document with `logsource` and `detection`.
///
/// What decides about matching must be right, or the rule is refused. What only describes the rule is warned about.
struct SigmaRuleReader {
  private let log: IssueLog
  private let packID: String
  private let matching: MatchReader
  /// Whether the file was read before without a mistake, so that what only describes the rule can wait.
  private let isKnown: Bool

  init(packID: String, matching: MatchReader, log: IssueLog, isKnown: Bool) {
    self.packID = packID
    self.matching = matching
    self.log = log
    self.isKnown = isKnown
  }

  /// The rule; nil after reporting what is wrong with it.
  func rule(_ node: ConfigNode, _ identity: SigmaCollection.Identity) -> SigmaRule? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a Sigma rule", log: log) else { return nil }
    let title = reader.required("title").flatMap { reader.string($0, "title") }
    let attributes = SigmaAttributeReader(reader: reader, log: log)
    let metadata = isKnown ? attributes.deferredMetadata() : OnDemand(attributes.metadata())
    let severity = attributes.severity()
    if !isKnown { attributes.checkUse(metadata.value) }
    let logSource = logSource(reader)
    let condition = reader.required("detection", hint: "detection: {selection: {EventID: …}, condition: selection}")
      .flatMap { matching.condition($0) }
    guard errors == log.errorCount, let title, let severity, let logSource, let condition else { return nil }
    let source = RuleSource(path: log.path, line: node.mark.line, column: node.mark.column)
    let name = attributes.text("name")
    var rule = RuleDefinition(
      id: identity.id((attributes.text("id") ?? name).map(RuleID.plain) ?? RuleID.suggested(for: title)),
      packID: packID, title: LocalizedText(title), severity: severity, condition: condition, source: source)
    rule.tags = reader.strings("tags")
    rule.deferredGuidance = isKnown ? attributes.deferredGuidance() : OnDemand(attributes.guidance())
    // Sigma rules name no causes.
    rule.deferredEvidence = OnDemand([])
    rule.tests = tests(reader)
    rule.sigmaAttributes = SigmaAttributes(
      name: identity.keepsName ? name : nil, logSource: logSource, fields: attributes.texts("fields"), others: metadata)
    let logSourceMark = reader.node("logsource")?.mark ?? node.mark
    return SigmaRule(definition: rule, mark: node.mark, logSourceMark: logSourceMark, log: log)
  }

  private func logSource(_ reader: NodeReader) -> SigmaLogSource? {
    guard let node = reader.required("logsource", hint: "logsource: {product: windows, category: process_creation}")
    else { return nil }
    return SigmaLogSourceReader(log: log).logSource(node)
  }

  /// Sigma keeps custom attributes; one named `tests` has the form that tests have in packs.
  private func tests(_ reader: NodeReader) -> [RuleTest] {
    guard case .sequence(let items, _)? = reader.node("tests") else { return [] }
    return items.filter { $0.value(of: "fires") != nil || $0.value(of: "quiet") != nil }
      .compactMap { TestReader(log: log).test($0) }
  }
}

/// A Sigma rule before it knows its log source: its fields have the names of Sigma's taxonomy.
struct SigmaRule: Sendable {
  var definition: RuleDefinition
  var mark: ConfigMark
  /// Where its log source stands.
  var logSourceMark: ConfigMark
  var log: IssueLog

  /// Warns of something in the rule, which the message names.
  func warn(_ code: String, _ message: String, at mark: ConfigMark, hint: String? = nil) {
    log.telling(of: definition.title.english) { log.warning(code, message, at: mark, hint: hint) }
  }

  /// The names by which correlations may refer to the rule.
  var names: [String] { [definition.id] + definition.names }

  /// Where its events come from.
  var logSource: SigmaLogSource { definition.sigmaAttributes?.logSource ?? SigmaLogSource() }

  /// The rule on the events of its log source; nil when there are none.
  func applied(to sources: LogSourceMap) -> RuleDefinition? {
    guard let condition = sources.condition(definition.condition, on: logSource) else { return nil }
    var definition = definition
    definition.condition = condition
    definition.otherFieldNames = sources.otherFieldNames(on: logSource)
    return definition
  }

  /// What the report says about a rule without applicable log source.
  var notApplicable: NotApplicableRule {
    NotApplicableRule(
      id: definition.id, title: definition.title.english, logSource: logSource, source: definition.source)
  }
}

/// Reads a `logsource`.
struct SigmaLogSourceReader {
  let log: IssueLog

  /// The log source; nil after reporting what is wrong with it.
  func logSource(_ node: ConfigNode) -> SigmaLogSource? {
    guard let reader = NodeReader(node, "'logsource'", log: log) else { return nil }
    let source = SigmaLogSource(
      category: reader.string("category"), product: reader.string("product"), service: reader.string("service"),
      definition: reader.string("definition"))
    if source.category == nil, source.product == nil, source.service == nil {
      log.error(
        "empty-logsource", "the log source names no category, product or service", at: node.mark,
        hint: "write product: windows at least")
      return nil
    }
    return source
  }
}
