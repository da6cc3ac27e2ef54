/// The steps of many conditions in one array.
struct MatchProgram: Sendable {
  private(set) var steps: [MatchStep] = []
  private let termCosts: [Int]

  /// - Parameter opaqueTests: What no literal decides of each term that the conditions ask for.
  init(opaqueTests: [[MatchTerm.OpaqueTest]]) {
    termCosts = opaqueTests.map { $0.isEmpty ? 0 : $0.reduce(1) { $0 + Self.cost($1) } }
  }

  private static func cost(_ test: MatchTerm.OpaqueTest) -> Int {
    if case .regex = test.test { return test.awaited == nil ? 100 : 10 }
    return 1
  }

  /// Adds a condition.
  ///
  /// - Returns: Its first step, or the decision when it has none.
  mutating func add(_ node: KindMatcherBuilder.Node) -> Int32 {
    add(node, onTrue: MatchStep.holds, onFalse: MatchStep.fails)
  }

  /// Adds steps from the last to the first, so that each knows where it leads.
  private mutating func add(_ node: KindMatcherBuilder.Node, onTrue: Int32, onFalse: Int32) -> Int32 {
    switch node {
    case .term(let term):
      steps.append(MatchStep(term: Int32(term), onTrue: onTrue, onFalse: onFalse))
      return Int32(steps.count - 1)
    case .not(let inner): return add(inner, onTrue: onFalse, onFalse: onTrue)
    case .all(let nodes):
      return cheapestFirst(nodes).reversed().reduce(onTrue) { add($1, onTrue: $0, onFalse: onFalse) }
    case .any(let nodes):
      return cheapestFirst(nodes).reversed().reduce(onFalse) { add($1, onTrue: onTrue, onFalse: $0) }
    }
  }

  /// What literals decide comes before what must be asked, and regular expressions come last.
  private func cheapestFirst(_ nodes: [KindMatcherBuilder.Node]) -> [KindMatcherBuilder.Node] {
    nodes.enumerated().map { (cost: cost($1), position: $0, node: $1) }
      .sorted { ($0.cost, $0.position) < ($1.cost, $1.position) }
      .map(\.node)
  }

  private func cost(_ node: KindMatcherBuilder.Node) -> Int {
    switch node {
    case .term(let term): termCosts[term]
    case .not(let inner): cost(inner)
    case .all(let nodes), .any(let nodes): nodes.reduce(0) { $0 + cost($1) }
    }
  }
}
