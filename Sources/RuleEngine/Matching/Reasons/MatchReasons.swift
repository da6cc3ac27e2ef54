public import EventLog

extension Condition {
  /// Why an event fits: the tests that decided it, in the order of the rule; nil when it does not fit.
  ///
  /// Of alternatives the first one that fits is told, and nothing of what a rule excludes. It is slow and clear, for the
  /// few events that a report keeps.
  func reasons(for event: Event) -> [MatchReason]? {
    root.reasons(for: event).map { Array($0.prefix(MatchReason.limit)) }
  }
}

extension Condition.Node {
  fileprivate func reasons(for event: Event) -> [MatchReason]? {
    switch self {
    case .selection(let selection, let role):
      guard selection.matches(event) else { return nil }
      return switch role {
      case .named(let name): selection.reasons(for: event, named: name)
      case .match: selection.reasons(for: event, named: nil)
      // What others ask of the rule's events is no reason of its own.
      case .logSource, .filter: []
      }
    case .not(let node):
      return node.matches(event) ? nil : []
    case .all(let nodes):
      var reasons: [MatchReason] = []
      for node in nodes {
        guard let found = node.reasons(for: event) else { return nil }
        reasons += found
      }
      return reasons
    case .any(let nodes):
      return nodes.lazy.compactMap { $0.reasons(for: event) }.first
    }
  }
}

extension Selection {
  fileprivate func reasons(for event: Event, named name: String?) -> [MatchReason] {
    switch self {
    case .all(let tests): tests.flatMap { $0.reasons(for: event, selection: name) }
    case .any(let selections):
      selections.first { $0.matches(event) }.map { $0.reasons(for: event, named: name) } ?? []
    case .keywords(let test): test.reasons(for: event, selection: name)
    }
  }
}

extension FieldTest {
  fileprivate func reasons(for event: Event, selection: String?) -> [MatchReason] {
    guard !isNegated else { return [reason(event.firstValue(of: reference)?.text, nil, event, selection)] }
    let found = tests.indices.lazy.compactMap { index in
      self.valueFitting(index, event).map { reason($0.text, index, event, selection) }
    }
    return requiresAll ? Array(found) : found.first.map { [$0] } ?? []
  }

  /// The value that a test found; the text is nil where the test asks for a field that is not there.
  private func valueFitting(_ index: Int, _ event: Event) -> (text: String?, Void)? {
    var text: String?
    let fit = event.fit(of: reference) { value in
      guard fits(tests[index], value, event) else { return false }
      text = value.text
      return true
    }
    switch fit {
    case .fit: return (text, ())
    case .unfit: return nil
    case .absent: return tests[index].fitsAbsence ? (nil, ()) : nil
    }
  }

  private func reason(_ value: String?, _ index: Int?, _ event: Event, _ selection: String?) -> MatchReason {
    let part = value.map { value in
      index.map { MatchedPart(of: value, fitting: tests[$0]) } ?? MatchedPart(whole: value)
    }
    let name = field.isEmpty ? value.flatMap(event.nameOfField) ?? "" : field
    let expected = index.flatMap(valueWritten) ?? values.map(\.described).joined(separator: ", ")
    return MatchReason(selection: selection, field: name, modifiers: modifiers, expected: expected, part: part)
  }
}

extension FieldTest {
  /// What a test was written as; nil where values stand for various numbers of tests.
  private func valueWritten(for test: Int) -> String? {
    guard tests.count.isMultiple(of: values.count) else { return nil }
    let value = test / (tests.count / values.count)
    return values.indices.contains(value) ? values[value].described : nil
  }
}

extension Event {
  /// The name of the first field that has a value.
  fileprivate func nameOfField(_ value: String) -> String? {
    data.first { $0.value == value }?.name ?? userData.first { $0.value == value }?.name
  }
}

extension Rule {
  /// Why the rule matches an event; empty when it does not.
  public func reasons(for event: Event) -> [MatchReason] {
    condition.reasons(for: withRecoveredValues(event)) ?? []
  }
}
