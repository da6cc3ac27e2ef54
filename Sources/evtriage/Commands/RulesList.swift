import ArgumentParser
import Reporting
import RuleEngine

/// `evtriage rules list`.
struct RulesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List rules, one a line: ID, severity, title.",
    discussion: """
        evtriage rules list
        evtriage rules list transport --rules my-rules/
      """)

  @Argument(help: ArgumentHelp("Only rules whose ID, title or tag contains this.", valueName: "text"))
  var text: String?

  @OptionGroup var ruleOptions: RuleOptions

  func run() throws {
    let loaded = try ruleOptions.load()
    let rules = RuleSet(loaded, indexesEvidence: false).rules.filter(matches)
    if rules.isEmpty, let text {
      throw RuntimeFailure("no rule has '\(text)' in its ID, title or tags.", exitCode: .nothingFound)
    }
    let width = rules.map(\.id.count).max() ?? 0
    let lines = rules.map { rule in
      let severity = rule.isSignal ? "signal" : rule.severity.rawValue
      let columns = [rule.id.padding(to: width), severity.padding(to: 13), rule.title.english]
      return TerminalText.line(columns.joined(separator: "  ")) + "\n"
    }
    try Terminal.print(lines.joined())
  }

  private func matches(_ rule: Rule) -> Bool {
    guard let text = text?.lowercased() else { return true }
    return ([rule.id, rule.title.english] + rule.tags).contains { $0.lowercased().contains(text) }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
