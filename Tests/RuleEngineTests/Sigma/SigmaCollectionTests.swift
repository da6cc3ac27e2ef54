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

  private static let global = """
    action: global
    title: Both
    logsource: {product: windows}
    detection: {condition: a}

    """
  private static let rest = "---\ndetection: {a: {EventID: 1}}\n---\ndetection: {a: {EventID: 2}}\n"

  @Test(
    "rules that have their identity from the global part are numbered",
    arguments: [
      ("id: 929a690e-bef0-4204-a928-ef5e620d6fcc\n", "929a690e-bef0-4204-a928-ef5e620d6fcc"),
      ("name: my_rule\n", "my_rule"), ("", "both"),
    ])
  func numbers(identity: String, id: String) {
    var options = RuleLoadingOptions()
    options.runsValidators = true
    let text = Self.global + identity + Self.rest + "---\naction: repeat\nlevel: low\n"
    let loaded = RulePackLoader.load([RuleFile(path: "r.yml", text: text)], adding: logSources, options: options)
    #expect(Set(loaded.issues.map(\.code)).isSubset(of: ["missing-id", "duplicate-title"]))
    #expect(loaded.rules.map(\.id) == [id, id + "-2", id + "-3"])
    #expect(loaded.rules.map { $0.matches(event("P", 2)) } == [false, true, true])
  }

  @Test("a name from the global part is the first rule's, for correlations too")
  func names() {
    let many =
      "---\naction: reset\n---\ntitle: Many\nid: 00000000-0000-0000-0000-000000000001\n"
      + "correlation: {type: event_count, rules: [my_rule], group-by: [a], timespan: 1m, condition: {gte: 2}}\n"
    let identity = "id: 929a690e-bef0-4204-a928-ef5e620d6fcc\nname: my_rule\n"
    let loaded = loadSigma(Self.global + identity + Self.rest + many)
    #expect(loaded.issues == [])
    #expect(loaded.rules.filter { $0.correlation == nil }.map(\.sigma?.name) == ["my_rule", nil])
    let correlation = loaded.rules.first { $0.correlation != nil }?.correlation
    #expect(correlation?.inputs.map(\.ruleID) == ["929a690e-bef0-4204-a928-ef5e620d6fcc"])
  }

  @Test("an ID that two documents have by themselves is a mistake")
  func sameIDs() {
    let rule = sigmaRule("a: {EventID: 1}\ncondition: a")
    #expect(loadSigma(rule + "---\n" + rule).issues.map(\.code) == ["duplicate-id"])
    let other = "---\ntitle: Other\nid: a\ndetection: {a: {EventID: 1}}\n"
    let loaded = loadSigma("action: global\nlogsource: {product: windows}\ndetection: {condition: a}\n" + other + other)
    #expect(loaded.issues.map(\.code).filter { $0 != "bad-id" } == ["duplicate-id"])
  }

  @Test(
    "a file is read up to the document with a mistake in its YAML, and says so",
    arguments: [
      ("title: [\n", "yaml-syntax"), ("title: a\ntitle: b\n", "duplicate-key"),
      (String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "\n", "too-complex"),
    ])
  func unread(document: String, code: String) throws {
    let first = sigmaRule("a: {EventID: 1}\ncondition: a") + "---\n"
    let last = "---\n" + sigmaRule("a: {EventID: 2}\ncondition: a", id: "08fbc97d-0a2f-491c-ae21-8ffcfd3174e9")
    let loaded = loadSigma(first + document + last)
    #expect(loaded.rules.map(\.id) == ["929a690e-bef0-4204-a928-ef5e620d6fcc"])
    let issue = try #require(loaded.issues.first)
    #expect(loaded.issues.count == 1)
    #expect(issue.code == code)
    #expect(issue.message.hasSuffix("; the file is not read from line 8 on"))
    // The first of several takes the others with it.
    let none = loadSigma(document + last)
    #expect(none.rules.isEmpty)
    #expect(none.issues.first?.message.hasSuffix("; the file is not read from line 1 on") == true)
    // A file of one document loses nothing else.
    #expect(loadSigma(document).issues.allSatisfy { !$0.message.contains("is not read from") })
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
