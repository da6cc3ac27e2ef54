import ArgumentParser

/// `evtriage rules`: the rule author's loop.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, show, check, test and begin rules.",
    discussion: """
      The loop of a rule's author:

        evtriage rules new my-rules.yaml         a rule to start from
        evtriage rules check my-rules.yaml       every mistake at once, with line and caret
        evtriage rules test my-rules.yaml        the tests that the rules carry
        evtriage report Application.xml --rules my-rules.yaml
      """,
    subcommands: [RulesList.self, RulesShow.self, RulesCheck.self, RulesTest.self, RulesNew.self])
}
