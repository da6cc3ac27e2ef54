/// Reads the `remediations` of a pack.
struct RemediationReader {
  let packID: String
  let log: IssueLog
  /// Whether the file was checked before, so that reading the steps can wait until they are asked for.
  let isTrusted: Bool

  func remediations(_ node: ConfigNode) -> [Remediation] {
    guard case .sequence(let items, _) = node else {
      if !node.isNull {
        log.error("wrong-type", "'remediations' must be a list, but this is \(node.kind)", at: node.mark)
      }
      return []
    }
    return items.compactMap(remediation)
  }

  private func remediation(_ node: ConfigNode) -> Remediation? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a remediation", log: log) else { return nil }
    let id = RuleID.read(reader, of: "remediation")
    let title = reader.required("title").flatMap { reader.localized($0, "title") }
    let targets = reader.required("for", hint: "for: {tag: attack.t1110}").map(targets) ?? []
    let hasCauses = reader.node("causes") != nil
    let steps = steps(reader)
    reader.finish()
    if errors == log.errorCount, !isTrusted { checkNotEmpty(steps.value, reader) }
    guard errors == log.errorCount, let id, let title, !targets.isEmpty else { return nil }
    return Remediation(
      id: id, packID: packID, targets: targets, title: title,
      source: RuleSource(path: log.path, line: node.mark.line, column: node.mark.column), hasCauses: hasCauses,
      deferredSteps: steps)
  }

  private func targets(_ node: ConfigNode) -> [Remediation.Target] {
    guard let reader = NodeReader(node, "'for'", log: log) else { return [] }
    var targets = reader.strings("rule").map(Remediation.Target.rule)
    targets += reader.strings("tag").map(Remediation.Target.tag)
    if let sources = reader.node("logsource") {
      targets += reader.items(sources).compactMap(SigmaLogSourceReader(log: log).logSource)
        .map(Remediation.Target.logSource)
    }
    if reader.flag("any") { targets.append(.anyRule) }
    let errors = log.errorCount
    reader.finish()
    if targets.isEmpty, errors == log.errorCount {
      log.error(
        "missing-key", "'for' names no rule", at: node.mark,
        hint: "name rules by 'rule', 'tag' or 'logsource', or write any: true")
    }
    return targets
  }

  private func steps(_ reader: NodeReader) -> OnDemand<RemediationSteps> {
    let nodes = RemediationNodes(reader)
    if isTrusted { return OnDemand { nodes.steps(log: IssueLog(path: "", text: nil)) } }
    return OnDemand(nodes.steps(log: log))
  }

  private func checkNotEmpty(_ steps: RemediationSteps, _ reader: NodeReader) {
    let isEmpty = steps.checks.isEmpty && steps.causes.isEmpty && steps.contain == nil
    guard isEmpty, steps.eradicate == nil, steps.recover == nil else { return }
    log.error(
      "empty-remediation", "the remediation says nothing that can be done", at: reader.mark,
      hint: "add contain, check, eradicate or recover")
  }
}

/// The parts of a remediation that its steps are read from.
private struct RemediationNodes: Sendable {
  private static let keys = [
    "meaning", "harmless", "contain", "check", "eradicate", "recover", "causes", "references",
  ]
  private let entries: [ConfigEntry]

  /// Takes the parts; they count as known keys of the remediation.
  init(_ reader: NodeReader) { entries = Self.keys.compactMap(reader.entry) }

  func steps(log: IssueLog) -> RemediationSteps {
    var steps = RemediationSteps()
    let node = ConfigNode.mapping(entries, ConfigMark(line: 1, column: 1))
    guard let reader = NodeReader(node, "a remediation", log: log) else { return steps }
    let causes = CauseReader(log: log)
    steps.meaning = reader.localized("meaning")
    steps.harmless = reader.localized("harmless")
    steps.contain = reader.localized("contain")
    steps.checks = reader.node("check").map { causes.steps(reader.items($0)) } ?? []
    steps.eradicate = reader.localized("eradicate")
    steps.recover = reader.localized("recover")
    steps.causes = reader.node("causes").map { causes.causes(reader.items($0)) } ?? []
    steps.references = reader.references()
    return steps
  }
}
