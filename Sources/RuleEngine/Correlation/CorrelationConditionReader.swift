/// Reads the `condition:` of a correlation.
struct CorrelationConditionReader {
  let log: IssueLog
  let type: CorrelationType
  let ruleCount: Int

  func condition(_ node: ConfigNode) -> CorrelationCondition? {
    if case .scalar(_, _, let mark) = node {
      log.error(
        "bad-condition", "a condition in words, such as 'a and b', is not in Sigma 2.1", at: mark,
        hint: "write a map such as {gte: \(max(2, ruleCount))}, and chain correlations for more")
      return nil
    }
    guard let reader = NodeReader(node, "the condition of a correlation", log: log) else { return nil }
    let errors = log.errorCount
    let bounds = CorrelationCondition.Order.allCases.compactMap { bound(reader, $0) }
    let fields = fields(reader)
    let percentile = percentile(reader)
    reader.finish()
    if percentile != nil, fields.count > 1 {
      log.error("too-many-fields", "a percentile is of the numbers of one field", at: node.mark)
    }
    guard errors == log.errorCount else { return nil }
    guard !bounds.isEmpty else {
      log.error("bad-condition", "the condition compares with nothing", at: node.mark, hint: "condition: {gte: 10}")
      return nil
    }
    let condition = CorrelationCondition(bounds: bounds, fields: fields, percentile: percentile)
    warn(condition, node)
    return condition
  }

  private func bound(_ reader: NodeReader, _ order: CorrelationCondition.Order) -> CorrelationCondition.Bound? {
    guard let node = reader.node(order.rawValue), let text = reader.string(node, order.rawValue) else { return nil }
    guard let value = FixedPoint(text) else {
      log.error("wrong-type", "'\(order.rawValue)' must be a number", at: node.mark, hint: "\(order.rawValue): 10")
      return nil
    }
    return CorrelationCondition.Bound(order: order, value: value)
  }

  private func fields(_ reader: NodeReader) -> [String] {
    guard let node = reader.node("field") else {
      if type.needsField {
        log.error(
          "missing-key", "\(type.rawValue) needs the key 'field' in its condition", at: reader.mark,
          hint: "condition: {field: TargetUserName, gte: 10}")
      }
      return []
    }
    guard type.needsField else {
      let hint = type == .eventCount ? "value_count counts the distinct values of a field" : "leave 'field' out"
      log.error("field-without-use", "\(type.rawValue) does not look at a field", at: node.mark, hint: hint)
      return []
    }
    let fields = reader.items(node).compactMap { reader.string($0, "field") }
    if fields.count > 1, type != .valueCount, type != .valuePercentile {
      log.error("too-many-fields", "\(type.rawValue) looks at one field", at: node.mark, hint: "chain correlations")
    }
    return fields
  }

  private func percentile(_ reader: NodeReader) -> Int? {
    guard let node = reader.node("percentile") else { return nil }
    guard type == .valuePercentile else {
      log.error("percentile-without-use", "\(type.rawValue) has no percentile", at: node.mark)
      return nil
    }
    guard case .scalar(let text, _, _) = node, let number = Int(text), (0...100).contains(number) else {
      log.error("wrong-type", "'percentile' must be a whole number from 0 to 100", at: node.mark)
      return nil
    }
    return number
  }

  /// Conditions that can never hold, as no group exists without an event.
  private func warn(_ condition: CorrelationCondition, _ node: ConfigNode) {
    guard !type.needsField || type == .valueCount else { return }
    let most = type.isTemporal ? ruleCount : 1_000_000_000
    let isPossible = condition.bounds.allSatisfy { bound in
      switch bound.order {
      case .gt: bound.value < FixedPoint(most)
      case .gte, .eq: bound.value <= FixedPoint(most) && bound.value >= FixedPoint(bound.order == .eq ? 1 : 0)
      case .lt: bound.value > FixedPoint(1)
      case .lte: bound.value >= FixedPoint(1)
      case .neq: true
      }
    }
    guard !isPossible else { return }
    log.warning(
      "impossible-condition", "this condition can never hold", at: node.mark,
      hint: type.isTemporal
        ? "'rules' names \(ruleCount), and where none matches there is nothing to look at"
        : "where there is no event, there is no group to look at")
  }
}
