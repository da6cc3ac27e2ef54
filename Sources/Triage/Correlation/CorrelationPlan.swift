import RuleEngine

/// A correlation with what it takes to look up the values of its groups, worked out once.
struct CorrelationPlan {
  /// A rule about events that the correlation looks at, by itself or by way of other correlations.
  struct Leaf {
    /// The position of the referenced rule in ``Correlation/inputs``.
    var input: Int
    /// The ID of the rule about events.
    var ruleID: String
    /// Each correlation on the way, this one first, with the position of the input that leads on.
    var path: [(correlation: Correlation, input: Int)]
    /// The positions among the rule's remembered values of the fields that make the groups; nil for one not remembered.
    var groupFields: [Int?] = []
    /// The positions of the fields that the condition is about.
    var valueFields: [Int?] = []

    /// The field of the events that a name of this correlation stands for.
    func field(_ name: String) -> String {
      path.reduce(name) { name, step in step.correlation.field(name, of: step.input) }
    }
  }

  /// The correlation's rule.
  let rule: Rule
  let correlation: Correlation
  let leaves: [Leaf]
  /// The position in ``leaves`` of the first leaf of each input.
  let firstLeaves: [Int]

  private init(rule: Rule, correlation: Correlation, leaves: [Leaf], firstLeaves: [Int]) {
    self.rule = rule
    self.correlation = correlation
    self.leaves = leaves
    self.firstLeaves = firstLeaves
  }

  /// The plans of all correlations, each after those that it looks at.
  static func all(_ rules: RuleSet) -> [CorrelationPlan] {
    let catalog = CorrelationCatalog(rules: rules)
    let fields = Dictionary(
      rules.rules.indices.compactMap { index in catalog.fields(ofRule: index).map { (rules.rules[index].id, $0) } }
    ) { first, _ in first }
    var plans: [CorrelationPlan] = []
    var positions: [String: Int] = [:]
    func visit(_ rule: Rule) {
      guard let correlation = rule.correlation, positions[rule.id] == nil else { return }
      positions[rule.id] = -1
      for input in correlation.inputs { rules.rule(id: input.ruleID).map(visit) }
      let inputs = correlation.inputs.map { input in
        positions[input.ruleID].flatMap { plans.indices.contains($0) ? plans[$0] : nil }
      }
      positions[rule.id] = plans.count
      plans.append(make(rule, correlation, inputs, fields))
    }
    for rule in rules.rules { visit(rule) }
    return plans
  }

  private static func make(
    _ rule: Rule, _ correlation: Correlation, _ inputs: [CorrelationPlan?], _ fields: [String: [String]]
  ) -> CorrelationPlan {
    var leaves: [Leaf] = []
    var firstLeaves: [Int] = []
    for (index, input) in correlation.inputs.enumerated() {
      firstLeaves.append(leaves.count)
      let below = inputs[index]?.leaves ?? [Leaf(input: 0, ruleID: input.ruleID, path: [])]
      leaves += below.map { Leaf(input: index, ruleID: $0.ruleID, path: [(correlation, index)] + $0.path) }
    }
    for index in leaves.indices {
      let known = fields[leaves[index].ruleID] ?? []
      leaves[index].groupFields = correlation.groupBy.map { known.firstIndex(of: leaves[index].field($0)) }
      leaves[index].valueFields = correlation.condition.fields.map { known.firstIndex(of: leaves[index].field($0)) }
    }
    return CorrelationPlan(rule: rule, correlation: correlation, leaves: leaves, firstLeaves: firstLeaves)
  }
}
