/// Warns of what is allowed in a Sigma rule and yet probably not meant so: those of pySigma's validators that find
/// mistakes in matching. They are run when rules are checked, not when they are used.
struct SigmaValidator {
  private let log: IssueLog

  init(log: IssueLog) { self.log = log }

  /// Looks at a rule's document.
  func validate(_ node: ConfigNode) {
    checkLogSource(node)
    checkReferences(node)
    if node.value(of: "id") == nil {
      log.warning("missing-id", "the rule has no ID", at: node.mark, hint: "id: followed by a UUID, made with uuidgen")
    }
    guard case .mapping(let entries, _)? = node.value(of: "detection") else { return }
    let selections = entries.filter { $0.key != "condition" && $0.key != "timeframe" }
    if let condition = node.value(of: "detection")?.value(of: "condition") {
      SigmaConditionValidator(log: log).validate(condition, selections)
    }
    for selection in selections { validate(selection: selection.value) }
  }

  private func checkLogSource(_ node: ConfigNode) {
    guard case .mapping(let entries, _)? = node.value(of: "logsource") else { return }
    let known = ["category", "product", "service", "definition"]
    for entry in entries where !known.contains(entry.key) {
      let near = NearMiss.suggestions(for: entry.key, among: known).first.map { "did you mean '\($0)'?" }
      log.warning(
        "unknown-key", "'logsource' has no key '\(entry.key)', so it does not count", at: entry.keyMark, hint: near)
    }
  }

  private func checkReferences(_ node: ConfigNode) {
    guard case .sequence(let items, _)? = node.value(of: "references") else { return }
    var seen: Set<String> = []
    for case .scalar(let text, _, let mark) in items where !seen.insert(text).inserted {
      log.warning("duplicate-reference", "the reference stands here twice: \(text)", at: mark)
    }
  }

  private func validate(selection node: ConfigNode) {
    switch node {
    case .mapping(let entries, _):
      for entry in entries { SigmaFieldValidator(log: log).validate(entry) }
    case .sequence(let items, _): for item in items { validate(selection: item) }
    case .scalar: SigmaFieldValidator(log: log).validate(text: node)
    }
  }
}

/// Warns about a condition and the names of its selections.
struct SigmaConditionValidator {
  let log: IssueLog

  func validate(_ node: ConfigNode, _ selections: [ConfigEntry]) {
    let items: [ConfigNode] = if case .sequence(let items, _) = node { items } else { [node] }
    var used: Set<String> = []
    for case .scalar(let text, _, let mark) in items {
      let words = words(of: text)
      for word in words { used.formUnion(selections.map(\.key).filter { Self.means(word, $0) }) }
      checkThem(words, selections, mark)
    }
    for selection in selections where !used.contains(selection.key) {
      log.warning(
        "unused-selection", "the condition does not use the selection '\(selection.key)'", at: selection.keyMark,
        hint: "use it in the condition, or take it out")
    }
  }

  private func words(of text: String) -> [String] {
    ConditionToken.tokens(of: text).compactMap { if case .word(let word) = $0.kind { word } else { nil } }
  }

  private static func means(_ word: String, _ name: String) -> Bool {
    if word == name { return true }
    if name.hasPrefix("_"), !word.hasPrefix("_") { return false }
    return word == "them" || (word.contains("*") && Glob.matches(word, name))
  }

  private func checkThem(_ words: [String], _ selections: [ConfigEntry], _ mark: ConfigMark) {
    guard let position = words.firstIndex(of: "them"), position >= 2 else { return }
    if selections.count == 1 {
      log.warning(
        "them-alone", "'them' means one selection only", at: mark, hint: "write its name: \(selections[0].key)")
    } else if words[position - 2] == "all" {
      log.warning(
        "all-of-them", "'all of them' leaves no room for filters", at: mark,
        hint: "write 'all of selection*' and name the selections so")
    }
  }
}
