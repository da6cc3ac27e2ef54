public import EventLog

/// What a rule asks of an event: its selections, joined by `and`, `or`, `not` and `of`.
public struct Condition: Sendable, Hashable {
  /// The compiled form; names are resolved and `1 of`, `all of` spelt out.
  enum Node: Sendable, Hashable {
    case selection(Selection, SelectionRole)
    indirect case not(Node)
    case all([Node])
    case any([Node])
  }

  /// What a selection is to its rule.
  enum SelectionRole: Sendable, Hashable {
    /// One that the rule names.
    case named(String)
    /// All that the rule asks for.
    case match
    /// Which events the rule's log source means.
    case logSource
    /// A part of a filter that was added to the rule.
    case filter
  }

  let root: Node

  /// The condition of rules that are about no single event.
  public static let never = Condition(root: .any([]))

  /// The condition that one selection holds.
  public static func single(_ selection: Selection) -> Condition { Condition(root: .selection(selection, .match)) }

  /// Reads Sigma's condition; several texts are alternatives.
  ///
  /// - Parameters:
  ///   - texts: The condition, or the list of conditions.
  ///   - selections: The rule's selections by name.
  /// - Returns: The condition.
  /// - Throws: The first mistake, with its place in the text it is in.
  public static func parse(
    _ texts: [String], selections: [String: Selection]
  ) throws(MatchError) -> Condition {
    guard !texts.isEmpty else { throw .emptyCondition(at: 0) }
    var nodes: [Node] = []
    for text in texts {
      var parser = try ConditionParser(text, selections: selections)
      nodes.append(try parser.parse())
    }
    return Condition(root: nodes.count == 1 ? nodes[0] : .any(nodes))
  }

  /// Whether an event fits.
  public func matches(_ event: Event) -> Bool { root.matches(event) }

  /// The condition with its fields looked up among the names that a rule gives to insertion strings.
  func bound(to parameters: [String]) -> Condition {
    Condition(root: root.mapSelections { ($0.bound(to: parameters), $1) })
  }

  /// Every field test in it.
  var fieldTests: [FieldTest] {
    var tests: [FieldTest] = []
    forEachTest { tests.append($0) }
    return tests
  }

  /// Calls `body` with every field test in it.
  func forEachTest(_ body: (FieldTest) -> Void) { root.forEachTest(body) }
}

extension Condition.Node {
  func matches(_ event: Event) -> Bool {
    switch self {
    case .selection(let selection, _): selection.matches(event)
    case .not(let node): !node.matches(event)
    case .all(let nodes): nodes.allSatisfy { $0.matches(event) }
    case .any(let nodes): nodes.contains { $0.matches(event) }
    }
  }

  /// The node with every selection, and what it is to the rule, transformed.
  func mapSelections(
    _ transform: (Selection, Condition.SelectionRole) -> (Selection, Condition.SelectionRole)
  ) -> Condition.Node {
    switch self {
    case .selection(let selection, let role):
      let (selection, role) = transform(selection, role)
      return .selection(selection, role)
    case .not(let node): return .not(node.mapSelections(transform))
    case .all(let nodes): return .all(nodes.map { $0.mapSelections(transform) })
    case .any(let nodes): return .any(nodes.map { $0.mapSelections(transform) })
    }
  }

  func forEachTest(_ body: (FieldTest) -> Void) {
    switch self {
    case .selection(let selection, _): selection.forEachTest(body)
    case .not(let node): node.forEachTest(body)
    case .all(let nodes), .any(let nodes): nodes.forEach { $0.forEachTest(body) }
    }
  }
}
