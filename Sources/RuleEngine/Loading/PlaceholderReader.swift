import Foundation

extension Placeholders {
  /// Reads a file of placeholders: a YAML map of names and their values, at the top or under `placeholders`.
  ///
  /// ```yaml
  /// Administrators: [adm_*, root]
  /// DomainControllers: [dc01, dc02]
  /// ```
  ///
  /// - Parameter path: The file.
  /// - Throws: A sentence that says what is wrong with the file, and where.
  public init(path: String) throws(RulePackLoader.Failure) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RulePackLoader.Failure(description: "\(path): no such file; check the path of the placeholders.")
    }
    guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
      throw RulePackLoader.Failure(description: "\(path): the file cannot be read as UTF-8 text.")
    }
    let log = IssueLog(path: path, text: text)
    let nodes = YAMLReader(text: text, log: log).documents()
    self.init(PlaceholderReader(log: log).lists(nodes))
    if let issue = log.issues.first { throw RulePackLoader.Failure(description: issue.rendered(color: false)) }
  }
}

/// Reads the lists of placeholders.
struct PlaceholderReader {
  let log: IssueLog

  func lists(_ nodes: [ConfigNode]) -> [String: [String]] {
    nodes.reduce(into: [:]) { lists, node in
      guard case .mapping(let entries, _) = node.value(of: "placeholders") ?? node else {
        return log.error("wrong-type", "placeholders must be a map of names and values", at: node.mark)
      }
      for entry in entries { lists[entry.key, default: []] += values(entry.value, of: entry.key) }
    }
  }

  private func values(_ node: ConfigNode, of name: String) -> [String] {
    let items: [ConfigNode] = if case .sequence(let items, _) = node { items } else { [node] }
    return items.compactMap { item in
      if case .scalar(let text, _, _) = item, !item.isNull { return text }
      log.error("wrong-type", "a value of '%\(name)%' must be text, but this is \(item.kind)", at: item.mark)
      return nil
    }
  }
}
