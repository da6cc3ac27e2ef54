/// Reads the parts of a rule that say something about the events it matches.
struct RuleDetails {
  private let reader: NodeReader
  private let parameters: [String]
  private let tables: [String: ValueTable]
  private let log: IssueLog
  /// Whether the file was checked before, so that reading texts can wait until they are asked for.
  private let isTrusted: Bool

  private var message: MessageTemplate?
  private var messageTranslations: [String: MessageTemplate] = [:]
  private var groupBy = RuleDefinition.usualGroupBy
  private var valueTables: [String: ValueTable] = [:]
  private var guidance = OnDemand(Guidance())
  private var evidence: OnDemand<[EvidenceDefinition]>?
  private var tests = OnDemand<[RuleTest]>([])
  private var tags: [String] = []
  private var explains: [String] = []
  private var consequenceOf: [String] = []
  private var isSignal = false
  private var isUnverified = false

  init(
    reader: NodeReader, parameters: [String], tables: [String: ValueTable], log: IssueLog,
    isTrusted: Bool
  ) {
    self.reader = reader
    self.parameters = parameters
    self.tables = tables
    self.log = log
    self.isTrusted = isTrusted
  }

  mutating func read() {
    readMessage()
    readGroups()
    readValues()
    readConfidence()
    isSignal = reader.flag("signal")
    tags = reader.strings("tags")
    explains = reader.strings("explains")
    consequenceOf = reader.strings("consequence_of")
    readGuidance()
    readTests()
  }

  private mutating func readGuidance() {
    let nodes = GuidanceNodes(reader)
    if isTrusted {
      guidance = OnDemand { nodes.guidance(log: IssueLog(path: "", text: nil)) }
      evidence = OnDemand { nodes.evidence() }
    } else {
      guidance = OnDemand(nodes.guidance(log: log))
    }
  }

  private mutating func readTests() {
    guard let entry = reader.entry("tests") else {
      // A single event says nothing about a correlation.
      guard reader.node("correlation") == nil else { return }
      return log.warning(
        "no-tests", "the rule has no tests", at: reader.mark,
        hint: "add tests: with a fires: event and a quiet: event")
    }
    if isTrusted {
      let path = log.path
      tests = OnDemand { entry.value.items.compactMap { TestReader(log: IssueLog(path: path, text: nil)).test($0) } }
    } else {
      tests = OnDemand(entry.value.items.compactMap { TestReader(log: log).test($0) })
    }
  }

  func fill(_ rule: inout RuleDefinition) {
    rule.parameters = parameters
    rule.message = message
    rule.messageTranslations = messageTranslations
    rule.groupBy = groupBy
    rule.valueTables = valueTables
    rule.deferredGuidance = guidance
    rule.deferredEvidence = evidence
    rule.deferredTests = tests
    rule.tags = tags
    rule.explains = explains
    rule.consequenceOf = consequenceOf
    rule.isSignal = isSignal
    rule.isUnverified = isUnverified
  }

  private mutating func readMessage() {
    guard let node = reader.node("message"), let text = reader.localized(node, "message") else { return }
    message = template(text.english, node)
    for (language, translation) in text.translations { messageTranslations[language] = template(translation, node) }
  }

  private func template(_ text: String, _ node: ConfigNode) -> MessageTemplate? {
    do {
      return try MessageTemplate(parsing: text)
    } catch {
      log.error("bad-message", error.message, at: node.mark, hint: error.hint)
      return nil
    }
  }

  private mutating func readGroups() {
    guard let node = reader.node("group_by") else { return }
    groupBy = reader.strings("group_by")
    if groupBy.isEmpty { log.error("empty-list", "'group_by' needs at least one field", at: node.mark) }
  }

  private mutating func readConfidence() {
    isUnverified = reader.isUnverified()
  }

  private mutating func readValues() {
    guard let node = reader.node("values") else { return }
    guard case .mapping(let entries, _) = node else {
      return log.error("wrong-type", "'values' must be a map, but this is \(node.kind)", at: node.mark)
    }
    for entry in entries {
      if case .scalar(let name, _, let mark) = entry.value {
        if let table = tables[name] {
          valueTables[entry.key] = table
        } else {
          let near = NearMiss.suggestions(for: name, among: tables.keys, limit: 1).first
          let known = tables.keys.sorted().joined(separator: ", ")
          log.error(
            "unknown-table", "there is no table '\(name)'", at: mark,
            hint: near.map { "did you mean '\($0)'?" } ?? (known.isEmpty ? nil : "the tables are \(known)"))
        }
      } else if let table = TableReader(log: log).table(entry.value) {
        valueTables[entry.key] = table
      }
    }
  }
}

extension NodeReader {
  /// Whether the key `confidence` says that the facts could not be verified.
  func isUnverified() -> Bool {
    guard let node = node("confidence"), let text = string(node, "confidence") else { return false }
    if !["verified", "unverified"].contains(text) {
      log.error("bad-confidence", "'\(text)' is no confidence", at: node.mark, hint: "verified or unverified")
    }
    return text == "unverified"
  }

  /// The web addresses of the key `references`.
  func references() -> [String] {
    guard let node = node("references") else { return [] }
    return items(node).compactMap { item in
      guard let text = string(item, "references") else { return nil }
      guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
        log.error("bad-reference", "'\(text)' is no web address", at: item.mark, hint: "begin it with https://")
        return nil
      }
      return text
    }
  }
}

/// Reads a map of codes and their words.
struct TableReader {
  let log: IssueLog

  func table(_ node: ConfigNode) -> ValueTable? {
    guard case .mapping(let entries, _) = node else {
      log.error("wrong-type", "a table of values must be a map of codes and words", at: node.mark)
      return nil
    }
    var words: [String: String] = [:]
    for entry in entries {
      guard case .scalar(let text, _, _) = entry.value, !entry.value.isNull else {
        log.error("wrong-type", "the words for '\(entry.key)' must be text", at: entry.value.mark)
        continue
      }
      words[entry.key] = text
    }
    return ValueTable(words)
  }
}
