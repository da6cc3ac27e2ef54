/// Reads the causes of a rule.
struct CauseReader {
  private let log: IssueLog

  init(log: IssueLog) { self.log = log }

  func causes(_ nodes: [ConfigNode]) -> [Cause] {
    var seen: Set<String> = []
    return nodes.compactMap { node in
      guard let cause = cause(node) else { return nil }
      if !seen.insert(cause.id).inserted {
        log.error("duplicate-cause", "the rule has the cause '\(cause.id)' twice", at: node.mark)
      }
      return cause
    }
  }

  private func cause(_ node: ConfigNode) -> Cause? {
    guard let reader = NodeReader(node, "a cause", log: log) else { return nil }
    let id = reader.required("id").flatMap { reader.string($0, "id") }
    let title = reader.required("title").flatMap { reader.localized($0, "title") }
    var cause = Cause(id: id ?? "", title: title ?? LocalizedText(""))
    cause.why = reader.localized("why")
    cause.fix = reader.localized("fix")
    cause.references = reader.references()
    cause.checks = reader.node("check").map { steps(reader.items($0)) } ?? []
    let evidence = EvidenceReader(log: log)
    cause.evidence = reader.node("evidence").map { reader.items($0).compactMap(evidence.evidence) } ?? []
    cause.needs = reader.node("needs").map { reader.items($0).compactMap(evidence.need) } ?? []
    reader.finish()
    return id == nil || title == nil ? nil : cause
  }

  /// The steps of a check.
  func steps(_ nodes: [ConfigNode]) -> [CheckStep] { nodes.compactMap(step) }

  private func step(_ node: ConfigNode) -> CheckStep? {
    guard let reader = NodeReader(node, "a check", log: log) else { return nil }
    let command = reader.string("run")
    let instruction = reader.localized("look")
    let place = reader.localized("on")
    let expect = reader.localized("expect")
    reader.finish()
    switch (command, instruction) {
    case (let command?, nil): return CheckStep(action: .run(command), place: place, expect: expect)
    case (nil, let instruction?): return CheckStep(action: .look(instruction), place: place, expect: expect)
    default:
      log.error("bad-check", "a check needs either 'run' or 'look'", at: node.mark, hint: "run: a command to copy")
      return nil
    }
  }
}
