import TestSupport
import Testing

@Suite("evtriage explain") struct ExplainCommandTests {
  private static let title = "# Inbound authentication failed on a Receive connector — high\n"

  @Test(
    "answers in each form",
    arguments: [
      ["MSExchangeTransport", "1035"], ["exchange-transport-1035"],
      ["Event Type: Error Event Source: MSExchangeTransport Event Category: SmtpReceive Event ID: 1035 Description: x"],
    ])
  func forms(words: [String]) throws {
    let output = try Subprocess.run(Tool.path, ["explain"] + words)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.contains(Self.title))
    #expect(output.standardOutput.contains("**Check**"))
    #expect(output.standardOutput.contains("**Fix**"))
    #expect(!output.standardOutput.contains("<a id"))
  }

  @Test("tells the sentence of a ticket on standard input")
  func ticket() throws {
    let output = try Tool.run(
      "explain", "-",
      input: EventXML.text(Export.event("MSExchangeTransport", 1035, at: 0, "A", "B", "ExchangeAuth", "192.0.2.1")))
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.contains("for Receive connector B."))
  }

  @Test("finds the rule of an error that users see")
  func symptom() throws {
    let words = #"451 4.4.0 Primary target responded with: "454 4.7.0 Temporary authentication failure.""#
    let output = try Tool.run("explain", words)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput.contains("454 4.7.0 Temporary authentication failure"))
  }

  @Test("corrects a misspelt provider")
  func misspelt() throws {
    let output = try Tool.run(
      "explain", "Event Type: Error Event Source: MExchangeTransport Event ID: 1035 Description: x")
    #expect(output.exitCode == 0)
    #expect(
      output.standardOutput.hasPrefix(
        "No rule knows the provider 'MExchangeTransport'. Did you mean MSExchangeTransport?"))
    #expect(output.standardOutput.contains(Self.title))
  }

  @Test("says that it knows nothing")
  func nothing() throws {
    let output = try Tool.run("explain", "nonsense-of-nobody")
    #expect(output.exitCode == 1)
    #expect(output.standardError == "evtriage: error: No rule knows 'nonsense-of-nobody'.\n")
  }

  @Test("speaks the language of rules that have it")
  func language() throws {
    let folder = try Folder()
    try folder.write(
      "rules:\n  - {id: x-1, title: {en: Failed, de: Gescheitert}, match: {EventID: 1}, severity: low}\n", "r.yaml")
    let output = try Tool.run("explain", "x-1", "--rules", "r.yaml", "--language", "de-CH", in: folder)
    #expect(output.standardOutput.hasPrefix("# Gescheitert — low"))
  }
}
