import EventLog
import RuleEngine
import TestSupport
import Testing
import Triage

@Suite("explaining") struct ExplainerTests {
  private func explain(_ words: String...) throws -> Explanation {
    Explainer(rules: try rules(mailPack)).explain(words)
  }

  @Test(
    "a question is answered by its rule",
    arguments: [
      ["mail-failed"], ["Mail", "1"], ["mail 1"], ["MAIL", "1"],
      ["454 4.7.0 temporary authentication failure"],
      ["451 4.4.0 Primary target responded with: \"454 4.7.0 Temporary authentication failure.\""],
      ["Temporary authentication failure"],
      ["Event Type: Error Event Source: Mail Event ID: 1 Description: Mail to a failed with 0x5."],
      ["Event Type:\tError\nEvent Source:\tMail\nEvent ID:\t1\nDescription:\nMail to a failed with 0x5."],
      ["454 4.7.0 Temporary authentication failure 17"],
    ])
  func answers(words: [String]) throws {
    let answer = Explainer(rules: try rules(mailPack)).explain(words)
    #expect(answer.rules.map(\.id) == ["mail-failed"])
  }

  @Test("the XML of an event is understood, and its sentence can be told")
  func xml() throws {
    let answer = try explain(EventXML.text(event("Mail", 1, "a", "0x5")))
    #expect(answer.rules.map(\.id) == ["mail-failed"])
    let asked = try #require(answer.event)
    #expect(answer.rules.first?.sentence(for: asked, language: "en") == "Mail to a failed with 0x5.")
  }

  @Test("an event ID alone finds every rule about it")
  func eventID() throws {
    let answer = try explain("1")
    #expect(Set(answer.rules.map(\.id)) == ["clock-wrong", "disk-slow", "mail-failed"])
    #expect(answer.notes == ["Several rules are about event ID 1; name the provider or the channel to see fewer."])
    #expect(try explain("2").rules.count == 2)
    #expect(try explain("4711").notes == ["No rule knows the event ID 4711."])
  }

  @Test("rules that name a channel only are found by it, each once, but not for an event that they do not match")
  func channels() throws {
    let set = try rules(
      """
      rules:
        - {id: by-channel, title: A, severity: low, match: {Channel: Mail-Log/Operational, EventID: 9, Name: x}}
        - {id: by-pattern, title: B, severity: low, match: {Channel: Mail-Log/Operational, EventID: 9, Provider_Name: 'Mail-*'}}
      """)
    let explainer = Explainer(rules: set)
    #expect(explainer.explain(["Mail-Log", "9"]).rules.map(\.id) == ["by-pattern", "by-channel"])
    #expect(explainer.explain(["mail-log/operational", "9"]).rules.map(\.id) == ["by-pattern", "by-channel"])
    let other = event("Other", 9, in: "Mail-Log/Operational", "y")
    #expect(explainer.explain([EventXML.text(other)]).rules.isEmpty)
  }

  @Test("rules that say what to do come before Sigma's")
  func order() throws {
    let sigma = (1...3).map { number in
      RuleFile(
        path: "\(number).yml",
        text: """
          title: A\(number)
          id: 0000000\(number)-0000-0000-0000-000000000000
          logsource: {product: windows, service: mail}
          detection: {s: {EventID: 9}, condition: s}
          """)
    }
    let own = RuleFile(
      path: "own.yaml",
      text: """
        logsources: [{product: windows, service: mail, match: {Channel: Mail-Log}}]
        rules: [{id: mine, title: B, severity: low, match: {Channel: Mail-Log, EventID: 9}}]
        """)
    let set = RuleSet(RulePackLoader.load(sigma + [own]))
    #expect(Explainer(rules: set).explain(["Mail-Log", "9"]).rules.map(\.title.english) == ["B", "A1", "A2", "A3"])
    #expect(Explainer(rules: set).explain(["9"]).rules.map(\.title.english) == ["B", "A1", "A2", "A3"])
  }

  @Test("a provider alone finds all its rules")
  func provider() throws {
    #expect(try explain("clock").rules.map(\.id) == ["clock-right", "clock-wrong"])
  }

  @Test("a misspelt provider is corrected, and said to be")
  func misspelt() throws {
    let note = "No rule knows the provider 'Maill'. Did you mean Mail? This is about Mail."
    #expect(try explain("Maill", "1").notes == [note])
    #expect(try explain("Maill", "1").rules.map(\.id) == ["mail-failed"])
    let ticket = try explain("Event Type: Error Event Source: Maill Event ID: 1 Description: x")
    #expect(ticket.rules.map(\.id) == ["mail-failed"])
    #expect(ticket.notes == [note])
    #expect(ticket.event?.eventID == 1)
  }

  @Test(
    "what no rule knows is said, with what is near",
    arguments: [
      (["nonsense"], "No rule knows 'nonsense'."),
      (["xy"], "Say more: 'xy' could be anything."),
      (["mail-faild"], "No rule knows 'mail-faild'. Did you mean mail-failed?"),
      (
        ["Mail", "77"],
        "No rule knows Mail 77. Other events of this provider are known: evtriage rules list shows the rules."
      ),
      (["Maill", "77"], "No rule knows Maill 77. Did you mean Mail?"),
      (["Nobody", "77"], "No rule knows Nobody 77."),
      ([""], "Say more: '' could be anything."),
      (["…"], "Say more: '…' could be anything."),
      (["<Event>"], "No rule knows '<Event>'."),
    ])
  func nothing(words: [String], note: String) throws {
    let answer = Explainer(rules: try rules(mailPack)).explain(words)
    #expect(answer.rules.isEmpty)
    #expect(answer.notes == [note])
  }
}
