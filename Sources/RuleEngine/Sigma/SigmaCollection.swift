/// The documents of one file of Sigma rules, with its collection actions carried out.
struct SigmaCollection {
  /// What a document is.
  enum Document: Sendable {
    /// Matches events one by one.
    case rule(ConfigNode, Identity)
    /// Counts or orders the events of other rules.
    case correlation(ConfigNode, Identity)
    /// Narrows other rules.
    case filter(ConfigNode)
  }

  /// What tells a document from others that have the same ID or name from a global part or by being repeated.
  struct Identity: Sendable, Hashable {
    /// Its number among them, from 1; from 2 on it is added to the ID.
    var number = 1
    /// Whether the name is the document's; the first one has it.
    var keepsName = true

    /// The ID of the document.
    func id(_ id: String) -> String { number == 1 ? id : "\(id)-\(number)" }
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
    var identities = Identities()
    for node in nodes where !node.isNull {
      if let rules = node.value(of: "rules") {
        log.error(
          "several-documents", "a pack is the only document of its file", at: rules.mark, hint: "write one file a pack")
        continue
      }
      guard let action = node.value(of: "action") else {
        let merged = global.map { node.updated(with: $0) } ?? node
        documents.append(Self.document(merged, identities.next(merged) { global?.value(of: $0) != nil }))
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
        documents.append(Self.document(merged, identities.next(merged) { content.value(of: $0) == nil }))
        previous = merged
      default:
        log.error("unknown-action", "this is no action", at: action.mark, hint: "write global, reset or repeat")
      }
    }
    self.documents = documents
  }

  private static func document(_ node: ConfigNode, _ identity: Identity) -> Document {
    if node.value(of: "correlation") != nil { return .correlation(node, identity) }
    if node.value(of: "filter") != nil { return .filter(node) }
    return .rule(node, identity)
  }
}

/// Numbers the documents of a file that share an ID or a name.
private struct Identities {
  private var counts: [String: Int] = [:]
  private var names: Set<String> = []

  /// What tells a document from those before it. One that has its own ID or name is left alone, so that an ID twice is
  /// told as the mistake that it is.
  ///
  /// - Parameters:
  ///   - node: The document.
  ///   - isInherited: Whether it has a key from a global part, or from the document that it repeats.
  /// - Returns: Its number, and whether it keeps its name.
  mutating func next(_ node: ConfigNode, isInherited: (String) -> Bool) -> SigmaCollection.Identity {
    var identity = SigmaCollection.Identity()
    guard node.value(of: "filter") == nil else { return identity }
    // Without an ID a rule goes by its name, or else its title.
    for key in ["id", "name", "title"] {
      guard case .scalar(let text, _, _)? = node.value(of: key) else { continue }
      counts[text, default: 0] += 1
      if isInherited(key) { identity.number = counts[text] ?? 1 }
      break
    }
    if case .scalar(let name, _, _)? = node.value(of: "name") {
      let isNew = names.insert(name).inserted
      identity.keepsName = isNew || !isInherited("name")
    }
    return identity
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
