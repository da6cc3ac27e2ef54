import EventLog
import RuleEngine
import Testing

/// Several documents in one file, and pySigma's `action`.
@Suite struct SigmaCollectionTests {
  @Test("each document of a file is a rule")
  func documents() {
    let loaded = loadSigma(
      sigmaRule("a: {EventID: 1}\ncondition: a") + "---\n"
        + sigmaRule("a: {EventID: 2}\ncondition: a", id: "08fbc97d-0a2f-491c-ae21-8ffcfd3174e9") + "---\n")
    #expect(loaded.issues == [])
    #expect(
      loaded.rules.map(\.id) == [
        "929a690e-bef0-4204-a928-ef5e620d6fcc", "08fbc97d-0a2f-491c-ae21-8ffcfd3174e9",
      ])
  }

  @Test("a mistake in one document leaves the others")
  func mistake() {
    let loaded = loadSigma(
      sigmaRule("a: {EventID: 1}\ncondition: b") + "---\n"
        + sigmaRule("a: {EventID: 2}\ncondition: a", id: "08fbc97d-0a2f-491c-ae21-8ffcfd3174e9"))
    #expect(loaded.rules.map(\.id) == ["08fbc97d-0a2f-491c-ae21-8ffcfd3174e9"])
    #expect(loaded.issues.map(\.code) == ["unknown-selection"])
  }

  @Test("'global' is added to what follows and wins, 'reset' ends it, 'repeat' changes the rule before")
  func actions() {
    let loaded = loadSigma(
      """
      action: global
      title: All
      level: high
      logsource: {product: windows}
      detection: {condition: a}
      ---
      id: 00000000-0000-0000-0000-000000000001
      level: low
      detection: {a: {EventID: 1}}
      ---
      action: repeat
      id: 00000000-0000-0000-0000-000000000002
      detection: {a: {Level: 2}}
      ---
      action: reset
      ---
      title: Alone
      id: 00000000-0000-0000-0000-000000000003
      logsource: {product: windows}
      detection: {a: {EventID: 3}, condition: a}
      """)
    #expect(loaded.issues == [])
    #expect(loaded.rules.map(\.title.english) == ["All", "All", "Alone"])
    #expect(loaded.rules.map(\.severity) == [.high, .high, .medium])
    var error = event("P", 1)
    #expect(loaded.rules.map { $0.matches(error) } == [true, false, false])
    error.level = .error
    #expect(loaded.rules.map { $0.matches(error) } == [true, true, false])
  }

  @Test("unknown actions, and 'repeat' without a rule before, are mistakes")
  func mistakes() {
    #expect(loadSigma("action: repeat\nid: a\n").issues.map(\.code) == ["no-previous-rule"])
    #expect(loadSigma("action: undo\nid: a\n").issues.map(\.code) == ["unknown-action"])
    #expect(
      loadSigma("pack: a\nrules: []\n---\npack: b\nrules: []\n").issues.map(\.code) == [
        "several-documents", "several-documents",
      ])
  }
}
