public import RuleEngine

/// Writes what rules cost as a table for a terminal, the most expensive first.
public struct RuleProfileFormat {
  private static let mostRules = 25

  private let rules: RuleSet

  /// Makes the format for the rules that a profile is of.
  public init(rules: RuleSet) { self.rules = rules }

  /// The table, with a heading line; a sentence when no rule was looked at.
  public func text(of profile: RuleProfile) -> String {
    let costs = profile.mostExpensive(Self.mostRules, of: rules)
    if costs.isEmpty { return "No rule was looked at for any event.\n" }
    let lines = costs.map { rule, cost in
      let title = TerminalText.line("\(rule.id) (\(rule.title.english))")
      return Self.line("\(cost.tests)", "\(cost.evaluations)", "\(cost.matches)", title)
    }
    return Self.line("tests", "looked at", "matches", "rule") + lines.joined()
  }

  private static func line(_ tests: String, _ evaluations: String, _ matches: String, _ rule: String) -> String {
    [tests, evaluations, matches].map { String(repeating: " ", count: max(0, 11 - $0.count)) + $0 }.joined()
      + "  \(rule)\n"
  }
}
