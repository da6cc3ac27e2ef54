import EventLog

/// Reads what a Sigma rule says about itself. Mistakes here change no match, so they are warnings.
struct SigmaAttributeReader {
  let reader: NodeReader
  let log: IssueLog

  private static let longestTitle = 256
  private static let longestDescription = 65_535
  private static let relations: Set = ["derived", "obsolete", "merged", "renamed", "similar"]

  /// The metadata, read when it is asked for.
  func deferredMetadata() -> OnDemand<SigmaMetadata> {
    let nodes = reader.nodes(without: "detection")
    return OnDemand { Self.reading(nodes)?.metadata() ?? SigmaMetadata() }
  }

  /// The guidance, read when it is asked for.
  func deferredGuidance() -> OnDemand<Guidance> {
    let nodes = reader.nodes(without: "detection")
    return OnDemand { Self.reading(nodes)?.guidance() ?? Guidance() }
  }

  /// A reader of what was read before without a mistake.
  private static func reading(_ nodes: ConfigNode) -> SigmaAttributeReader? {
    let log = IssueLog(path: "", text: nil)
    return NodeReader(nodes, "a Sigma rule", log: log).map { SigmaAttributeReader(reader: $0, log: log) }
  }

  /// The metadata, without the log source.
  func metadata() -> SigmaMetadata {
    var metadata = SigmaMetadata()
    metadata.ruleID = ruleID()
    metadata.name = text("name")
    metadata.status = status()
    metadata.author = texts("author").joined(separator: ", ").nonEmpty
    metadata.license = text("license")
    metadata.date = date("date")
    metadata.modified = date("modified")
    metadata.falsePositives = texts("falsepositives")
    metadata.references = texts("references")
    metadata.fields = texts("fields")
    metadata.scope = texts("scope")
    metadata.related = related()
    let tags = checkedTags()
    metadata.techniques = SigmaTags.techniques(in: tags)
    metadata.tactics = SigmaTags.tactics(in: tags)
    checkLength("title", Self.longestTitle)
    checkLength("description", Self.longestDescription)
    return metadata
  }

  /// The level; a rule without one is medium.
  func severity() -> Severity? {
    guard let node = reader.node("level") else { return .medium }
    guard let text = reader.string(node, "level") else { return nil }
    // As pySigma does, in any letter case.
    if let severity = Severity(rawValue: text.lowercased()) { return severity }
    let names = Severity.allCases.map(\.rawValue)
    let near = NearMiss.suggestions(for: text, among: names, limit: 1).first
    log.error(
      "bad-level", "'\(text)' is no level", at: node.mark,
      hint: near.map { "did you mean '\($0)'?" } ?? "one of \(names.joined(separator: ", "))")
    return nil
  }

  /// Refuses rules that would not work as they are.
  func checkUse(_ metadata: SigmaMetadata) {
    checkTaxonomy()
    refuseUnsupported(metadata)
  }

  /// Names of another taxonomy would be compared with the wrong fields.
  private func checkTaxonomy() {
    guard let node = reader.node("taxonomy"), let text = reader.string(node, "taxonomy"), text != "sigma" else {
      return
    }
    log.error(
      "unknown-taxonomy", "the taxonomy '\(text)' is not known", at: node.mark,
      hint: "rename the rule's fields to those of the taxonomy 'sigma'")
  }

  private func refuseUnsupported(_ metadata: SigmaMetadata) {
    guard metadata.status == .unsupported, let node = reader.node("status") else { return }
    log.error(
      "unsupported-status", "the rule says that it cannot be used in its current state", at: node.mark,
      hint: "use the rule that replaces it")
  }

  /// The description as the meaning, and the references that are web addresses.
  func guidance() -> Guidance {
    var guidance = Guidance()
    guidance.meaning = text("description").map { LocalizedText($0) }
    guidance.references = texts("references").filter { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
    return guidance
  }

  private func ruleID() -> String? {
    guard let id = text("id") else { return nil }
    if !Self.isUUID(id), let node = reader.node("id") {
      log.warning("bad-id", "'\(id)' is no UUID", at: node.mark, hint: "make one with uuidgen")
    }
    return id
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.utf8.allSatisfy(\.isHexDigit) }
  }

  private func status() -> SigmaMetadata.Status? {
    guard let text = text("status") else { return nil }
    if let status = SigmaMetadata.Status(rawValue: text) { return status }
    let names = SigmaMetadata.Status.allCases.map(\.rawValue).joined(separator: ", ")
    warn("bad-status", "'\(text)' is no status", "status", hint: "one of \(names)")
    return nil
  }

  /// A date; older rules write `2021/05/04`.
  private func date(_ key: String) -> String? {
    guard let text = text(key) else { return nil }
    let digits = text.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "-") : $0 }
    let isDate =
      digits.count == 10
      && digits.enumerated().allSatisfy { index, byte in
        index == 4 || index == 7 ? byte == UInt8(ascii: "-") : byte.isDigit
      }
    let day = String(decoding: digits, as: UTF8.self)
    guard isDate, EventTime(day) != nil else {
      warn("bad-date", "'\(text)' is no date", key, hint: "write YYYY-MM-DD")
      return text
    }
    return day
  }

  private func related() -> [SigmaMetadata.RelatedRule] {
    guard let node = reader.node("related"), !node.isNull else { return [] }
    return reader.items(node).compactMap { item in
      guard case .scalar(let id, _, _)? = item.value(of: "id"),
        case .scalar(let type, _, let mark)? = item.value(of: "type")
      else {
        log.warning("bad-related", "a related rule needs 'id' and 'type'", at: item.mark)
        return nil
      }
      if !Self.relations.contains(type) {
        log.warning(
          "bad-related", "'\(type)' is no type of relation", at: mark,
          hint: "one of \(Self.relations.sorted().joined(separator: ", "))")
      }
      return SigmaMetadata.RelatedRule(id: id, type: type)
    }
  }

  private func checkedTags() -> [String] {
    guard let node = reader.node("tags"), !node.isNull else { return [] }
    var seen: Set<String> = []
    return reader.items(node).compactMap { item in
      guard case .scalar(let tag, _, let mark) = item else { return nil }
      if let mistake = SigmaTags.mistake(in: tag) {
        log.warning("bad-tag", "the tag '\(tag)' \(mistake)", at: mark, hint: "write it like attack.t1110")
      }
      if !seen.insert(tag).inserted { log.warning("duplicate-tag", "the tag '\(tag)' stands here twice", at: mark) }
      return tag
    }
  }

  private func checkLength(_ key: String, _ limit: Int) {
    guard let text = text(key), text.utf8.count > limit, text.count > limit else { return }
    warn("too-long", "'\(key)' has \(text.count) characters", key, hint: "the specification allows \(limit)")
  }

  private func warn(_ code: String, _ message: String, _ key: String, hint: String) {
    log.warning(code, message, at: reader.node(key)?.mark ?? reader.mark, hint: hint)
  }

  /// The text of an attribute without blanks at its ends; nil when it is absent or empty.
  func text(_ key: String) -> String? { texts(key).first }

  /// The texts of an attribute that has a list, or a single text; anything else is passed over with a warning.
  func texts(_ key: String) -> [String] {
    guard let node = reader.node(key), !node.isNull else { return [] }
    return reader.items(node).compactMap { item in
      guard case .scalar(let text, _, let mark) = item else {
        log.warning("wrong-type", "'\(key)' must be text, but this is \(item.kind)", at: item.mark)
        return nil
      }
      if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }) {
        log.warning("control-character", "'\(key)' has a control character", at: mark)
      }
      return String(text[...].trimmingBlanks()).nonEmpty
    }
  }
}

extension String {
  /// The text; nil when it is empty.
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension UInt8 {
  fileprivate var isDigit: Bool { 0x30...0x39 ~= self }
  fileprivate var isHexDigit: Bool { isDigit || 0x41...0x46 ~= self || 0x61...0x66 ~= self }
}
