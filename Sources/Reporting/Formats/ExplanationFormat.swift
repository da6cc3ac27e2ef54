import EventLog
public import RuleEngine
public import Triage

/// Writes an explanation as plain Markdown for a terminal or a ticket: no anchors, no links within the document.
public struct ExplanationFormat: Sendable {
  private let language: String
  private let rules: RuleSet

  /// How many rules are told whole; further ones are listed.
  private static let fullRules = 5
  /// How many mail answers are told whole; further ones are listed.
  private static let fullAnswers = 5

  /// Makes the format.
  ///
  /// - Parameters:
  ///   - language: The language of the texts, where rules have it.
  ///   - rules: The rules, which know what to do about findings of rules that do not say so themselves.
  public init(language: String = "en", rules: RuleSet = .empty) {
    self.language = language
    self.rules = rules
  }

  /// How many other rules are listed.
  private static let listedRules = 40

  /// The explanation as one string.
  public func text(of explanation: Explanation) -> String {
    var page = MarkdownPage()
    for note in explanation.notes { page.paragraph(MarkdownText.escape(note)) }
    var number = 1
    for answer in explanation.answers.prefix(Self.fullAnswers) {
      AnswerFormat(language: language, firstNumber: number).write(answer, to: &page)
      number += answer.entries.count
    }
    let further = explanation.answers.dropFirst(Self.fullAnswers)
    if !further.isEmpty {
      page.paragraph("Other answers in the text:")
      page.list(further.map(line))
    }
    // Rules that only quote a mail answer need not be told whole.
    let isMail = !explanation.answers.isEmpty && explanation.event == nil
    let diagnosing = explanation.rules.prefix { explanation.diagnosing.contains($0.id) }.count
    let told = min(isMail ? diagnosing : explanation.rules.count, Self.fullRules)
    var remediations: Set<String> = []
    for (index, rule) in explanation.rules.prefix(told).enumerated() {
      write(rule, number + index, explanation.event, &page)
      writeRemediations(of: rule, &remediations, &page)
    }
    let rest = explanation.rules.dropFirst(told)
    if !rest.isEmpty {
      page.paragraph(isMail ? "Other rules on events that lead to it:" : "Other rules that fit:")
      let more = rest.count - Self.listedRules
      page.list(
        rest.prefix(Self.listedRules)
          .map { "\(MarkdownText.code($0.id)): \(AuthoredMarkdown.line($0.title.text(in: language)))" }
          + (more > 0 ? ["… and \(Wording.count(more, "more rule")); `evtriage rules list` shows them"] : []))
    }
    return page.text
  }

  private func line(_ answer: AnswerExplanation) -> String {
    let title = answer.entries.first.map { ": " + AuthoredMarkdown.line($0.title.text(in: language)) } ?? ""
    return MarkdownText.code(answer.answer.deciding.codes) + title
  }

  private func write(_ rule: Rule, _ number: Int, _ event: Event?, _ page: inout MarkdownPage) {
    let title = AuthoredMarkdown.line(rule.title.text(in: language))
    page.heading(1, "\(title) — \(rule.severity.rawValue)")
    if let sentence = event.flatMap({ rule.sentence(for: $0, language: language) }) {
      page.paragraph("> \(MarkdownText.escape(sentence))")
    }
    let report = ReportGuidance(rule.guidance, language: language)
    let sigma = rule.sigma.map {
      MarkdownSigma(ReportSigmaRule($0, tables: rules.tables), ruleID: rule.id, meaning: report.meaning)
    }
    page.paragraph(sigma.map { $0.origin + "." } ?? "Rule \(MarkdownText.code(rule.id)).")
    if let correlation = rule.correlation { write(correlation, &page) }
    if rule.servesCorrelationsOnly {
      page.paragraph("Correlations name this rule, so it is no finding by itself.")
    }
    if rule.isUnverified {
      page.paragraph("The facts of this rule come from general knowledge and were not verified against a source.")
    }
    let guidance = MarkdownGuidance(report, number: number, hasAnchors: false)
    if let sigma { sigma.write(to: &page) } else { guidance.writeMeaning(to: &page) }
    if rules.remediations.remediations(for: rule).isEmpty || !report.causes.isEmpty {
      guidance.writeCauses(to: &page)
    } else {
      MarkdownGuidance.links("References", report.references, &page)
    }
  }

  /// What to do about a rule that does not say so itself, once for all rules that it is for.
  private func writeRemediations(of rule: Rule, _ told: inout Set<String>, _ page: inout MarkdownPage) {
    for remediation in rules.remediations.remediations(for: rule) {
      let isNew = told.insert(remediation.id).inserted
      let remediation = ReportRemediation(remediation, language: language)
      let title = AuthoredMarkdown.line(remediation.title)
      guard isNew else {
        page.paragraph("**What to do:** as above, under “\(title)”.")
        continue
      }
      page.heading(2, "What to do: \(title)")
      MarkdownRemediations.steps(remediation, &page)
    }
  }

  private func write(_ correlation: Correlation, _ page: inout MarkdownPage) {
    let groups = correlation.groupBy.map { MarkdownText.code($0) }
    let rules = correlation.inputs.map { MarkdownText.code($0.ruleID) }
    page.paragraph(
      "Fires on \(MarkdownText.escape(correlation.summary))"
        + (groups.isEmpty ? "" : " for the same \(Wording.list(groups, limit: 12))") + ", of these rules"
        + (correlation.generatesRules ? ", which are findings by themselves too:" : ":"))
    page.list(rules)
  }
}
