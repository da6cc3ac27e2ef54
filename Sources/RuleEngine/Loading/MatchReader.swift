/// Reads `match:`, and `detection:` with its `condition:`.
struct MatchReader {
  private let log: IssueLog

  /// What the placeholders of `expand` stand for.
  private let placeholders: Placeholders

  init(log: IssueLog, placeholders: Placeholders = Placeholders()) {
    self.log = log
    self.placeholders = placeholders
  }

  /// The selection of a map (all lines hold), or of a list of maps and texts (any holds).
  func selection(_ node: ConfigNode) -> Selection? {
    switch node {
    case .mapping(let entries, let mark):
      guard !entries.isEmpty else {
        log.error("empty-match", "a selection without a field would match every event", at: mark)
        return nil
      }
      let tests = entries.map(test)
      let compiled = tests.compactMap { $0 }
      return compiled.count == tests.count ? joined(compiled) : nil
    case .sequence(let items, let mark):
      guard !items.isEmpty else {
        log.error("empty-match", "an empty list matches nothing", at: mark)
        return nil
      }
      return alternatives(items)
    case .scalar:
      guard !node.isNull else {
        log.error("empty-match", "a selection needs a field", at: node.mark)
        return nil
      }
      return keywords([node], modifiers: [], keyMark: node.mark).map(Selection.keywords)
    }
  }

  /// Keywords stand in maps too, under a key that has modifiers only: `'|all':`.
  private func joined(_ tests: [FieldTest]) -> Selection {
    if tests.count == 1, let test = tests.first, test.field.isEmpty { return .keywords(test) }
    return .all(tests)
  }

  private func alternatives(_ items: [ConfigNode]) -> Selection? {
    let texts = items.filter { if case .scalar = $0 { true } else { false } }
    let others = items.filter { if case .scalar = $0 { false } else { true } }
    var selections = others.map(selection)
    if let first = texts.first {
      selections.append(keywords(texts, modifiers: [], keyMark: first.mark).map(Selection.keywords))
    }
    let compiled = selections.compactMap { $0 }
    guard compiled.count == selections.count else { return nil }
    return compiled.count == 1 ? compiled.first : .any(compiled)
  }

  private func keywords(_ values: [ConfigNode], modifiers: [String], keyMark: ConfigMark) -> FieldTest? {
    compile(field: "", modifiers, values, keyMark: keyMark, key: "")
  }

  /// One line of a map: `Field|modifier: value`.
  func test(_ entry: ConfigEntry) -> FieldTest? {
    let parts = entry.key.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    let values: [ConfigNode]
    switch entry.value {
    case .sequence(let items, let mark):
      guard !items.isEmpty else {
        log.error("empty-match", "'\(entry.key)' has an empty list, which matches nothing", at: mark)
        return nil
      }
      values = items
    case .scalar: values = [entry.value]
    case .mapping(_, let mark):
      log.error(
        "wrong-type", "the value of '\(parts[0])' must be text, a number or a list, but this is a map", at: mark)
      return nil
    }
    return compile(field: parts[0], Array(parts.dropFirst()), values, keyMark: entry.keyMark, key: entry.key)
  }

  private func compile(
    field: String, _ modifiers: [String], _ nodes: [ConfigNode], keyMark: ConfigMark, key: String
  ) -> FieldTest? {
    var values: [MatchValue] = []
    values.reserveCapacity(nodes.count)
    for node in nodes {
      guard let value = MatchValue(node) else {
        log.error("wrong-type", "a value of '\(key)' must be text or a number, but this is \(node.kind)", at: node.mark)
        return nil
      }
      values.append(value)
    }
    do {
      return try FieldTest.compile(
        field: field, modifiers: modifiers, values: values, placeholders: placeholders)
    } catch {
      let place = mark(of: error.culprit, keyMark, field, modifiers, nodes)
      log.error(error.code, error.message, at: place, hint: error.hint)
      return nil
    }
  }

  private func mark(
    of culprit: MatchError.Culprit, _ keyMark: ConfigMark, _ field: String, _ modifiers: [String], _ nodes: [ConfigNode]
  ) -> ConfigMark {
    switch culprit {
    case .field, .condition:
      return keyMark
    case .modifier(let index):
      let before = modifiers.prefix(index).reduce(field.count) { $0 + 1 + $1.count }
      return ConfigMark(line: keyMark.line, column: keyMark.column + before + 1)
    case .value(let index):
      return nodes.indices.contains(index) ? nodes[index].mark : keyMark
    }
  }

  /// The condition of a map of selections and `condition`.
  ///
  /// - Parameters:
  ///   - node: The map.
  ///   - key: Its key, for messages.
  /// - Returns: The condition; nil after reporting what is wrong with it.
  func condition(_ node: ConfigNode, of key: String = "detection") -> Condition? {
    guard case .mapping(let entries, let mark) = node else {
      log.error("wrong-type", "'\(key)' must be a map, but this is \(node.kind)", at: node.mark)
      return nil
    }
    var selections: [String: Selection] = [:]
    var isComplete = true
    for entry in entries where entry.key != "condition" {
      guard entry.key != "timeframe" else {
        log.error(
          "timeframe", "'timeframe' belongs to the old aggregations, which are not run", at: entry.keyMark,
          hint: "use a Sigma correlation rule")
        isComplete = false
        continue
      }
      if let selection = selection(entry.value) { selections[entry.key] = selection } else { isComplete = false }
    }
    guard let condition = entries.first(where: { $0.key == "condition" }) else {
      log.error("missing-key", "'\(key)' needs the key 'condition'", at: mark, hint: "condition: selection")
      return nil
    }
    return isComplete ? parse(condition, selections) : nil
  }

  private func parse(_ entry: ConfigEntry, _ selections: [String: Selection]) -> Condition? {
    let nodes: [ConfigNode] = if case .sequence(let items, _) = entry.value { items } else { [entry.value] }
    var conditions: [Condition.Node] = []
    for node in nodes {
      guard case .scalar(let text, _, let mark) = node else {
        log.error("wrong-type", "a condition must be text, but this is \(node.kind)", at: node.mark)
        return nil
      }
      do {
        conditions.append(try Condition.parse([text], selections: selections).root)
      } catch {
        let place = if case .condition(let offset) = error.culprit { mark.moved(by: offset) } else { mark }
        log.error(error.code, error.message, at: place, hint: error.hint)
        return nil
      }
    }
    guard let first = conditions.first else {
      let mistake = MatchError.emptyCondition(at: 0)
      log.error(mistake.code, mistake.message, at: entry.value.mark, hint: mistake.hint)
      return nil
    }
    return Condition(root: conditions.count == 1 ? first : .any(conditions))
  }
}

extension MatchValue {
  /// The value of a scalar; plain ones are numbers, booleans and null where they look like it.
  init?(_ node: ConfigNode) {
    guard case .scalar(let text, let isPlain, _) = node else { return nil }
    guard isPlain else {
      self = .string(text)
      return
    }
    if node.isNull {
      self = .null
    } else if text == "true" || text == "True" {
      self = .boolean(true)
    } else if text == "false" || text == "False" {
      self = .boolean(false)
    } else if let number = Int64(text), text.first != "+", String(number) == text {
      self = .integer(number)
    } else if text.utf8.contains(UInt8(ascii: ".")), text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }),
      let number = Double(text)
    {
      self = .number(number)
    } else {
      self = .string(text)
    }
  }
}
