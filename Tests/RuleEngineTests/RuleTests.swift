import EventLog
import RuleEngine
import Testing

@Suite struct RuleTests {
  /// The rule about failed authentication on a Receive connector.
  static func authentication() throws -> Rule {
    try rule("exchange-transport-1035", [test("EventID", 1035), test("mechanism", "ExchangeAuth", "NTLM")]) {
      $0.parameters = ["error", "connector", "mechanism", "client_ip"]
      $0.message = try MessageTemplate(
        parsing: """
          Inbound authentication failed with error {error} for Receive connector {connector}. The authentication \
          mechanism is {mechanism}. The source IP address of the client is {client_ip}.
          """)
      $0.messageTranslations["zh"] = try MessageTemplate(parsing: "接收连接器 {connector} 的入站身份验证失败：{error}")
      $0.valueTables["error"] = ValueTable(["IllegalMessage": "the message could not be decoded"])
    }
  }

  static let failure = event(
    "MSExchangeTransport", 1035, strings: ["IllegalMessage", "Default EX01", "ExchangeAuth", "192.0.2.10"])

  @Test("a sentence has the event's values, and words for codes")
  func sentence() throws {
    #expect(
      try Self.authentication().sentence(for: Self.failure, language: "en") == """
        Inbound authentication failed with error IllegalMessage (the message could not be decoded) for Receive \
        connector Default EX01. The authentication mechanism is ExchangeAuth. The source IP address of the client is \
        192.0.2.10.
        """)
    #expect(
      try Self.authentication().sentence(for: Self.failure, language: "zh-Hans-CN")
        == "接收连接器 Default EX01 的入站身份验证失败：IllegalMessage (the message could not be decoded)")
  }

  @Test("missing and blank values are said to be missing")
  func missingValues() throws {
    let rule = try rule("r", []) {
      $0.parameters = ["a", "b"]
      $0.message = try MessageTemplate(parsing: "{a}/{b}/{Computer}/{Other}")
    }
    #expect(
      rule.sentence(for: event(strings: [" "]), language: "en")
        == "(not recorded)/(not recorded)/EX01.example.com/(not recorded)")
    #expect(
      rule.sentence(for: event(strings: ["Database 1: ", "\n2"]), language: "en")
        == "Database 1:/2/EX01.example.com/(not recorded)")
  }

  @Test("a rule without a message speaks with the rendered one, or not at all")
  func withoutMessage() throws {
    let rule = try rule("r", [])
    #expect(rule.sentence(for: event(), language: "en") == nil)
    #expect(
      rule.sentence(for: ticket("\r\n  The disk\r\n is failing. \r\n\r\nMore."), language: "en")
        == "The disk is failing.")
  }

  @Test("the values of a ticket's event are read from its text")
  func ticketFits() throws {
    let rule = try Self.authentication()
    let event = ticket(
      """
      Inbound authentication failed with error IllegalMessage for Receive connector Default
      EX01. The authentication mechanism is NTLM. The source IP address of the client is 192.0.2.10. More text.
      """, eventID: 1035)
    #expect(rule.matches(event))
    #expect(rule.value(of: "client_ip", in: event) == "192.0.2.10")
    #expect(rule.value(of: "connector", in: event) == "Default EX01")
    #expect(rule.value(of: "EventID", in: event) == "1035")
    #expect(rule.value(of: "nothing", in: event) == nil)
    #expect(
      rule.sentence(for: event, language: "en") == """
        Inbound authentication failed with error IllegalMessage (the message could not be decoded) for Receive \
        connector Default EX01. The authentication mechanism is NTLM. The source IP address of the client is 192.0.2.10.
        """)
    #expect(!rule.matches(ticket("Inbound authentication failed with error x.", eventID: 1035)))
  }

  @Test("a ticket's text that does not fit is repeated")
  func ticketDoesNotFit() throws {
    let rule = try Self.authentication()
    let event = ticket("Authentifizierung\nfehlgeschlagen.\n\nMehr.", eventID: 1035)
    #expect(rule.sentence(for: event, language: "en") == "Authentifizierung fehlgeschlagen.")
    #expect(rule.value(of: "client_ip", in: event) == nil)
  }

  @Test("the rendered text does not count when there is a payload")
  func payloadWins() throws {
    var event = Self.failure
    event.rendering = RenderingInfo()
    event.rendering?.message = "Something else."
    #expect(try Self.authentication().value(of: "connector", in: event) == "Default EX01")
    event.data = [DataItem(value: "x")]
    #expect(try Self.authentication().value(of: "connector", in: event) == nil)
  }

  @Test("values are parameters, header fields, named data and user data")
  func values() throws {
    let rule = try Self.authentication()
    #expect(rule.value(of: "error", in: Self.failure) == "IllegalMessage")
    #expect(rule.value(of: "Computer", in: Self.failure) == "EX01.example.com")
    let other = event(data: ["Status": "0xC000006A"], userData: ["Log/Path": "x"])
    #expect(rule.value(of: "Status", in: other) == "0xC000006A")
    #expect(rule.value(of: "Path", in: other) == "x")
    #expect(rule.words(for: "illegalmessage", of: "error") == "the message could not be decoded")
    #expect(rule.words(for: "x", of: "error") == nil)
    #expect(rule.words(for: "x", of: "connector") == nil)
  }

  @Test("a rule's own tests are run, and every one that does not hold is told")
  func ownTests() throws {
    let source = RuleSource(path: "exchange/a.yaml", line: 9, column: 9)
    let good = try Self.authentication().sentence(for: Self.failure, language: "en")
    let tested = try rule("r", [try test("EventID", 1035)]) {
      $0.message = try MessageTemplate(parsing: "It failed.")
      $0.tests = [
        RuleTest(kind: .fires, event: Self.failure, source: source),
        RuleTest(kind: .fires, event: Self.failure, expectedMessage: "It failed.", source: source),
        RuleTest(kind: .quiet, event: event("MSExchangeTransport", 1036), source: source),
        RuleTest(kind: .fires, event: event("MSExchangeTransport", 1036), source: source),
        RuleTest(kind: .quiet, event: Self.failure, source: source),
        RuleTest(kind: .fires, event: Self.failure, expectedMessage: good, source: source),
      ]
    }
    let report = RuleSet(rules: [tested], packs: []).runTests()
    #expect(report.count == 6)
    #expect(report.passedCount == 3)
    #expect(report.failures.map(\.source) == [source, source, source])
    #expect(
      report.failures.prefix(2).map(\.message) == [
        "rule 'r' does not match the event that should make it fire",
        "rule 'r' matches the event on which it should stay quiet",
      ])
    #expect(report.failures.last?.message.hasPrefix("rule 'r' says \"It failed.\" instead of \"Inbound") == true)
  }
}
