/// Reads the map below `correlation:` of a rule, with every mistake.
struct CorrelationReader {
  private let log: IssueLog

  init(log: IssueLog) { self.log = log }

  /// The correlation; nil after reporting what is wrong with it.
  ///
  /// - Parameters:
  ///   - node: The value of the key `correlation`.
  ///   - generate: The value of the rule's own key `generate`, which may stand at either place.
  /// - Returns: The correlation, whose rules are not looked up yet.
  func correlation(_ node: ConfigNode, generate: ConfigNode? = nil) -> Correlation? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "a correlation", log: log) else { return nil }
    let type = type(reader)
    let inputs = inputs(reader)
    let groupBy = groupBy(reader)
    let aliases = aliases(reader, inputs)
    let timespan = reader.required("timespan", hint: "timespan: 10m").flatMap(timespan)
    let condition = condition(reader, type, inputs)
    let generates = [reader.node("generate"), generate].map { flag($0) }.contains(true)
    reader.finish()
    guard errors == log.errorCount, let type, let timespan, let condition else { return nil }
    warn(aliases, groupBy, condition, inputs)
    return Correlation(
      type: type, inputs: inputs, groupBy: groupBy, aliases: aliases.mapValues(\.fields), timespan: timespan.ticks,
      timespanText: timespan.text, condition: condition, generatesRules: generates)
  }

  // MARK: Type and rules

  private func type(_ reader: NodeReader) -> CorrelationType? {
    let names = CorrelationType.allCases.map(\.rawValue)
    guard let node = reader.required("type", hint: "one of \(names.joined(separator: ", "))"),
      let text = reader.string(node, "type")
    else { return nil }
    if let type = CorrelationType(rawValue: text) { return type }
    log.error("bad-correlation-type", "'\(text)' is no correlation type", at: node.mark, hint: Self.hint(text, names))
    return nil
  }

  /// What to write for types that pySigma or drafts of the specification have.
  private static func hint(_ type: String, _ names: [String]) -> String {
    switch type {
    case "value_median": return "write value_percentile with 'percentile: 50'; value_median is not in Sigma 2.1"
    case "temporal_extended", "temporal_ordered_extended":
      return "Sigma 2.1 has temporal and temporal_ordered; join more by chaining correlations"
    default:
      let near = NearMiss.suggestions(for: type, among: names).first
      return near.map { "did you mean '\($0)'?" } ?? "one of \(names.joined(separator: ", "))"
    }
  }

  private func inputs(_ reader: NodeReader) -> [Correlation.Input] {
    guard let node = reader.required("rules", hint: "the IDs or names of the rules to correlate") else { return [] }
    var seen: Set<String> = []
    let inputs = reader.items(node).compactMap { item -> Correlation.Input? in
      guard let reference = reader.string(item, "rules") else { return nil }
      if !seen.insert(reference).inserted {
        log.error("duplicate-rule", "'rules' names '\(reference)' twice", at: item.mark)
      }
      return Correlation.Input(reference: reference, ruleID: "", mark: item.mark)
    }
    let limit = 64
    if inputs.isEmpty {
      log.error("missing-rules", "'rules' names no rule", at: node.mark)
    } else if inputs.count > limit {
      log.error("too-many-rules", "'rules' names more than \(limit) rules", at: node.mark, hint: "chain correlations")
    }
    return inputs
  }

  // MARK: Groups

  private func groupBy(_ reader: NodeReader) -> [String] {
    guard let node = reader.node("group-by"), !node.isNull else {
      log.warning(
        "no-group-by", "without 'group-by', the events of all computers and users are one group", at: reader.mark,
        hint: "group-by: [Computer]")
      return []
    }
    var seen: Set<String> = []
    return reader.items(node).compactMap { reader.string($0, "group-by") }.filter { seen.insert($0).inserted }
  }

  /// An alias with its place and the field for each rule.
  private struct Alias {
    var mark: ConfigMark
    var fields: [String: String]
  }

  private func aliases(_ reader: NodeReader, _ inputs: [Correlation.Input]) -> [String: Alias] {
    guard let node = reader.node("aliases"), !node.isNull else { return [:] }
    guard case .mapping(let entries, _) = node else {
      log.error("wrong-type", "'aliases' must be a map, but this is \(node.kind)", at: node.mark, hint: Self.aliasHint)
      return [:]
    }
    var aliases: [String: Alias] = [:]
    for entry in entries {
      aliases[entry.key] = Alias(mark: entry.keyMark, fields: fields(entry, reader, inputs))
    }
    return aliases
  }

  private static let aliasHint = "aliases: {ALIAS: {RULE: FIELD}}"

  private func fields(
    _ alias: ConfigEntry, _ reader: NodeReader, _ inputs: [Correlation.Input]
  ) -> [String: String] {
    guard case .mapping(let entries, _) = alias.value else {
      log.error(
        "wrong-type", "the alias '\(alias.key)' must be a map of rules and fields, but this is \(alias.value.kind)",
        at: alias.value.mark, hint: Self.aliasHint)
      return [:]
    }
    var fields: [String: String] = [:]
    let references = inputs.map(\.reference)
    for entry in entries {
      if !references.contains(entry.key) {
        log.error(
          "unknown-rule", "the alias '\(alias.key)' names '\(entry.key)', which 'rules' does not", at: entry.keyMark,
          hint: NearMiss.suggestions(for: entry.key, among: references).first.map { "did you mean '\($0)'?" }
            ?? "name the rule as in 'rules'")
      }
      fields[entry.key] = reader.string(entry.value, alias.key)
    }
    return fields
  }

  private func warn(
    _ aliases: [String: Alias], _ groupBy: [String], _ condition: CorrelationCondition, _ inputs: [Correlation.Input]
  ) {
    for (name, alias) in aliases.sorted(by: { $0.key < $1.key }) {
      if !groupBy.contains(name), !condition.fields.contains(name) {
        log.warning("unused-alias", "'group-by' does not use the alias '\(name)'", at: alias.mark)
      }
      for input in inputs where alias.fields[input.reference] == nil {
        log.warning(
          "incomplete-alias",
          "the alias '\(name)' has no field for '\(input.reference)', so the field '\(name)' is looked at there",
          at: alias.mark)
      }
    }
  }

  // MARK: Time and generation

  private func timespan(_ node: ConfigNode) -> (ticks: Int64, text: String)? {
    let seconds: [Character: Int64] = [
      "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 2_629_746, "y": 31_556_952,
    ]
    let century: Int64 = 100 * 31_556_952
    guard case .scalar(let text, _, _) = node, let unit = text.last, let factor = seconds[unit],
      let count = Int64(text.dropLast()), text.dropLast().allSatisfy(\.isASCII), text.first != "+",
      (1...century).contains(count), count <= century / factor
    else {
      log.error("bad-timespan", "this is no timespan", at: node.mark, hint: "write 90s, 15m, 24h or 7d")
      return nil
    }
    if "wMy".contains(unit) {
      log.warning(
        "bad-timespan", "the unit '\(unit)' is not in Sigma's specification", at: node.mark,
        hint: "write \(count * factor / 86_400)d")
    }
    return (count * factor * 10_000_000, text)
  }

  private func flag(_ node: ConfigNode?) -> Bool {
    switch node {
    case nil: return false
    case .scalar("true", isPlain: true, _): return true
    case .scalar("false", isPlain: true, _): return false
    case .some(let node):
      log.error("wrong-type", "'generate' must be true or false", at: node.mark)
      return false
    }
  }

  private func condition(
    _ reader: NodeReader, _ type: CorrelationType?, _ inputs: [Correlation.Input]
  ) -> CorrelationCondition? {
    guard let node = reader.node("condition"), !node.isNull else {
      if let type, type.isTemporal {
        return CorrelationCondition(bounds: [.init(order: .gte, value: FixedPoint(inputs.count))])
      }
      log.error("missing-key", "a correlation needs the key 'condition'", at: reader.mark, hint: "condition: {gte: 10}")
      return nil
    }
    guard let type else { return nil }
    return CorrelationConditionReader(log: log, type: type, ruleCount: inputs.count).condition(node)
  }
}
