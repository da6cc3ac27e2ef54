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

  /// Conditions that can never hold.
  private func warn(_ condition: CorrelationCondition, _ node: ConfigNode) {
    let hint: String
    if !condition.isPossible {
      hint = "no number is \(condition.numbers)"
    } else if !type.needsField || type == .valueCount,
      !condition.isPossible(forCountsTo: type.isTemporal ? ruleCount : 1_000_000_000)
    {
      hint =
        type.isTemporal
        ? "'rules' names \(ruleCount), and where none matches there is nothing to look at"
        : "a count is a whole number, and where there is no event, there is no group to look at"
    } else {
      return
    }
    log.warning("impossible-condition", "this condition can never hold", at: node.mark, hint: hint)
  }
}

extension CorrelationCondition {
  /// Whether some number fits every bound: a bound itself, one beside it, or one in the middle of two.
  fileprivate var isPossible: Bool {
    let values = bounds.map(\.value)
    let beside = values.flatMap { value in [-1, 1].map { value + FixedPoint($0) } }
    return (values + beside).contains { holds(sum: $0) }
      || values.contains { one in values.contains { holds(sum: one + $0, count: 2) } }
  }

  /// Whether a whole number from 1 to the largest that is counted fits every bound; no group exists without an event.
  fileprivate func isPossible(forCountsTo most: Int) -> Bool {
    let near = bounds.flatMap { bound in
      let value = min(max(bound.value.roundedDown, 0), most)
      return value - 2...value + 2
    }
    return ([1, most] + near).contains { (1...most).contains($0) && holds(count: $0) }
  }
}

extension FixedPoint {
  fileprivate static func + (left: FixedPoint, right: FixedPoint) -> FixedPoint {
    var sum = left
    sum += right
    return sum
  }
}
