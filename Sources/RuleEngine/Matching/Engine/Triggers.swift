/// Chooses for each condition the terms one of which holds whenever it does, so that the condition need not be looked at
/// for events that none of them is in.
struct Triggers {
  private struct Choice {
    var terms: [Int]
    var cost: Double
  }

  private let builder: KindMatcherBuilder
  /// How often each term is thought to hold.
  private let costs: [Double]

  init(_ builder: KindMatcherBuilder) {
    self.builder = builder
    var uses = Array(repeating: 0, count: builder.literals.count)
    for (literal, effect) in builder.effects {
      switch effect {
      case .holds(let term), .allows(_, let term): uses[Int(literal)] += builder.uses[Int(term)]
      }
    }
    let literalCosts = zip(builder.literals, uses).map { Self.cost($0.literal, uses: $1) }
    costs = builder.terms.indices.map { builder.literals(ofTerm: $0).reduce(0) { $0 + literalCosts[Int($1)] } }
  }

  /// What many conditions ask for is common in events, and so are short texts, and where values begin.
  private static func cost(_ literal: Literal, uses: Int) -> Double {
    let length = Double(min(literal.bytes.count, 24))
    let commonness = literal.position == .start ? 8.0 : 1.0
    return Double(uses) * commonness / length
  }

  /// The trigger terms of a condition; nil when it may hold without any of its terms.
  func terms(of node: KindMatcherBuilder.Node) -> [Int]? { choice(node, isWanted: true)?.terms }

  private func choice(_ node: KindMatcherBuilder.Node, isWanted: Bool) -> Choice? {
    switch node {
    case .term(let term):
      guard isWanted, builder.terms[term].waitsForLiterals else { return nil }
      return Choice(terms: [term], cost: costs[term])
    case .not(let inner): return choice(inner, isWanted: !isWanted)
    case .all(let nodes): return isWanted ? cheapest(nodes, isWanted) : together(nodes, isWanted)
    case .any(let nodes): return isWanted ? together(nodes, isWanted) : cheapest(nodes, isWanted)
    }
  }

  private func cheapest(_ nodes: [KindMatcherBuilder.Node], _ isWanted: Bool) -> Choice? {
    nodes.lazy.compactMap { choice($0, isWanted: isWanted) }.min { $0.cost < $1.cost }
  }

  private func together(_ nodes: [KindMatcherBuilder.Node], _ isWanted: Bool) -> Choice? {
    var all = Choice(terms: [], cost: 0)
    for node in nodes {
      guard let choice = choice(node, isWanted: isWanted) else { return nil }
      all.terms += choice.terms
      all.cost += choice.cost
    }
    return all
  }
}
