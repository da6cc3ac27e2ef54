import ArgumentParser
import EventLog
import Foundation
import Reporting
import RuleEngine
import ShippedRules
import Triage

/// `evtriage explain`: what the packs know, without a log.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what an event or an error means, and how to check and fix it.",
    discussion: """
        evtriage explain MSExchangeTransport 1035
        evtriage explain exchange-transport-1035
        evtriage explain 'Event Type: Error Event Source: MSExchangeTransport Event ID: 1035 Description: …'
        evtriage explain '454 4.7.0 Temporary authentication failure'
        evtriage explain 5.7.57
        evtriage explain - < ticket.txt

      Exit code 1 when no rule knows it.
      """)

  @Argument(
    help: ArgumentHelp(
      "A provider or a channel and an event ID, a rule's ID, the text of an event or of an error, the answer of a mail server or a "
        + "report of non-delivery, or - for standard input.",
      valueName: "what"))
  var words: [String] = []

  @OptionGroup var ruleOptions: RuleOptions

  @Option(name: .long, help: ArgumentHelp("The language of the texts, where rules have it.", valueName: "tag"))
  var language = "en"

  func validate() throws {
    if words.isEmpty { throw ValidationError("say what to explain, for example: evtriage explain NETLOGON 5719") }
  }

  func run() throws {
    let words = try query()
    let (explanation, rules) = try quickAnswer(words) ?? fullAnswer(words)
    guard !explanation.isEmpty else {
      throw RuntimeFailure(explanation.notes.joined(separator: " "), exitCode: .nothingFound)
    }
    try Terminal.print(ExplanationFormat(language: language, rules: rules).text(of: explanation))
  }

  /// The answer by the few shipped packs that mention what is asked for, which most questions need no more than.
  private func quickAnswer(_ words: [String]) -> (Explanation, RuleSet)? {
    guard ruleOptions.areShippedOnly else { return nil }
    let subject = Explainer.subject(of: words)
    guard (3...100).contains(subject.utf8.count) else { return nil }
    let rules = ruleSet(ShippedRules.load(mentioning: subject))
    return Explainer(rules: rules).explainExactly(words).map { ($0, rules) }
  }

  private func fullAnswer(_ words: [String]) throws -> (Explanation, RuleSet) {
    let loaded = try ruleOptions.load()
    let rules = ruleSet(loaded)
    return (Explainer(rules: rules, answers: loaded.answers).explain(words), rules)
  }

  private func ruleSet(_ loaded: LoadedRules) -> RuleSet {
    RuleSet(loaded, indexesEvidence: false)
  }

  private func query() throws -> [String] {
    guard words == ["-"] else { return words }
    let data = try FileHandle.standardInput.read(upToCount: 16 * 1024 * 1024) ?? Data()
    return [String(decoding: data, as: UTF8.self)]
  }
}
