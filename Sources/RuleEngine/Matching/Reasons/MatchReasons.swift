public import EventLog

extension Condition {
  /// Why an event fits: the tests that decided it, in the order of the rule; nil when it does not fit.
  ///
  /// Of alternatives the first one that fits is told, and nothing of what a rule excludes. It is slow and clear, for the
  /// few events that a report keeps.
  func reasons(for event: Event) -> [MatchReason]? {
    root.reasons(for: event, names: SelectionNames(selections)).map { Array($0.prefix(MatchReason.limit)) }
  }
}

/// What the selections of a rule are called.
private struct SelectionNames {
  private let selections: [(name: String, tests: [FieldTest])]

  init(_ selections: [String: Selection]) {
    self.selections = selections.sorted { $0.key < $1.key }.map { ($0.key, $0.value.fieldTests) }
  }

  /// Whether the rule gives no names.
  var isEmpty: Bool { selections.isEmpty }

  /// The name of a selection. Fields and values may be written as in its log source by now, so those that only differ
  /// in them count as well where no other is the same.
  func name(of selection: Selection) -> String? {
    let tests = selection.fieldTests
    let alike = selections.filter { $0.tests.map(\.modifiers) == tests.map(\.modifiers) }
    return
      (alike.first { $0.tests.map(\.values) == tests.map(\.values) && $0.tests.map(\.field) == tests.map(\.field) }
      ?? alike.first { $0.tests.map(\.values) == tests.map(\.values) }
      ?? alike.first { $0.tests.map(\.values.count) == tests.map(\.values.count) })?.name
  }
}

extension Condition.Node {
  fileprivate func reasons(for event: Event, names: SelectionNames) -> [MatchReason]? {
    switch self {
    case .selection(let selection):
      guard selection.matches(event) else { return nil }
      let name = names.name(of: selection)
      // The events of a log source are no reason by themselves.
      return name == nil && !names.isEmpty ? [] : selection.reasons(for: event, named: name)
    case .not(let node):
      return node.matches(event) ? nil : []
    case .all(let nodes):
      var reasons: [MatchReason] = []
      for node in nodes {
        guard let found = node.reasons(for: event, names: names) else { return nil }
        reasons += found
      }
      return reasons
    case .any(let nodes):
      return nodes.lazy.compactMap { $0.reasons(for: event, names: names) }.first
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
      guard tests[index].fits(value) else { return false }
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
    let expected = index.flatMap { tests.count == values.count ? values[$0].described : nil }
    return MatchReason(selection: selection, field: name, modifiers: modifiers, expected: expected, part: part)
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
