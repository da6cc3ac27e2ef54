/// The parts of a rule that its guidance is read from.
struct GuidanceNodes: Sendable {
  private let entries: [ConfigEntry]

  /// Takes the parts; they count as known keys of the rule.
  init(_ reader: NodeReader) {
    entries = ["meaning", "symptoms", "references", "causes"].compactMap(reader.entry)
  }

  /// Reads the guidance.
  func guidance(log: IssueLog) -> Guidance {
    var guidance = Guidance()
    let node = ConfigNode.mapping(entries, ConfigMark(line: 1, column: 1))
    guard let reader = NodeReader(node, "a rule", log: log) else { return guidance }
    guidance.meaning = reader.localized("meaning")
    guidance.symptoms = reader.localizedList("symptoms")
    guidance.references = reader.references()
    guidance.causes = reader.node("causes").map { CauseReader(log: log).causes(reader.items($0)) } ?? []
    return guidance
  }
}
