/// Warns of log sources that are probably not meant as they are written. Run when rules are checked, not when they are
/// used.
struct LogSourceValidator: Sendable {
  let sources: LogSourceMap

  /// Warns of a rule that does not run, as its log source means no events here.
  func warnOfUnknownSource(_ rule: SigmaRule) {
    let source = rule.logSource
    rule.warn(
      "unknown-logsource", "the log source '\(source)' is not known here, so the rule does not run",
      at: rule.logSourceMark, hint: hint(for: source))
  }

  /// Warns of a rule that names a log and an event ID where a category means the same on every source.
  func warnOfSpecificSource(_ rule: SigmaRule) {
    guard let source = rule.definition.sigmaAttributes?.logSource, source.category == nil, let service = source.service,
      let eventIDs = HeaderRequirement(rule.definition.condition).eventIDs, !eventIDs.isEmpty
    else { return }
    let generic = sources.entries.first { entry in
      guard entry.name.category != nil, entry.name.service == service, let match = entry.match else { return false }
      return HeaderRequirement(match).eventIDs.map { eventIDs.isSubset(of: $0) } ?? false
    }
    guard let category = generic?.name.category else { return }
    rule.warn(
      "specific-logsource", "the category '\(category)' means these events, whatever records them", at: rule.mark,
      hint: "write 'category: \(category)' instead of the service and the event ID")
  }

  // MARK: What was meant

  /// What to write instead of a log source that is not known; nil for one of another product, which is no mistake.
  private func hint(for source: SigmaLogSource) -> String? {
    let products = sources.names(\.product)
    let product = source.product ?? ""
    let isOurs = source.product == nil || products.contains { FoldedText($0) == FoldedText(product) }
    guard isOurs else {
      return NearMiss.suggestions(for: product, among: products).first.map { "did you mean '\($0)'?" }
    }
    let parts: [KeyPath<SigmaLogSource, String?>] = [\.category, \.service]
    let near = parts.compactMap { part in
      source[keyPath: part].flatMap { suggestion(for: $0, among: sources.names(part)) }
    }
    if !near.isEmpty { return "did you mean \(near.map { "'\($0)'" }.joined(separator: " and "))?" }
    guard source.category != nil, source.service != nil, source.product != nil else { return nil }
    return "no such category is known of this service; name one of them only"
  }

  /// A known name that is near one that is not known.
  private func suggestion(for name: String, among names: Set<String>) -> String? {
    guard !names.contains(where: { FoldedText($0) == FoldedText(name) }) else { return nil }
    return NearMiss.suggestions(for: name, among: names).first
  }
}

extension LogSourceMap {
  /// What entries write for a part of their name.
  fileprivate func names(_ part: KeyPath<SigmaLogSource, String?>) -> Set<String> {
    Set(entries.compactMap { $0.name[keyPath: part] })
  }
}
