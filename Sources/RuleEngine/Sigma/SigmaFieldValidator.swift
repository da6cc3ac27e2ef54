/// Warns about one line of a selection: a field, its modifiers and values.
struct SigmaFieldValidator {
  let log: IssueLog

  func validate(_ entry: ConfigEntry) {
    let parts = entry.key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let modifiers = Set(parts.dropFirst())
    let values: [ConfigNode] = if case .sequence(let items, _) = entry.value { items } else { [entry.value] }
    checkModifiers(modifiers, values, isKeyword: parts[0].isEmpty, entry.keyMark)
    if values.count > 1, let null = values.first(where: \.isNull) {
      log.warning(
        "null-in-list", "null stands in a list of values", at: null.mark,
        hint: "write a selection of its own for the field that is not there")
    }
    if modifiers.contains("re") { return }
    for value in values { validate(text: value) }
    checkWildcards(modifiers, values, entry.keyMark)
  }

  private func checkModifiers(_ modifiers: Set<String>, _ values: [ConfigNode], isKeyword: Bool, _ mark: ConfigMark) {
    if modifiers.contains("all") {
      let looksInside = [
        "contains", "startswith", "endswith", "re", "neq", "cidr", "gt", "gte", "lt", "lte", "fieldref",
      ]
      if values.count == 1 {
        log.warning("all-of-one", "'all' does nothing for one value", at: mark, hint: "take it out")
      } else if !isKeyword, modifiers.isDisjoint(with: looksInside), !values.contains(where: \.hasWildcard) {
        log.warning(
          "all-without-contains", "a field seldom equals all of several values", at: mark, hint: "write 'contains|all'")
      }
    }
    if modifiers.contains("base64offset"), modifiers.isDisjoint(with: ["contains", "startswith", "endswith"]) {
      log.warning(
        "base64offset-alone", "what 'base64offset' makes is part of a longer text", at: mark,
        hint: "write 'base64offset|contains'")
    }
  }

  /// A text by itself.
  func validate(text node: ConfigNode) {
    guard case .scalar(let text, _, let mark) = node else { return }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) {
      log.warning(
        "control-character", "the value has a control character", at: mark,
        hint: "a backslash before a letter in double quotes is an escape; use single quotes")
    }
    let parts = SigmaText(parsing: text).parts
    if zip(parts, parts.dropFirst()).contains(where: { $0 == .any && $1 == .any }) {
      log.warning("double-wildcard", "'**' is the same as '*'", at: mark, hint: "write '*'")
    }
  }

  /// Wildcards at the ends of all values say what a modifier says better.
  private func checkWildcards(_ modifiers: Set<String>, _ values: [ConfigNode], _ mark: ConfigMark) {
    guard modifiers.isDisjoint(with: ["contains", "startswith", "endswith", "expand"]) else { return }
    let ends = Set(values.map(\.wildcardEnds))
    guard ends.count == 1, let modifier = ends.first.flatMap({ $0 }) else { return }
    log.warning(
      "wildcards", "'*' at the ends of every value means '\(modifier)'", at: mark,
      hint: "write the modifier '\(modifier)' and leave the '*' out")
  }
}

extension ConfigNode {
  fileprivate var hasWildcard: Bool {
    guard case .scalar(let text, _, _) = self else { return false }
    return SigmaText(parsing: text).literal == nil
  }

  /// The modifier that the wildcards at the ends of a text mean; nil when it has others, or none.
  fileprivate var wildcardEnds: String? {
    guard case .scalar(let text, _, _) = self else { return nil }
    let parts = SigmaText(parsing: text).parts
    return switch (parts.count, parts.first, parts.last) {
    case (3, .any?, .any?): parts[1].isLiteral ? "contains" : nil
    case (2, .any?, let last?): last.isLiteral ? "endswith" : nil
    case (2, let first?, .any?): first.isLiteral ? "startswith" : nil
    default: nil
    }
  }
}

extension SigmaText.Part {
  fileprivate var isLiteral: Bool { if case .literal = self { true } else { false } }
}
