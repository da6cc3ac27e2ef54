/// Reads a document with `filter`.
struct SigmaFilterReader {
  private let matching: MatchReader
  private let log: IssueLog

  init(matching: MatchReader, log: IssueLog) {
    self.matching = matching
    self.log = log
  }

  /// The filter; nil after reporting what is wrong with it.
  func filter(_ node: ConfigNode) -> SigmaFilter? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a Sigma filter", log: log) else { return nil }
    _ = reader.required("title").flatMap { reader.string($0, "title") }
    let logSource = reader.required("logsource").flatMap { SigmaLogSourceReader(log: log).logSource($0) }
    guard let body = reader.node("filter"), case .mapping(let entries, let mark) = body else {
      log.error("wrong-type", "'filter' must be a map of rules, selections and a condition", at: node.mark)
      return nil
    }
    let target = target(entries, mark)
    let condition = matching.condition(.mapping(entries.filter { $0.key != "rules" }, mark), of: "filter")
    guard errors == log.errorCount, let logSource, let target, let condition else { return nil }
    if !condition.root.hasNegation {
      log.warning(
        "filter-keeps", "the filter keeps only the events that it selects", at: mark,
        hint: "write 'condition: not selection' to suppress them")
    }
    return SigmaFilter(target: target, logSource: logSource, condition: condition, log: log)
  }

  private func target(_ entries: [ConfigEntry], _ mark: ConfigMark) -> SigmaFilter.Target? {
    guard let rules = entries.first(where: { $0.key == "rules" })?.value else {
      log.error(
        "missing-key", "'filter' needs the key 'rules'", at: mark,
        hint: "rules: followed by a list of rule IDs or names, or 'any'")
      return nil
    }
    switch rules {
    case .scalar(let text, _, _) where ["any", "all"].contains(text.lowercased()): return .any
    case .scalar(let text, _, let mark) where !rules.isNull: return .named([(text, mark)])
    case .sequence(let items, _):
      let names = items.compactMap { item -> (name: String, mark: ConfigMark)? in
        if case .scalar(let text, _, let mark) = item, !item.isNull { return (text, mark) }
        log.error("wrong-type", "a rule's ID or name must be text, but this is \(item.kind)", at: item.mark)
        return nil
      }
      return items.isEmpty ? .any : .named(names)
    default:
      log.error("wrong-type", "'rules' must be a list of rule IDs or names, or 'any'", at: rules.mark)
      return nil
    }
  }
}

extension Condition.Node {
  /// Whether something in it is negated.
  fileprivate var hasNegation: Bool {
    switch self {
    case .selection(let selection, _): selection.hasNegation
    case .not: true
    case .all(let nodes), .any(let nodes): nodes.contains(where: \.hasNegation)
    }
  }
}

extension Selection {
  fileprivate var hasNegation: Bool {
    var result = false
    forEachTest { result = result || $0.isNegated }
    return result
  }
}
