import EventLog
import RuleEngine
import TestSupport
import Testing
import Triage

@Suite("explaining mail answers") struct AnswerExplanationTests {
  private static let pack =
    mailPack + """

        - id: mail-queue
          title: Mail waits
          match: {Provider_Name: Mail, EventID: 454}
          severity: low
          message: "The last answer was {answer}"
          parameters: [answer]
      answers:
        - {id: wrapper, enhanced: 4.4.0, title: Quoted}
        - id: kerberos
          enhanced: 4.7.0
          text: Temporary authentication failure
          title: {en: Kerberos failed, de: Kerberos scheiterte}
          events: [{rule: mail-failed, on: the receiving server}, {rule: mail-queue, on: the sending server}]
          diagnosis: mail-failed
        - {id: tls, enhanced: 5.7.3, text: STARTTLS is required to send mail, title: TLS is required}
        - {id: security, enhanced: [4.7.x, 5.7.x], title: Security}
        - {id: reply, code: 454, title: Not now}
        - {id: not-found, enhanced: 5.1.10, token: RESOLVER.ADR.RecipientNotFound, title: Not found}
      """

  private static let seed =
    #"451 4.4.0 Primary target IP address responded with: "454 4.7.0 Temporary authentication failure." Attempted "#
    + "failover to alternate host, but that did not succeed. The last endpoint attempted was 192.0.2.12:25"

  private func loaded() -> LoadedRules { RulePackLoader.load([RuleFile(path: "mail.yaml", text: Self.pack)]) }

  private func explain(_ text: String) -> Explanation {
    let loaded = loaded()
    return Explainer(rules: RuleSet(rules: loaded.rules, packs: []), answers: loaded.answers).explain([text])
  }

  @Test("an answer is taken apart hop by hop, and leads to its diagnosis")
  func seedText() throws {
    let explanation = explain(Self.seed)
    let answer = try #require(explanation.answers.first)
    #expect(explanation.answers.count == 1)
    #expect(answer.hops.map(\.reply.codes) == ["451 4.4.0", "454 4.7.0"])
    #expect(answer.hops.map(\.speaker) == [.sender, .receiver])
    #expect(answer.hops.map(\.listener) == [nil, .sender])
    #expect(answer.hops.map(\.decides) == [false, true])
    #expect(answer.answer.parties.receiverAddress == "192.0.2.12:25")
    #expect(answer.entries.map(\.id) == ["kerberos"])
    #expect(answer.outcome == .isRetried)
    #expect(answer.eventRules.keys.sorted() == ["mail-failed", "mail-queue"])
    #expect(explanation.diagnosing == ["mail-failed"])
    #expect(explanation.rules.map(\.id) == ["mail-failed"])
  }

  @Test(
    "who said what to whom follows from what stands before a reply",
    arguments: [
      (
        "450 4.4.101 Proxy session setup failed on Frontend with '451 4.4.0 target responded with \"451 5.7.3 STARTTLS is "
          + "required to send mail.\"'", [.sender, .frontEnd, .receiver], [nil, .sender, .frontEnd]
      ),
      ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; x", [.exchange], [nil]),
      ("Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; x'", [.exchange], [nil]),
      (
        "Remote-MTA: dns;mx.example.net\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; x",
        [.receiver], [.sender]
      ),
      ("Remote Server returned '454 4.7.0 x'", [.receiver], [.sender]),
      ("{LED=454 4.7.0 x}", [.sender], [nil]), ("454 4.7.0 x", [.someone], [nil]),
      ("<a.example.net #5.7.1 smtp;530 5.7.1 x>", [.reporter, .receiver], [nil, .sender]),
    ] as [(String, [AnswerHop.Role], [AnswerHop.Role?])])
  func roles(text: String, speakers: [AnswerHop.Role], listeners: [AnswerHop.Role?]) throws {
    let answer = try #require(SMTPAnswerParser().answers(in: text).first)
    let explanation = AnswerExplanation(answer, catalog: .empty)
    #expect(explanation.hops.map(\.speaker) == speakers)
    #expect(explanation.hops.map(\.listener) == listeners)
  }

  @Test(
    "what becomes of the message follows from the outermost basic code, or from the report",
    arguments: [
      ("454 4.7.0 x", .isRetried), ("550 5.7.1 x", .isReturned), ("250 2.1.0 x", .isAccepted),
      ("451 4.4.0 responded with: \"550 5.7.1 x\"", .isRetried), ("451 5.7.3 x", .isRetried),
      ("Action: failed\nDiagnostic-Code: smtp;454 4.7.0 x", .wasReturned),
      ("Action: delayed\nDiagnostic-Code: smtp;550 5.7.1 x", .isRetried), ("#5.7.1 x", .isReturned),
    ] as [(String, AnswerExplanation.Outcome?)])
  func outcomes(text: String, outcome: AnswerExplanation.Outcome?) throws {
    let answer = try #require(SMTPAnswerParser().answers(in: text).first)
    #expect(AnswerExplanation(answer, catalog: .empty).outcome == outcome)
  }

  @Test("codes that contradict each other are told")
  func contradiction() throws {
    let answer = try #require(explain("451 5.7.3 STARTTLS is required to send mail.").answers.first)
    #expect(answer.contradictions.map(\.codes) == ["451 5.7.3"])
    #expect(answer.entries.map(\.id) == ["tls"])
    #expect(explain("454 4.7.0 Temporary authentication failure").answers.first?.contradictions.isEmpty == true)
  }

  @Test(
    "a code alone, a wording alone and a code in a sentence are known",
    arguments: [
      ("5.7.3", ["tls"]), ("454", ["reply"]), ("454 4.7.88", ["security", "reply"]),
      ("RESOLVER.ADR.RecipientNotFound", ["not-found"]), ("STARTTLS is required to send mail", ["tls"]),
      ("we got error 5.7.3 today", ["tls"]),
    ])
  func short(text: String, entries: [String]) {
    #expect(explain(text).answers.flatMap(\.entries).map(\.id) == entries)
  }

  @Test("three digits that are also an event ID name the event")
  func eventID() {
    let note = "This is about 454 as an answer of a mail server. For the event: evtriage explain Mail 454"
    #expect(explain("454").notes == [note])
    #expect(explain("5.7.3").notes.isEmpty)
  }

  @Test("an event that carries an answer is explained with it")
  func eventWithAnswer() {
    let explanation = explain(EventXML.text(event("Mail", 454, Self.seed)))
    #expect(explanation.rules.map(\.id) == ["mail-queue"])
    #expect(explanation.answers.flatMap(\.entries).map(\.id) == ["kerberos"])
  }

  @Test("what the catalogue does not have is said", arguments: ["599 5.42.1 x", "9.9.9", "5.99.1", "567"])
  func unknown(text: String) {
    let explanation = explain(text)
    #expect(explanation.isEmpty)
    #expect(!explanation.notes.isEmpty)
  }

  @Test("a report says in words what the answers in its events mean")
  func reportWords() {
    let loaded = loaded()
    let rules = RuleSet(rules: loaded.rules, packs: [])
    let events = [event("Mail", 454, Self.seed), event("Mail", 1, "a", "0x5")]
    let made = report(on: events, rules: rules) { builder in
      builder.answers = loaded.answers
      builder.language = "de"
    }
    let meanings = Dictionary(uniqueKeysWithValues: made.findings.map { ($0.ruleID, $0.mailAnswers) })
    #expect(meanings["mail-queue"]?.map(\.codes) == ["454 4.7.0"])
    #expect(meanings["mail-queue"]?.map(\.meaning) == ["Kerberos scheiterte"])
    #expect(meanings["mail-failed"] == [])
  }
}
