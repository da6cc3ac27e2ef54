/// The documents of one file of Sigma rules, with its collection actions carried out.
struct SigmaCollection {
  /// What a document is.
  enum Document: Sendable {
    /// Matches events one by one.
    case rule(ConfigNode)
    /// Counts or orders the events of other rules.
    case correlation(ConfigNode)
    /// Narrows other rules.
    case filter(ConfigNode)
  }

  let documents: [Document]

  /// Whether the documents of a file are Sigma's and no pack.
  static func isCollection(_ nodes: [ConfigNode]) -> Bool {
    if nodes.count > 1 { return true }
    return nodes.contains { node in
      if node.value(of: "rules") != nil || node.value(of: "severity") != nil { return false }
      return ["logsource", "detection", "correlation", "filter", "action"].contains { node.value(of: $0) != nil }
    }
  }

  /// Merges documents as `action: global`, `reset` and `repeat` say: what is global is added to every document that
  /// follows and wins over it, and `repeat` changes the rule before.
  init(_ nodes: [ConfigNode], log: IssueLog) {
    var global: ConfigNode?
    var previous: ConfigNode?
    var documents: [Document] = []
    for node in nodes where !node.isNull {
      if let rules = node.value(of: "rules") {
        log.error(
          "several-documents", "a pack is the only document of its file", at: rules.mark, hint: "write one file a pack")
        continue
      }
      guard let action = node.value(of: "action") else {
        let merged = global.map { node.updated(with: $0) } ?? node
        documents.append(Self.document(merged))
        previous = merged
        continue
      }
      let content = node.without("action")
      switch action {
      case .scalar("global", _, _): (global, previous) = (content, content)
      case .scalar("reset", _, _): global = nil
      case .scalar("repeat", _, let mark):
        guard let base = previous else {
          log.error("no-previous-rule", "there is no rule before this one to repeat", at: mark)
          continue
        }
        let merged = base.updated(with: content)
        documents.append(Self.document(merged))
        previous = merged
      default:
        log.error("unknown-action", "this is no action", at: action.mark, hint: "write global, reset or repeat")
      }
    }
    self.documents = documents
  }

  private static func document(_ node: ConfigNode) -> Document {
    if node.value(of: "correlation") != nil { return .correlation(node) }
    if node.value(of: "filter") != nil { return .filter(node) }
    return .rule(node)
  }
}

extension ConfigNode {
  /// The map without a key.
  fileprivate func without(_ key: String) -> ConfigNode {
    guard case .mapping(let entries, let mark) = self else { return self }
    return .mapping(entries.filter { $0.key != key }, mark)
  }

  /// The map with the entries of another, which win; maps in maps are merged alike.
  fileprivate func updated(with other: ConfigNode) -> ConfigNode {
    guard case .mapping(var entries, let mark) = self, case .mapping(let news, _) = other else { return other }
    for new in news {
      if let index = entries.firstIndex(where: { $0.key == new.key }) {
        entries[index].value = entries[index].value.updated(with: new.value)
      } else {
        entries.append(new)
      }
    }
    return .mapping(entries, mark)
  }
}
