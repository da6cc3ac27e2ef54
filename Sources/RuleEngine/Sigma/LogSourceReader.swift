/// Reads the key `logsources` of a rule file: a list of what Sigma's log sources mean.
///
/// ```yaml
/// logsources:
///   - product: windows
///     category: process_creation
///     service: security
///     match: {Channel: Security, EventID: 4688}
///     fields: {Image: NewProcessName}
/// ```
struct LogSourceReader {
  let log: IssueLog

  func entries(_ node: ConfigNode) -> [LogSourceMap.Entry] {
    guard case .sequence(let items, _) = node else {
      log.error("wrong-type", "'logsources' must be a list, but this is \(node.kind)", at: node.mark)
      return []
    }
    return items.compactMap(entry)
  }

  private func entry(_ node: ConfigNode) -> LogSourceMap.Entry? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a log source", log: log) else { return nil }
    let name = SigmaLogSource(
      category: reader.string("category"), product: reader.string("product"), service: reader.string("service"))
    if name == SigmaLogSource() {
      log.error("missing-key", "a log source needs a product, category or service", at: node.mark)
    }
    let match = reader.node("match").flatMap { MatchReader(log: log).selection($0) }
    let fields = reader.node("fields").map(fields) ?? [:]
    reader.finish()
    return errors == log.errorCount ? LogSourceMap.Entry(name: name, match: match, fields: fields) : nil
  }

  private func fields(_ node: ConfigNode) -> [String: LogSourceMap.FieldMapping] {
    guard case .mapping(let entries, _) = node else {
      log.error("wrong-type", "'fields' must be a map of names, but this is \(node.kind)", at: node.mark)
      return [:]
    }
    return entries.reduce(into: [:]) { $0[$1.key] = mapping($1.value) }
  }

  /// A field's name, or a map of its `name` and `values`.
  private func mapping(_ node: ConfigNode) -> LogSourceMap.FieldMapping? {
    if case .scalar(let name, _, _) = node, !node.isNull { return LogSourceMap.FieldMapping(name: name) }
    guard let reader = NodeReader(node, "a field", log: log) else { return nil }
    let name = reader.required("name").flatMap { reader.string($0, "name") }
    var values: [FoldedText: String] = [:]
    if case .mapping(let entries, _)? = reader.node("values") {
      for entry in entries { values[FoldedText(entry.key)] = reader.string(entry.value, "values") }
    }
    reader.finish()
    return name.map { LogSourceMap.FieldMapping(name: $0, values: values) }
  }
}
