import ArgumentParser
import Reporting
import RuleEngine
import Triage

/// `evtriage rules show`.
struct RulesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a rule says.",
    discussion: "  evtriage rules show exchange-transport-1035")

  @Argument(help: "The rule's ID.")
  var id: String

  @OptionGroup var ruleOptions: RuleOptions

  func run() throws {
    let loaded = try ruleOptions.load()
    let rules = RuleSet(loaded, indexesEvidence: false)
    guard let rule = rules.rule(id: id) else {
      let near = NearMiss.suggestions(for: id, among: rules.rules.map(\.id), limit: 3)
      let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
      throw RuntimeFailure("there is no rule '\(id)'.\(hint)", exitCode: .nothingFound)
    }
    let source = "Defined at \(rule.source.path):\(rule.source.line)."
    try Terminal.print(ExplanationFormat(rules: rules).text(of: Explanation(rules: [rule], notes: [source])))
  }
}
