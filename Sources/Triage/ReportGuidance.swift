public import RuleEngine

/// What a rule says beyond matching, in one language.
public struct ReportGuidance: Sendable, Hashable, Encodable {
  /// What the event means and who is affected.
  public var meaning: String?
  /// What users see.
  public var symptoms: [String]
  /// The possible causes, in the order to look at them.
  public var causes: [ReportCause]
  /// Pages that say so.
  public var references: [String]

  /// Takes a rule's texts in a language.
  public init(_ guidance: Guidance, language: String) {
    meaning = guidance.meaning?.text(in: language)
    symptoms = guidance.symptoms.map { $0.text(in: language) }
    causes = guidance.causes.map { ReportCause($0, language: language) }
    references = guidance.references
  }
}

/// A possible cause.
public struct ReportCause: Sendable, Hashable, Encodable {
  /// Its name within the rule.
  public var id: String
  /// The cause in one line.
  public var title: String
  /// Why it leads to the event.
  public var why: String?
  /// Steps that confirm or exclude it.
  public var checks: [ReportCheck]
  /// How to remedy it, in Markdown of the rule's author.
  public var fix: String?
  /// Pages that say so.
  public var references: [String]
  /// What the logs say about it; nil where no logs were read.
  public var verdict: ReportVerdict?

  init(_ cause: Cause, language: String) {
    id = cause.id
    title = cause.title.text(in: language)
    why = cause.why?.text(in: language)
    checks = cause.checks.map { ReportCheck($0, language: language) }
    fix = cause.fix?.text(in: language)
    references = cause.references
  }
}

/// One step of a check; either a command or something to look at.
public struct ReportCheck: Sendable, Hashable, Encodable {
  /// The command to copy.
  public var command: String?
  /// What to look at.
  public var instruction: String?
  /// Where.
  public var place: String?
  /// What to expect.
  public var expect: String?

  init(_ step: CheckStep, language: String) {
    place = step.place?.text(in: language)
    expect = step.expect?.text(in: language)
    switch step.action {
    case .run(let command): self.command = command
    case .look(let instruction): self.instruction = instruction.text(in: language)
    }
  }
}
