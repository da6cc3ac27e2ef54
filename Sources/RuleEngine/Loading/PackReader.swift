/// Reads the document of one rule file.
struct PackReader {
  let log: IssueLog
  let tables: [String: ValueTable]
  private let id: String
  private let title: LocalizedText
  private let ruleNodes: [ConfigNode]
  private let isReadable: Bool

  init(_ document: PackDocument) {
    log = document.log
    guard let node = document.node, let reader = NodeReader(node, "a pack", log: log) else {
      (id, title, ruleNodes, tables, isReadable) = ("", LocalizedText(""), [], [:], false)
      return
    }
    let name = Self.name(of: log.path)
    // A file that is one rule, or a Sigma rule, is a pack of its own.
    if node.value(of: "detection") != nil || node.value(of: "match") != nil {
      (id, title, ruleNodes, tables, isReadable) = (name, LocalizedText(name), [node], [:], true)
      return
    }
    id = reader.string("pack") ?? name
    title = reader.localized("title") ?? LocalizedText(id)
    _ = reader.node("description")
    tables = Self.tables(reader)
    if let rules = reader.node("rules") {
      ruleNodes = Self.ruleNodes(rules, log)
    } else {
      ruleNodes = []
      if tables.isEmpty {
        log.error("missing-key", "a pack needs the key 'rules'", at: reader.mark, hint: "rules: followed by a list")
      }
    }
    isReadable = true
    reader.finish()
  }

  /// The rules of the pack that can run.
  func rules(tables: [String: ValueTable], isTrusted: Bool) -> [RuleDefinition] {
    let reader = RuleReader(packID: id, tables: tables, log: log, isTrusted: isTrusted)
    return ruleNodes.compactMap(reader.rule)
  }

  /// What is known about the pack; nil for a file that is none.
  func description(ruleCount: Int) -> RulePack? {
    isReadable ? RulePack(id: id, title: title, path: log.path, ruleCount: ruleCount) : nil
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
