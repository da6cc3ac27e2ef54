/// The parts of a rule that its guidance is read from.
struct GuidanceNodes: Sendable {
  private let entries: [ConfigEntry]

  /// Takes the parts; they count as known keys of the rule.
  init(_ reader: NodeReader) {
    entries = ["meaning", "symptoms", "references", "causes"].compactMap(reader.entry)
  }

  /// Reads what is evidence for or against the causes, and leaves their texts alone.
  func evidence() -> [EvidenceDefinition] {
    guard let causes = entries.first(where: { $0.key == "causes" })?.value else { return [] }
    let log = IssueLog(path: "", text: nil)
    return causes.items.flatMap { cause in
      cause.value(of: "evidence")?.items.compactMap(EvidenceReader(log: log).evidence) ?? []
    }
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
