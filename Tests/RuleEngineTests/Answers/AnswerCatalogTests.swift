import RuleEngine
import Testing

@Suite("the catalogue of mail answers") struct AnswerCatalogTests {
  private static let pack = """
    answers:
      - {id: subject, enhanced: [4.7.x, 5.7.x], title: Security}
      - {id: detail, enhanced: x.7.9, title: A detail}
      - {id: range, enhanced: 5.7.900-999, title: A range}
      - {id: plain, enhanced: 4.7.0, title: Plain}
      - {id: kerberos, code: 454, enhanced: 4.7.0, text: Temporary authentication failure, title: Kerberos}
      - {id: tls, code: 454, enhanced: 4.7.0, text: [TLS not available, Failed to establish channel], title: TLS}
      - {id: reply, code: 454, title: Reply}
      - {id: group, code: [430-449, 421], title: Group}
      - {id: resolver, token: RESOLVER.*, title: Resolver}
      - {id: not-found, enhanced: 5.1.10, token: RESOLVER.ADR.RecipientNotFound, title: Not found}
    """

  private func loaded(_ yaml: String) -> LoadedRules {
    RulePackLoader.load([RuleFile(path: "mail.yaml", text: yaml)])
  }

  @Test(
    "the closest entry answers",
    arguments: [
      ("454 4.7.0 Temporary authentication failure", ["kerberos"]),
      ("454 4.7.0 Temporery authentlcation failure.", ["kerberos"]),
      ("454 4.7.0 TLS not available", ["tls"]), ("454 4.7.0 failed to establish a channel", ["tls"]),
      ("454 4.7.0 something else", ["plain"]), ("451 4.7.0 Temporary authentication failure", ["plain"]),
      ("4.7.0", ["plain", "kerberos", "tls"]), ("454 4.7.77 x", ["subject", "reply"]),
      ("454", ["kerberos", "tls", "reply"]),
      ("432 x", ["group"]), ("450 x", []), ("421", ["group"]), ("5.7.950", ["range"]), ("5.7.899", ["subject"]),
      ("4.7.9", ["detail"]), ("5.7.9", ["detail"]), ("5.8.9", []), ("550 5.1.10", ["not-found"]),
      ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", ["not-found"]),
      ("550 5.1.1 RESOLVER.ADR.Other; x", ["resolver"]), ("550 5.1.1 no token", []),
    ])
  func closest(text: String, expected: [String]) throws {
    let catalog = loaded(Self.pack).answers
    let reply = try #require(SMTPAnswerParser(.query).answers(in: text).first).deciding
    #expect(catalog.lookUp(reply).entries.map(\.id) == expected)
  }

  @Test("only what is known by its numbers alone is generic")
  func generic() throws {
    let catalog = loaded(Self.pack).answers
    let flags = ["4.7.77", "4.7.9", "5.7.950", "4.7.0"].map { text in
      SMTPAnswerParser(.query).answers(in: text).first.map { catalog.lookUp($0.deciding).isGeneric }
    }
    #expect(flags == [true, true, false, false])
  }

  @Test("a wording without codes finds its entries")
  func wording() {
    let catalog = loaded(Self.pack).answers.opened()
    #expect(catalog.entries(quotedBy: "It says: temporary authentication failure!").map(\.id) == ["kerberos"])
    #expect(catalog.entries(quotedBy: "authentication failure").isEmpty)
    #expect(catalog.entries(quotedBy: "x").isEmpty)
  }

  @Test("an entry has all that a rule's cause has")
  func whole() throws {
    let entry = try #require(
      loaded(
        """
        answers:
          - id: whole
            enhanced: 5.1.1
            title: {en: No such recipient, de: Kein Empfänger}
            meaning: Nobody has it.
            confidence: unverified
            causes:
              - {id: typing, title: Mistyped, check: [{run: Get-Recipient}], fix: Correct it.}
            events: [{rule: mail-1, on: the receiving server}]
            diagnosis: mail-1
            examples: 550 5.1.1 no
            references: https://example.com/
        rules:
          - {id: mail-1, title: Mail, match: {EventID: 1}, severity: low}
        """
      ).answers.entries.first)
    #expect(entry.title.text(in: "de") == "Kein Empfänger")
    #expect(entry.meaning?.english == "Nobody has it.")
    #expect(entry.isUnverified)
    #expect(entry.causes.first?.checks.first?.action == .run("Get-Recipient"))
    #expect(entry.events.map(\.ruleID) == ["mail-1"])
    #expect(entry.events.map(\.place.english) == ["the receiving server"])
    #expect(entry.diagnosis == ["mail-1"])
    #expect(entry.examples == ["550 5.1.1 no"])
    #expect(entry.references == ["https://example.com/"])
  }

  @Test(
    "mistakes are named",
    arguments: [
      ("- {id: a, title: A}", "an answer needs one of the keys 'code', 'enhanced', 'token' and 'text'"),
      ("- {id: a, title: A, code: 4x4}", "'4x4' is no code of a mail answer"),
      ("- {id: a, title: A, code: 9999}", "'9999' is no code of a mail answer"),
      ("- {id: a, title: A, enhanced: 5.1}", "'5.1' is no code of a mail answer"),
      ("- {id: a, title: A, enhanced: 5.1.9-2}", "'5.1.9-2' is no code of a mail answer"),
      ("- {id: a, enhanced: 5.1.1}", "an answer needs the key 'title'"),
      ("- {title: A, enhanced: 5.1.1}", "an answer needs the key 'id'"),
      ("- {id: a, title: A, enhanced: 5.1.1, cuase: []}", "an answer has no key 'cuase'"),
      ("- {id: a, title: A, enhanced: 5.1.1}\n- {id: a, title: B, enhanced: 5.1.2}", "the answer 'a' is there twice"),
      (
        "- {id: a, title: A, enhanced: 5.1.1, diagnosis: mail-2}",
        "the answer 'a' names the rule 'mail-2', which does not exist"
      ),
      ("- {id: a, title: A, enhanced: 5.1.1, events: [{rule: x}]}", "an event of an answer needs the key 'on'"),
      ("x", "an answer must be a map, but this is text"),
    ])
  func mistakes(yaml: String, message: String) {
    let lines = yaml.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    #expect(loaded("answers:\n\(lines)\n").issues.map(\.message).contains(message))
  }

  @Test("the answers of several packs are one catalogue")
  func packs() {
    let base = loaded("answers:\n  - {id: a, enhanced: 5.1.1, title: A}\n")
    let more = RulePackLoader.load(
      [RuleFile(path: "b.yaml", text: "answers:\n  - {id: b, enhanced: 5.1.2, title: B}\n")], adding: base)
    #expect(more.answers.entries.map(\.id) == ["a", "b"])
    #expect(more.issues.isEmpty)
    #expect(more.packs.isEmpty)
  }
}
