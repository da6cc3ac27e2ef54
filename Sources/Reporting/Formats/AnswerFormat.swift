import RuleEngine
import Triage

/// Writes what a mail answer means: who said what, what becomes of the message, the events to look for, the causes.
struct AnswerFormat {
  let language: String
  /// The number of the first section of causes.
  let firstNumber: Int

  /// Of how many entries that a code alone does not tell apart the causes are told.
  private static let fullEntries = 4

  func write(_ answer: AnswerExplanation, to page: inout MarkdownPage) {
    let codes = answer.answer.deciding.codes
    let subject = codes.isEmpty ? "Mail answer" : "Mail answer \(codes)"
    let title = answer.entries.count == 1 ? answer.entries.first?.title.text(in: language) : nil
    page.heading(1, title.map { "\(subject): \(AuthoredMarkdown.line($0))" } ?? subject)
    if !codes.isEmpty { hops(answer, &page) }
    outcome(answer, &page)
    if answer.isGeneric {
      page.paragraph("The code itself is not in the catalogue; this is what its numbers mean by RFC 3463 and RFC 5321.")
    }
    if answer.entries.count > 1 {
      page.paragraph("Servers use this code for several things; the words after it tell which:")
      page.list(answer.entries.map { AuthoredMarkdown.line($0.title.text(in: language)) })
    }
    for (index, entry) in answer.entries.prefix(Self.fullEntries).enumerated() {
      if answer.entries.count > 1 { page.heading(2, AuthoredMarkdown.line(entry.title.text(in: language))) }
      write(entry, answer, firstNumber + index, &page)
    }
  }

  // MARK: Who said what

  private func hops(_ answer: AnswerExplanation, _ page: inout MarkdownPage) {
    let parties = answer.answer.parties
    // A code alone says nothing about who said it.
    if answer.hops.allSatisfy({ $0.speaker == .someone && $0.reply.text.isEmpty }), parties == SMTPParties() { return }
    let lines = answer.hops.map { hop in
      let words = hop.reply.text.isEmpty ? "" : ": \(MarkdownText.escape(hop.reply.text))"
      let quotes = answer.hops.count > 1 && hop.decides ? " **This is what is wrong.**" : ""
      return "\(who(hop, parties)) `\(hop.reply.codes)`\(words)\(quotes)"
    }
    page.paragraph(answer.hops.count > 1 ? "Who said what, from the outside in:" : "Who said what:")
    page.numberedList(lines)
    if let recipient = parties.recipient { page.paragraph("Recipient: \(MarkdownText.code(recipient))") }
  }

  private func who(_ hop: AnswerHop, _ parties: SMTPParties) -> String {
    let speaker = name(hop.speaker, parties)
    guard let listener = hop.listener else {
      switch hop.speaker {
      case .someone: return "\(speaker) answered"
      case .reporter: return "\(speaker) reported"
      default: return "\(speaker) noted"
      }
    }
    return "\(speaker) answered \(name(listener, parties).lowercasedFirst)"
  }

  private func name(_ role: AnswerHop.Role, _ parties: SMTPParties) -> String {
    switch role {
    case .sender: named("The sending server", [parties.sender])
    case .frontEnd: "The Front End Transport service"
    case .receiver: named("The receiving server", [parties.receiver, parties.receiverAddress])
    case .exchange: named("The Exchange server that had the message", [parties.sender])
    case .reporter: named("The reporting server", [parties.sender])
    case .someone: named("A mail server", [parties.receiver, parties.receiverAddress])
    }
  }

  private func named(_ role: String, _ names: [String?]) -> String {
    let names = names.compactMap { $0 }.map { MarkdownText.code($0) }
    return names.isEmpty ? role : "\(role) (\(names.joined(separator: ", ")))"
  }

  // MARK: What becomes of the message

  private func outcome(_ answer: AnswerExplanation, _ page: inout MarkdownPage) {
    switch answer.outcome {
    case .isRetried:
      page.paragraph(
        "The failure may pass: the sending server keeps the message and tries again, by default for two days, and tells "
          + "the sender after four hours.")
    case .isReturned:
      page.paragraph("The failure lasts: the sending server gives up and returns the message to the sender.")
    case .wasReturned: page.paragraph("The message was returned to the sender; it must be sent again after the repair.")
    case .isAccepted: page.paragraph("This is no failure: the server did what was asked.")
    case nil: break
    }
    for reply in answer.contradictions {
      guard let basic = reply.basic, let enhanced = reply.enhanced else { continue }
      page.paragraph(
        "The codes contradict each other: `\(basic)` says that the failure \(Self.lasting(basic / 100)), `\(enhanced)` that it "
          + "\(Self.lasting(enhanced.statusClass)). The sending server acts by the first; the second says what is wrong."
      )
    }
  }

  private static func lasting(_ replyClass: Int) -> String {
    switch replyClass {
    case 2: "is none"
    case 4: "may pass"
    default: "lasts"
    }
  }

  // MARK: What it means

  private func write(
    _ entry: AnswerDefinition, _ answer: AnswerExplanation, _ number: Int, _ page: inout MarkdownPage
  ) {
    if let meaning = entry.meaning { page.paragraph(AuthoredMarkdown.blocks(meaning.text(in: language))) }
    if entry.isUnverified {
      page.paragraph("These facts come from general knowledge and were not verified against a source.")
    }
    if !entry.events.isEmpty {
      page.paragraph("Events to look for:")
      page.list(entry.events.map { event($0, answer.eventRules[$0.ruleID]) })
    }
    guard !entry.causes.isEmpty else {
      if entry.references.isEmpty { return }
      return page.paragraph("References: " + entry.references.map(MarkdownText.link).joined(separator: ", "))
    }
    var guidance = Guidance()
    guidance.causes = entry.causes
    guidance.references = entry.references
    MarkdownGuidance(ReportGuidance(guidance, language: language), number: number, hasAnchors: false)
      .writeCauses(to: &page)
  }

  private func event(_ event: AnswerEvent, _ rule: Rule?) -> String {
    let place = "On \(AuthoredMarkdown.line(event.place.text(in: language)))"
    let id = "rule \(MarkdownText.code(event.ruleID))"
    guard let rule else { return "\(place): \(id)" }
    let events = rule.eventNames.map { MarkdownText.code($0) + ", " } ?? ""
    return "\(place): \(events)\(AuthoredMarkdown.line(rule.title.text(in: language))) (\(id))"
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
