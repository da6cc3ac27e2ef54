/// Reads one rule of a pack.
struct RuleReader {
  private let log: IssueLog
  private let packID: String
  /// The tables that `values:` may name.
  private let tables: [String: ValueTable]
  private let matching: MatchReader
  private let isTrusted: Bool

  init(packID: String, tables: [String: ValueTable], matching: MatchReader, log: IssueLog, isTrusted: Bool) {
    self.packID = packID
    self.tables = tables
    self.matching = matching
    self.log = log
    self.isTrusted = isTrusted
  }

  /// The rule; nil after reporting what is wrong with it.
  func rule(_ node: ConfigNode) -> RuleDefinition? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a rule", log: log) else { return nil }
    let id = RuleID.read(reader, of: "rule")
    let title = reader.required("title").flatMap { reader.localized($0, "title") }
    let severity = severity(reader)
    let correlation = reader.node("correlation").map { CorrelationReader(log: log).correlation($0) }
    let condition = correlation == nil ? condition(reader) : Condition.never
    let parameters = parameters(reader)
    var details = RuleDetails(
      reader: reader, parameters: parameters, tables: tables, log: log, isTrusted: isTrusted)
    details.read()
    reader.finish()
    guard errors == log.errorCount, let id, let title, let severity, let condition else { return nil }
    let source = RuleSource(path: log.path, line: node.mark.line, column: node.mark.column)
    var rule = RuleDefinition(
      id: id, packID: packID, title: title, severity: severity, condition: condition, source: source)
    details.fill(&rule)
    if let correlation {
      rule.correlation = correlation
      rule.groupBy = correlation?.groupBy ?? []
    }
    return rule
  }

  private func severity(_ reader: NodeReader) -> Severity? {
    let names = Severity.allCases.map(\.rawValue)
    let choice = names.joined(separator: ", ")
    guard let node = reader.required("severity", hint: "one of \(choice)"), let text = reader.string(node, "severity")
    else { return nil }
    if let severity = Severity(rawValue: text) { return severity }
    let near = NearMiss.suggestions(for: text, among: names, limit: 1).first
    log.error(
      "bad-severity", "'\(text)' is no severity", at: node.mark,
      hint: near.map { "did you mean '\($0)'?" } ?? "one of \(choice)")
    return nil
  }

  private func condition(_ reader: NodeReader) -> Condition? {
    let match = reader.node("match")
    let detection = reader.node("detection")
    switch (match, detection) {
    case (let match?, nil): return matching.selection(match).map(Condition.single)
    case (nil, let detection?): return matching.condition(detection)
    case (nil, nil):
      log.error(
        "missing-key", "a rule needs the key 'match' or 'detection'", at: reader.mark,
        hint: "match: {Provider_Name: …, EventID: …}")
    case (_?, let detection?):
      log.error("two-matches", "a rule has 'match' or 'detection', not both", at: detection.mark)
    }
    return nil
  }

  private func parameters(_ reader: NodeReader) -> [String] {
    guard let node = reader.node("parameters") else { return [] }
    guard case .sequence(let items, _) = node else {
      log.error(
        "wrong-type", "'parameters' must be a list of names, but this is \(node.kind)", at: node.mark,
        hint: "parameters: [first, second]")
      return []
    }
    var seen: Set<String> = []
    for item in items {
      guard let name = reader.string(item, "parameters") else { continue }
      if name != "_", !seen.insert(name).inserted {
        log.error("duplicate-parameter", "the parameter '\(name)' is named twice", at: item.mark)
      }
    }
    return items.compactMap { if case .scalar(let name, _, _) = $0 { name } else { nil } }
  }
}

/// The form of the IDs of rules and remediations.
enum RuleID {
  /// The ID of a rule or remediation; nil after reporting that it has none, or a bad one.
  static func read(_ reader: NodeReader, of what: String) -> String? {
    guard let node = reader.required("id"), let text = reader.string(node, "id") else { return nil }
    guard isPlain(text) else {
      reader.log.error(
        "bad-id", "'\(text)' is no \(what) ID", at: node.mark,
        hint: "use small letters, digits and hyphens: \(suggested(for: text))")
      return nil
    }
    return text
  }

  /// Whether a text has small letters, digits and hyphens only.
  static func isPlain(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D }
    return isPlain && !text.isEmpty && text.first != "-" && text.last != "-"
  }

  /// An ID made of one that need not be plain, such as a UUID with capitals: as written where it may stand in a report.
  static func plain(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return isPlain && 1...128 ~= text.utf8.count ? text : suggested(for: String(text.prefix(128)))
  }

  /// An ID made of another text.
  static func suggested(for text: String) -> String {
    let mapped = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let name = String(mapped).split(separator: "-").joined(separator: "-")
    return name.isEmpty ? "my-rule" : name
  }
}
