import RuleEngine
import Testing

@Suite("reading remediations") struct RemediationReaderTests {
  private static let whole = """
    pack: mine
    remediations:
      - id: guessing
        for: {rule: some-rule, tag: [attack.t1110, attack.t1110.003], logsource: {product: windows, service: security}}
        title: {en: Passwords were guessed, de: Passwörter wurden geraten}
        meaning: Many logons failed.
        harmless: a service has an old password
        contain: Block the address.
        check:
          - {run: quser, on: the server, expect: nobody}
          - {look: Ask the user.}
        eradicate: Close the door.
        recover: Change the password.
        causes:
          - {id: old, title: An old password, fix: Change it.}
        references: [https://example.com/guessing]
      - {id: rest, for: {any: true}, title: Anything, recover: Look closer.}
    """

  @Test("takes every key")
  func everyKey() throws {
    let loaded = RulePackLoader.load([RuleFile(path: "mine.yaml", text: Self.whole)])
    #expect(loaded.issues == [])
    let remediation = try #require(loaded.remediations.remediations.first)
    #expect(remediation.id == "guessing")
    #expect(remediation.packID == "mine")
    #expect(remediation.title.text(in: "de") == "Passwörter wurden geraten")
    #expect(
      remediation.targets == [
        .rule("some-rule"), .tag("attack.t1110"), .tag("attack.t1110.003"),
        .logSource(SigmaLogSource(product: "windows", service: "security")),
      ])
    let steps = remediation.steps
    #expect(steps.meaning?.english == "Many logons failed.")
    #expect(steps.harmless?.english == "a service has an old password")
    #expect(steps.contain?.english == "Block the address.")
    #expect(steps.checks.map(\.action) == [.run("quser"), .look(LocalizedText("Ask the user."))])
    #expect(steps.eradicate?.english == "Close the door.")
    #expect(steps.recover?.english == "Change the password.")
    #expect(steps.causes.map(\.id) == ["old"])
    #expect(steps.references == ["https://example.com/guessing"])
    #expect(loaded.remediations.remediations.last?.targets == [.anyRule])
  }

  /// A mistake, and the message that names it.
  static let mistakes: [(text: String, message: String)] = [
    ("[{id: a, title: A, for: {any: true}, recovr: x}]", "2:52: error: a remediation has no key 'recovr'"),
    ("[{id: a, title: A, recover: x}]", "2:16: error: a remediation needs the key 'for'"),
    ("[{id: a, for: {any: true}, recover: x}]", "2:16: error: a remediation needs the key 'title'"),
    ("[{title: A, for: {any: true}, recover: x}]", "2:16: error: a remediation needs the key 'id'"),
    ("[{id: A b, title: A, for: {any: true}, recover: x}]", "2:21: error: 'A b' is no remediation ID"),
    ("[{id: a, title: A, for: {}, recover: x}]", "2:39: error: 'for' names no rule"),
    ("[{id: a, title: A, for: {any: false}, recover: x}]", "2:39: error: 'for' names no rule"),
    ("[{id: a, title: A, for: {tags: x}, recover: x}]", "2:40: error: 'for' has no key 'tags'"),
    ("[{id: a, title: A, for: {logsource: {}}, recover: x}]", "2:51: error: the log source names no category"),
    ("[{id: a, title: A, for: {any: true}}]", "2:16: error: the remediation says nothing that can be done"),
    ("[{id: a, title: A, for: {any: true}, check: [{ru: x}]}]", "2:61: error: a check has no key 'ru'"),
    (
      "[{id: a, title: A, for: {any: true}, recover: x, references: [x]}]",
      "2:77: error: 'x' is no web address"
    ),
    ("{id: a}", "2:15: error: 'remediations' must be a list"),
    (
      "[{id: a, title: A, for: {any: true}, recover: x}, {id: a, title: A, for: {any: true}, recover: x}]",
      "2:65: error: the remediation ID 'a' is taken, by mine.yaml:2"
    ),
  ]

  @Test("names each mistake with its place, and goes on", arguments: mistakes)
  func mistake(text: String, message: String) {
    let loaded = RulePackLoader.load([RuleFile(path: "mine.yaml", text: "pack: mine\nremediations: \(text)\n")])
    let headlines = loaded.issues.map(\.headline)
    #expect(headlines.contains { $0.hasPrefix("mine.yaml:" + message) }, "\(headlines)")
    #expect(loaded.remediations.remediations.count == (text.contains("}, {id") ? 1 : 0))
  }

  @Test("suggests the key that was meant")
  func nearMiss() {
    let text = "remediations: [{id: a, title: A, for: {any: true}, eradicat: x, recover: y}]"
    let loaded = RulePackLoader.load([RuleFile(path: "mine.yaml", text: text)])
    #expect(loaded.issues.map(\.hint) == ["did you mean 'eradicate'?"])
  }

  @Test("a remediation that is loaded later wins, and replaces an earlier one with its ID")
  func later() throws {
    let shipped = "remediations: [{id: a, title: Shipped, for: {tag: attack.t1110}, recover: x}]"
    let mine = "remediations: [{id: b, title: Mine, for: {tag: attack.t1110}, recover: x}]"
    let same = "remediations: [{id: a, title: Replaced, for: {tag: attack.t1110}, recover: x}]"
    let base = RulePackLoader.load([RuleFile(path: "shipped.yaml", text: shipped)])
    let both = RulePackLoader.load([RuleFile(path: "mine.yaml", text: mine)], adding: base)
    #expect(both.remediations.remediations.map(\.title.english) == ["Mine", "Shipped"])
    let replaced = RulePackLoader.load([RuleFile(path: "mine.yaml", text: same)], adding: base)
    #expect(replaced.issues == [])
    #expect(replaced.remediations.remediations.map(\.title.english) == ["Replaced"])
  }
}
