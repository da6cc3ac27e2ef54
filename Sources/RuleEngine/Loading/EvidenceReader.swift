/// Reads `evidence:` and `needs:` of a cause.
struct EvidenceReader {
  private let log: IssueLog

  init(log: IssueLog) { self.log = log }

  func evidence(_ node: ConfigNode) -> EvidenceDefinition? {
    guard let reader = NodeReader(node, "evidence", log: log) else { return nil }
    let direction = self.direction(reader)
    let selector = direction.flatMap { self.selector($0.node) }
    let window = window(reader)
    let scope = reader.node("on").flatMap(self.scope) ?? .same
    let atLeast = count(reader)
    let until = reader.node("until").flatMap(self.selector)
    let conditions = reader.node("where").map(self.conditions) ?? []
    reader.finish()
    guard let direction, let selector else { return nil }
    return EvidenceDefinition(
      direction: direction.direction, selector: selector, secondsBefore: window.before, secondsAfter: window.after,
      scope: scope, atLeast: atLeast, until: until, conditions: conditions)
  }

  /// A needed log: a channel's name, or a map of `channel` and `on`.
  func need(_ node: ConfigNode) -> NeededChannel? {
    if case .scalar(let name, _, _) = node { return NeededChannel(channel: name) }
    guard let reader = NodeReader(node, "a needed log", log: log) else { return nil }
    let channel = reader.required("channel").flatMap { reader.string($0, "channel") }
    let scope = reader.node("on").flatMap(self.scope) ?? .same
    reader.finish()
    return channel.map { NeededChannel(channel: $0, scope: scope) }
  }

  private func direction(_ reader: NodeReader) -> (direction: EvidenceDefinition.Direction, node: ConfigNode)? {
    switch (reader.node("supports"), reader.node("contradicts")) {
    case (let node?, nil): return (.supports, node)
    case (nil, let node?): return (.contradicts, node)
    default:
      log.error("bad-evidence", "evidence needs either 'supports' or 'contradicts'", at: reader.mark)
      return nil
    }
  }

  private func selector(_ node: ConfigNode) -> EvidenceDefinition.Selector? {
    guard let reader = NodeReader(node, "supports, contradicts or until", log: log) else { return nil }
    let rule = reader.string("rule")
    let tag = reader.string("tag")
    let match = reader.node("match")
    reader.finish()
    switch (rule, tag, match) {
    case (let rule?, nil, nil): return .rule(rule)
    case (nil, let tag?, nil): return .tag(tag)
    case (nil, nil, let match?): return MatchReader(log: log).selection(match).map(EvidenceDefinition.Selector.match)
    default:
      log.error("bad-evidence", "name one of 'rule', 'tag' and 'match'", at: node.mark)
      return nil
    }
  }

  private func window(_ reader: NodeReader) -> (before: Int, after: Int) {
    let day = 86_400
    guard let node = reader.node("within") else { return (day, day) }
    guard case .mapping = node else {
      let seconds = duration(node) ?? day
      return (seconds, seconds)
    }
    guard let window = NodeReader(node, "within", log: log) else { return (day, day) }
    let before = window.node("before").flatMap(duration) ?? 0
    let after = window.node("after").flatMap(duration) ?? 0
    window.finish()
    return (before, after)
  }

  /// `90s`, `15m`, `24h`, `7d`, in seconds.
  private func duration(_ node: ConfigNode) -> Int? {
    let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    if case .scalar(let text, _, _) = node, let unit = text.last, let factor = factors[unit],
      let count = Int(text.dropLast()), (0...100_000).contains(count)
    {
      return count * factor
    }
    log.error("bad-duration", "this is no duration", at: node.mark, hint: "write 90s, 15m, 24h or 7d")
    return nil
  }

  private func scope(_ node: ConfigNode) -> EvidenceScope? {
    if case .scalar(let text, _, _) = node {
      switch text {
      case "same": return .same
      case "any": return .any
      case "domain-controller": return .domainController
      default: break
      }
    }
    if case .mapping(let entries, _) = node, entries.count == 1 {
      switch (entries[0].key, entries[0].value) {
      case ("computer", .scalar(let parameter, _, _)): return .named(parameter: parameter)
      case ("each", .sequence(let places, _)) where places.count > 1: return .each(places.compactMap(scope))
      default: break
      }
    }
    log.error(
      "bad-scope", "'on' does not say which computer", at: node.mark,
      hint: "same, any, domain-controller, {computer: PARAMETER} or {each: [same, domain-controller]}")
    return nil
  }

  private func count(_ reader: NodeReader) -> Int {
    guard let node = reader.node("at_least") else { return 1 }
    if case .scalar(let text, _, _) = node, let count = Int(text), count > 0 { return count }
    log.error("wrong-type", "'at_least' must be a whole number above 0", at: node.mark)
    return 1
  }

  private func conditions(_ node: ConfigNode) -> [EvidenceCondition] {
    guard case .mapping(let entries, _) = node else {
      log.error("wrong-type", "'where' must be a map, but this is \(node.kind)", at: node.mark)
      return []
    }
    return entries.compactMap { entry -> EvidenceCondition? in
      let parts = entry.key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard let field = parts.first, case .scalar(let text, _, let mark) = entry.value else {
        log.error("wrong-type", "a condition of 'where' must be FIELD: text", at: entry.keyMark)
        return nil
      }
      let isGood = MatchReader(log: log).test(entry) != nil
      guard let template = Self.template(text, at: mark, log), isGood else { return nil }
      return EvidenceCondition(field: field, modifiers: Array(parts.dropFirst()), template: template)
    }
  }

  private static func template(_ text: String, at mark: ConfigMark, _ log: IssueLog) -> MessageTemplate? {
    do {
      return try MessageTemplate(parsing: text)
    } catch {
      log.error("bad-message", error.message, at: mark, hint: error.hint)
      return nil
    }
  }
}
