import RuleEngine

/// Explains the answers of mail servers in a text.
struct MailExplainer {
  let rules: RuleSet
  let catalog: AnswerCatalog

  /// The answers in a text that the catalogue knows.
  func answers(in text: String, _ strictness: SMTPAnswerParser.Strictness) -> [AnswerExplanation] {
    let found = SMTPAnswerParser(strictness).answers(in: text)
    guard !found.isEmpty else { return [] }
    let catalog = catalog.opened()
    return found.map { withRules(AnswerExplanation($0, catalog: catalog)) }.filter { !$0.entries.isEmpty }
  }

  /// The answers in a text, with the rules that diagnose them and those whose symptoms quote them; nil for none.
  func explain(_ text: String, _ strictness: SMTPAnswerParser.Strictness) -> Explanation? {
    let answers = answers(in: text, strictness)
    return answers.isEmpty ? nil : explanation(answers, text)
  }

  /// The entries whose wording is in a short text without codes; nil for none.
  func explain(wording text: String) -> Explanation? {
    guard text.utf8.count <= 500 else { return nil }
    let entries = catalog.entries(quotedBy: text)
    guard !entries.isEmpty else { return nil }
    var answer = AnswerExplanation(SMTPAnswer(replies: [SMTPReply(text: text)]), catalog: .empty)
    answer.entries = entries
    return explanation([withRules(answer)], text)
  }

  private func withRules(_ answer: AnswerExplanation) -> AnswerExplanation {
    var answer = answer
    for id in answer.entries.flatMap(\.events).map(\.ruleID) { answer.eventRules[id] = rules.rule(id: id) }
    return answer
  }

  private func explanation(_ answers: [AnswerExplanation], _ text: String) -> Explanation {
    let diagnosing = answers.flatMap(\.entries).flatMap(\.diagnosis)
    var seen: Set<String> = []
    // No symptom is a code alone, and reading all of them takes time.
    let quoting = text.contains(where: \.isLetter) ? rules.rules(withSymptomIn: text, allowsParts: false) : []
    let found = diagnosing.compactMap(rules.rule) + quoting
    var explanation = Explanation(rules: found.filter { seen.insert($0.id).inserted }, notes: notes(text))
    explanation.answers = answers
    explanation.diagnosing = Set(diagnosing)
    return explanation
  }

  /// A number of three digits may be meant as an event ID.
  private func notes(_ text: String) -> [String] {
    guard let eventID = Int(text) else { return [] }
    let providers = rules.providers.filter { !rules.rules(provider: $0, eventID: eventID).isEmpty }
    guard let provider = providers.first else { return [] }
    return [
      "This is about \(eventID) as an answer of a mail server. For the event: evtriage explain \(provider) \(eventID)"
    ]
  }
}
