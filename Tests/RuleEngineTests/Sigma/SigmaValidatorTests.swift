import RuleEngine
import Testing

/// Warnings about what is allowed in a Sigma rule and yet probably not meant so.
@Suite struct SigmaValidatorTests {
  private func codes(_ detection: String, logsource: String = "{product: windows}", more: String = "") -> [String] {
    var options = RuleLoadingOptions()
    options.runsValidators = true
    let file = RuleFile(path: "r.yml", text: sigmaRule(detection, logsource: logsource, more: more))
    let loaded = RulePackLoader.load([file], adding: logSources, options: options)
    #expect(loaded.rules.count == 1)
    #expect(loaded.issues.allSatisfy { $0.severity == .warning })
    return loaded.issues.map(\.code)
  }

  @Test(
    "detections",
    arguments: [
      ("a: {A: 1}\nb: {A: 2}\ncondition: a", "unused-selection"),
      ("_a: {A: 1}\nb: {A: 2}\ncondition: 1 of them", "unused-selection"),
      ("a: {A: 1}\ncondition: 1 of them", "them-alone"),
      ("a: {A: 1}\nb: {A: 2}\ncondition: all of them", "all-of-them"),
      ("a: {A: [x, null]}\ncondition: a", "null-in-list"), ("a: {A|contains|all: x}\ncondition: a", "all-of-one"),
      ("a: {A|all: [x, y]}\ncondition: a", "all-without-contains"),
      ("a: {A|base64offset: xyz}\ncondition: a", "base64offset-alone"),
      ("a: {A: 'x**y'}\ncondition: a", "double-wildcard"), ("a: {A: \"C:\\temp\"}\ncondition: a", "control-character"),
      ("a: {A: '*x*'}\ncondition: a", "wildcards"), ("a: {A: ['*x', '*y']}\ncondition: a", "wildcards"),
      ("a: {A: 'x*'}\ncondition: a", "wildcards"), ("a: ['x**y']\ncondition: a", "double-wildcard"),
    ])
  func detections(detection: String, code: String) {
    #expect(codes(detection) == [code])
  }

  @Test(
    "what is meant so is left alone",
    arguments: [
      "a: {A: 1}\nb: {A: 2}\ncondition: 1 of *", "_a: {A: 1}\nb: {A: 2}\ncondition: b and 1 of _*",
      "a: {A|all: ['*x*', '*y*z']}\ncondition: a", "a: {A: '*'}\ncondition: a", "a: {A: ['*x', 'y*']}\ncondition: a",
      "a: {A|contains|all: [x, y]}\ncondition: a", "a: {'|all': [x, y]}\ncondition: a",
      "a: {A|re: 'x[**]'}\ncondition: a",
      "a: {A: null}\ncondition: not a", "a: {A: '*x*y*'}\ncondition: a", "a: {A|expand: '*x'}\ncondition: a",
    ])
  func innocent(detection: String) {
    #expect(codes(detection) == [])
  }

  @Test("log sources and references")
  func others() {
    let detection = "a: {EventID: 4688}\ncondition: a"
    #expect(codes(detection, logsource: "{product: windows, service: security}") == ["specific-logsource"])
    #expect(codes(detection, logsource: "{product: windows, category: process_creation}") == [])
    #expect(codes(detection, logsource: "{product: windows, sevice: security}") == ["unknown-key"])
    #expect(codes(detection, more: "references: [https://a.example, https://a.example]\n") == ["duplicate-reference"])
  }

  @Test(
    "a log source that is not known is told, with the name that was probably meant",
    arguments: [
      ("{product: windows, service: secuirty}", "did you mean 'security'?"),
      ("{product: windows, category: proces_creation}", "did you mean 'process_creation'?"),
      ("{category: file_evnt}", "did you mean 'file_event'?"), ("{product: windos}", "did you mean 'windows'?"),
      (
        "{product: Windows, category: file_event, service: security}",
        "no such category is known of this service; name one of them only"
      ),
      ("{product: windows, service: something-else}", nil), ("{product: linux, service: auth}", nil),
      ("{category: proxy}", nil),
    ])
  func unknownLogSource(logsource: String, hint: String?) throws {
    var options = RuleLoadingOptions()
    options.runsValidators = true
    let file = RuleFile(path: "r.yml", text: sigmaRule("a: {A: 1}\ncondition: a", logsource: logsource))
    let loaded = RulePackLoader.load([file], adding: logSources, options: options)
    #expect(loaded.notApplicable.count == 1)
    let issue = try #require(loaded.issues.first)
    #expect(loaded.issues.count == 1)
    #expect((issue.code, issue.severity, issue.line, issue.column) == ("unknown-logsource", .warning, 3, 12))
    #expect(issue.hint == hint)
    #expect(issue.message.hasSuffix("is not known here, so the rule does not run"))
    // Whoever only uses the rule is told by the report.
    #expect(RulePackLoader.load([file], adding: logSources).issues == [])
  }

  @Test("rules without an ID, and rules with one title")
  func identities() {
    var options = RuleLoadingOptions()
    options.runsValidators = true
    let detection = "a: {A: 1}\ncondition: a"
    let files = [
      RuleFile(path: "a.yml", text: sigmaRule(detection)),
      RuleFile(
        path: "b.yml", text: sigmaRule(detection).replacing("id: 929a690e-bef0-4204-a928-ef5e620d6fcc\n", with: "")),
    ]
    let issues = RulePackLoader.load(files, adding: logSources, options: options).issues
    #expect(issues.map(\.code) == ["missing-id", "duplicate-title"])
    #expect(issues.map(\.path) == ["b.yml", "b.yml"])
  }

  @Test("rules that are only used are not validated")
  func unasked() {
    #expect(loadSigma(sigmaRule("a: {A: 1}\nb: {A: 2}\ncondition: a")).issues == [])
  }
}
