/// Reads the keys of a map one by one; what is left over at the end is an unknown key.
final class NodeReader {
  let log: IssueLog
  let mark: ConfigMark
  private let entries: [ConfigEntry]
  private let what: String
  private var known: [String] = []

  /// - Parameters:
  ///   - node: The node, which should be a map.
  ///   - what: What it describes, for messages: `a rule`.
  ///   - log: Takes the mistakes; nothing comes of a node that is no map.
  init?(_ node: ConfigNode, _ what: String, log: IssueLog) {
    guard case .mapping(let entries, let mark) = node else {
      log.error("wrong-type", "\(what) must be a map, but this is \(node.kind)", at: node.mark)
      return nil
    }
    self.entries = entries
    self.mark = mark
    self.what = what
    self.log = log
    known.reserveCapacity(32)
  }

  /// The map without a key, for who keeps it and would keep a large value alive.
  func nodes(without key: String) -> ConfigNode { .mapping(entries.filter { $0.key != key }, mark) }

  /// The value of a key, which counts as known from now on.
  func node(_ key: String) -> ConfigNode? { entry(key)?.value }

  /// A key with its value.
  func entry(_ key: String) -> ConfigEntry? {
    known.append(key)
    return entries.first { $0.key == key }
  }

  /// The value of a key that must be there.
  func required(_ key: String, hint: String? = nil) -> ConfigNode? {
    if let node = node(key) { return node }
    log.error("missing-key", "\(what) needs the key '\(key)'", at: mark, hint: hint)
    return nil
  }

  /// The text of a key.
  func string(_ key: String) -> String? { node(key).flatMap { string($0, key) } }

  /// The text of a node that a key has.
  func string(_ node: ConfigNode, _ key: String) -> String? {
    guard case .scalar(let text, _, _) = node, !node.isNull else {
      let kind = node.isNull ? "nothing" : node.kind
      log.error("wrong-type", "'\(key)' must be text, but this is \(kind)", at: node.mark)
      return nil
    }
    return text
  }

  /// The texts of a key that has a list, or a single text.
  func strings(_ key: String) -> [String] {
    guard let node = node(key) else { return [] }
    return items(node).compactMap { string($0, key) }
  }

  /// The text of a key in one or more languages.
  func localized(_ key: String) -> LocalizedText? { node(key).flatMap { localized($0, key) } }

  /// The text of a node in one or more languages: a text, or a map of language tags with `en` among them.
  func localized(_ node: ConfigNode, _ key: String) -> LocalizedText? {
    guard case .mapping(let entries, let mark) = node else {
      return string(node, key).map { LocalizedText(trimmed($0)) }
    }
    var texts: [String: String] = [:]
    for entry in entries {
      guard Self.isLanguageTag(entry.key) else {
        log.error(
          "unknown-language", "'\(entry.key)' is no language tag", at: entry.keyMark,
          hint: "write a tag such as en, de or zh-Hans")
        continue
      }
      texts[entry.key] = string(entry.value, key).map(trimmed)
    }
    guard let english = texts.removeValue(forKey: "en") else {
      log.error("missing-key", "'\(key)' needs the language 'en'", at: mark)
      return nil
    }
    return LocalizedText(english, translations: texts)
  }

  /// The texts of a key that has a list, or a single text, each in one or more languages.
  func localizedList(_ key: String) -> [LocalizedText] {
    guard let node = node(key) else { return [] }
    if case .sequence(let items, _) = node { return items.compactMap { localized($0, key) } }
    return localized(node, key).map { [$0] } ?? []
  }

  /// Whether a key is `true`.
  func flag(_ key: String) -> Bool {
    guard let node = node(key) else { return false }
    if case .scalar("true", isPlain: true, _) = node { return true }
    if case .scalar("false", isPlain: true, _) = node { return false }
    log.error("wrong-type", "'\(key)' must be true or false", at: node.mark)
    return false
  }

  /// The items of a list; a single value counts as a list of one.
  func items(_ node: ConfigNode) -> [ConfigNode] { node.items }

  /// Reports the keys that nothing asked for.
  func finish() {
    for entry in entries where !known.contains(entry.key) {
      let near = NearMiss.suggestions(for: entry.key, among: known, limit: 1).first
      let keys = known.sorted().joined(separator: ", ")
      let hint = near.map { "did you mean '\($0)'?" } ?? "\(what) has the keys \(keys)"
      log.error("unknown-key", "\(what) has no key '\(entry.key)'", at: entry.keyMark, hint: hint)
    }
  }

  private func trimmed(_ text: String) -> String {
    var slice = text[...]
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return String(slice)
  }

  private static func isLanguageTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count) else { return false }
    return parts.allSatisfy { part in
      (1...8).contains(part.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }
}
