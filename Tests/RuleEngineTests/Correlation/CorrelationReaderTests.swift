import RuleEngine
import TestSupport
import Testing

/// Documents of Sigma: two rules, then correlations.
private func load(_ correlations: String...) -> LoadedRules {
  let base = """
    title: Failed logon
    id: 53ba33fd-3a50-4468-a5ef-c583635cfa92
    name: failed
    level: low
    tags: [attack.t1110, attack.credential-access]
    logsource: {product: windows, service: security}
    detection: {selection: {EventID: 4625}, condition: selection}
    ---
    title: Process
    name: process
    level: high
    logsource: {product: windows, category: process_creation}
    detection: {selection: {Image: x}, condition: selection}
    ---
    title: Elsewhere
    name: elsewhere
    logsource: {product: linux}
    detection: {selection: {a: b}, condition: selection}
    """
  return loadSigma(([base] + correlations).joined(separator: "\n---\n"))
}

/// A correlation whose parts have a place of their own: the mistakes are looked for from line 20.
private func correlation(_ text: String, title: String = "Many", more: String = "") -> String {
  "title: \(title)\n\(more)correlation:\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined()
}

private let good = """
  type: event_count
  rules: [failed]
  group-by: [User]
  timespan: 10m
  condition: {gte: 10}
  """

@Suite("reading correlations") struct CorrelationReaderTests {
  @Test("every attribute is read, and rules are found by name and ID, whatever their letter case (Components)")
  func attributes() throws {
    let loaded = load(
      correlation(
        """
        type: value_count
        rules:
          - process
          - 53BA33FD-3A50-4468-A5EF-C583635CFA92
        group-by: [account, Computer]
        aliases: {account: {process: TargetUserName, 53BA33FD-3A50-4468-A5EF-C583635CFA92: User}}
        timespan: 1h
        condition: {field: [IpAddress, IpPort], gt: 1.5, lte: 200}
        """,
        more: "id: b180ead8-d58f-40b2-ae54-c8940995b9b6\nstatus: test\nlevel: critical\ngenerate: true\n"))
    #expect(loaded.issues == [])
    let rule = try #require(loaded.rules.first { $0.correlation != nil })
    #expect(rule.id == "b180ead8-d58f-40b2-ae54-c8940995b9b6")
    #expect(rule.severity == .critical)
    #expect(rule.sigma?.status == .test)
    #expect(rule.groupBy == ["account", "Computer"])
    let correlation = try #require(rule.correlation)
    #expect(correlation.type == .valueCount)
    #expect(correlation.inputs.map(\.reference).count == 2)
    #expect(correlation.inputs[1].ruleID == "53ba33fd-3a50-4468-a5ef-c583635cfa92")
    #expect(loaded.rules.contains { $0.id == correlation.inputs[0].ruleID && $0.title.english == "Process" })
    #expect(correlation.timespan == 36_000_000_000)
    #expect(correlation.generatesRules)
    #expect(correlation.field("account", of: 1) == "User")
    #expect(correlation.summary == "more than 1.5 and at most 200 distinct values of IpAddress, IpPort within 1h")
  }

  @Test("without a level and tags, a correlation takes those of its rules (Level)")
  func inherited() throws {
    let loaded = load(
      correlation(good.replacing("[failed]", with: "[failed, process]")),
      correlation(good.replacing("[failed]", with: "[many]"), title: "Outer"))
    for id in ["many", "outer"] {
      let rule = try #require(loaded.rules.first { $0.id == id })
      #expect(rule.severity == .high)
      #expect(rule.tags == ["attack.t1110", "attack.credential-access"])
      #expect(rule.sigma?.techniques == ["T1110"])
      #expect(rule.sigma?.logSource.description == "product: windows")
    }
  }

  @Test(
    "referenced rules are findings only where generate says so, at either place (Generate)",
    arguments: [("", "", true), ("generate: true\n", "", false), ("", "\ngenerate: true", false)])
  func generate(top: String, below: String, isPart: Bool) throws {
    let loaded = load(correlation(good + below, more: top))
    let rule = try #require(loaded.rules.first { $0.title.english == "Failed logon" })
    #expect(rule.servesCorrelationsOnly == isPart)
    #expect(rule.isSignal == isPart)
    // One correlation that generates the rule is enough.
    let both = load(correlation(good), correlation(good + "\ngenerate: true", title: "Other"))
    #expect(both.rules.allSatisfy { !$0.isSignal })
  }

  @Test("rules may be in files that are loaded before, after, or earlier (Related rules)")
  func otherFiles() {
    let outer = "title: Outer\ncorrelation: {type: temporal, rules: [inner, shipped], group-by: [a], timespan: 1m}\n"
    let inner =
      "title: Inner\nname: inner\ncorrelation: {type: temporal, rules: [shipped], group-by: [a], timespan: 1m}\n"
    let shipped = RulePackLoader.load([
      RuleFile(
        path: "p.yaml", text: "rules:\n  - {id: shipped, title: S, severity: low, match: {EventID: 1}, tests: []}\n")
    ])
    let loaded = RulePackLoader.load(
      [RuleFile(path: "a.yml", text: outer), RuleFile(path: "b.yml", text: inner)], adding: shipped)
    #expect(loaded.issues == [])
    #expect(loaded.rules.map(\.id).sorted() == ["inner", "outer", "shipped"])
    #expect(loaded.rules.filter(\.servesCorrelationsOnly).map(\.id).sorted() == ["inner", "shipped"])
  }

  @Test("a correlation of rules that are not applicable is not applicable, and no mistake")
  func notApplicable() {
    let loaded = load(
      correlation(good.replacing("failed", with: "elsewhere")),
      correlation(good.replacing("failed", with: "many"), title: "Outer"))
    #expect(loaded.issues.filter { $0.severity == .error } == [])
    #expect(loaded.notApplicable.map(\.id) == ["elsewhere", "many", "outer"])
    #expect(!loaded.rules.contains { $0.correlation != nil })
  }

  @Test("the fields of a group have the names that other events of the log source give them")
  func mappedFields() throws {
    let loaded = load(
      correlation(
        good.replacing("[failed]", with: "[process]").replacing("User", with: "Image").replacing("10}", with: "1}")))
    let rules = RuleSet(rules: loaded.rules, packs: loaded.packs)
    let index = try #require(rules.rules.firstIndex { $0.title.english == "Process" })
    let catalog = CorrelationCatalog(rules: rules)
    #expect(catalog.fields(ofRule: index) == ["Image"])
    #expect(catalog.values(of: sysmon(1, ["Image": "x"]), rule: index) == ["x"])
    #expect(catalog.values(of: security(4688, ["NewProcessName": "x"]), rule: index) == ["x"])
    #expect(catalog.values(of: security(4688), rule: index) == [nil])
  }
}

@Suite("mistakes in correlations") struct CorrelationMistakeTests {
  @Test(
    "are said with the place and what to write instead",
    arguments: [
      ("type: event_count", "type: event_cuont", "'event_cuont' is no correlation type", "did you mean 'event_count'?"),
      (
        "type: event_count", "type: value_median", "'value_median' is no correlation type",
        "write value_percentile with 'percentile: 50'; value_median is not in Sigma 2.1"
      ),
      ("type: event_count", "", "a correlation needs the key 'type'", "one of event_count"),
      (
        "rules: [failed]", "rules: [faield]",
        "the correlation names the rule 'faield', which does not exist or could not be loaded", "did you mean 'failed'?"
      ),
      ("rules: [failed]", "rules: [failed, failed]", "'rules' names 'failed' twice", ""),
      (
        "rules: [failed]", "rules: [failed, 53ba33fd-3a50-4468-a5ef-c583635cfa92]",
        "'rules' names one rule twice, as 'failed' and as '53ba33fd-3a50-4468-a5ef-c583635cfa92'", ""
      ),
      ("rules: [failed]", "rules: []", "'rules' names no rule", ""),
      ("rules: [failed]", "", "a correlation needs the key 'rules'", "the IDs or names of the rules to correlate"),
      ("timespan: 10m", "timespan: 10", "this is no timespan", "write 90s, 15m, 24h or 7d"),
      ("timespan: 10m", "timespan: 0m", "this is no timespan", "write 90s"),
      ("timespan: 10m", "timespan: 10H", "this is no timespan", "write 90s"),
      ("timespan: 10m", "timespan: 99999999999999999999d", "this is no timespan", "write 90s"),
      ("timespan: 10m", "", "a correlation needs the key 'timespan'", "timespan: 10m"),
      ("condition: {gte: 10}", "condition: {gte: ten}", "'gte' must be a number", "gte: 10"),
      ("condition: {gte: 10}", "condition: {}", "the condition compares with nothing", "condition: {gte: 10}"),
      (
        "condition: {gte: 10}", "condition: {gte: 10, feild: User}",
        "the condition of a correlation has no key 'feild'", "did you mean 'field'?"
      ),
      (
        "condition: {gte: 10}", "condition: failed and other",
        "a condition in words, such as 'a and b', is not in Sigma 2.1", "write a map"
      ),
      ("condition: {gte: 10}", "", "a correlation needs the key 'condition'", "condition: {gte: 10}"),
      (
        "condition: {gte: 10}", "condition: {gte: 10, field: User}", "event_count does not look at a field",
        "value_count counts"
      ),
      (
        "condition: {gte: 10}", "condition: {gte: 10, percentile: 5}", "event_count has no percentile", ""
      ),
      ("group-by: [User]", "group_by: [User]", "a correlation has no key 'group_by'", "did you mean 'group-by'?"),
      ("group-by: [User]", "generate: yes please", "'generate' must be true or false", ""),
      ("group-by: [User]", "aliases: [User]", "'aliases' must be a map, but this is a list", "aliases: {ALIAS"),
      (
        "group-by: [User]", "aliases: {User: {fialed: A}}", "the alias 'User' names 'fialed', which 'rules' does not",
        "did you mean 'failed'?"
      ),
    ] as [(String, String, String, String)])
  func errors(part: String, wrong: String, message: String, hint: String) throws {
    let loaded = load(correlation(good.replacing(part, with: wrong)))
    let issue = try #require(loaded.issues.first { $0.severity == .error })
    #expect(issue.message == message)
    #expect(issue.hint?.hasPrefix(hint) ?? hint.isEmpty)
    #expect(issue.line >= 20)
    #expect(!loaded.rules.contains { $0.correlation != nil })
  }

  @Test(
    "that may be meant so are warnings",
    arguments: [
      ("group-by: [User]", "", "no-group-by"), ("timespan: 10m", "timespan: 2w", "bad-timespan"),
      ("condition: {gte: 10}", "condition: {lt: 1}", "impossible-condition"),
      ("timespan: 10m", "timespan: 10m\naliases: {other: {failed: A}}", "unused-alias"),
      ("rules: [failed]", "rules: [failed, process]\naliases: {User: {failed: A}}", "incomplete-alias"),
    ] as [(String, String, String)])
  func warnings(part: String, wrong: String, code: String) {
    let loaded = load(correlation(good.replacing(part, with: wrong)))
    #expect(loaded.issues.map(\.code) == [code])
    #expect(loaded.issues.allSatisfy { $0.severity == .warning })
    #expect(loaded.rules.contains { $0.correlation != nil })
  }

  private static let noSuchCount =
    "a count is a whole number, and where there is no event, there is no group to look at"

  @Test(
    "a condition that can never hold is a warning that says why",
    arguments: [
      ("event_count", "gte: 5, lt: 3", "no number is at least 5 and less than 3"),
      ("event_count", "gt: 5, lte: 3", "no number is more than 5 and at most 3"),
      ("event_count", "gt: 5, lt: 5", "no number is more than 5 and less than 5"),
      ("value_sum", "gt: 5, lte: 5, field: A", "no number is more than 5 and at most 5"),
      ("value_avg", "eq: 5, neq: 5, field: A", "no number is exactly 5 and not 5"),
      ("event_count", "eq: 1.5", noSuchCount), ("value_count", "gt: 5, lt: 6, field: A", noSuchCount),
      ("event_count", "lte: 0.5", noSuchCount), ("event_count", "gt: 1000000000", noSuchCount),
      ("temporal", "gte: 2", "'rules' names 1, and where none matches there is nothing to look at"),
    ])
  func impossible(type: String, condition: String, hint: String) {
    let text = good.replacing("event_count", with: type).replacing("gte: 10", with: condition)
    let loaded = load(correlation(text))
    #expect(loaded.issues.map(\.code) == ["impossible-condition"])
    #expect(loaded.issues.map(\.hint) == [hint])
  }

  @Test(
    "conditions that some number fits are none",
    arguments: [
      ("event_count", "gte: 5, lte: 5"), ("event_count", "gt: 5, lt: 7"), ("event_count", "lt: 2"),
      ("event_count", "gt: 0.5, lt: 1.5"), ("event_count", "neq: 1"), ("event_count", "gte: 0"),
      ("event_count", "gt: 4, lt: 8, neq: 6"), ("event_count", "gte: 1000000000"),
      ("value_sum", "gt: 5, lt: 6, field: A"), ("value_avg", "gt: 5, lt: 7, neq: 6, field: A"),
      ("value_sum", "lt: -5, field: A"), ("value_sum", "eq: 1.5, field: A"),
    ])
  func possible(type: String, condition: String) {
    let text = good.replacing("event_count", with: type).replacing("gte: 10", with: condition)
    #expect(load(correlation(text)).issues == [])
  }

  @Test(
    "the sentence of a condition is right for one and for many",
    arguments: [
      ("event_count", "gte: 1", "at least 1 event within 10m"),
      ("event_count", "gt: 1", "more than 1 event within 10m"),
      ("event_count", "eq: 2", "exactly 2 events within 10m"),
      ("event_count", "gte: 1, lt: 9", "at least 1 and less than 9 events within 10m"),
      ("value_count", "eq: 1, field: A", "exactly 1 distinct value of A within 10m"),
      ("temporal", "eq: 1", "exactly 1 of 1 rule within 10m"),
      ("value_percentile", "percentile: 50, gte: 5, field: A", "the 50th percentile of A being at least 5 within 10m"),
      ("value_percentile", "percentile: 1, gte: 5, field: A", "the 1st percentile of A being at least 5 within 10m"),
      ("value_percentile", "percentile: 11, gte: 5, field: A", "the 11th percentile of A being at least 5 within 10m"),
      ("value_percentile", "percentile: 92, gte: 5, field: A", "the 92nd percentile of A being at least 5 within 10m"),
      ("value_percentile", "percentile: 73, gte: 5, field: A", "the 73rd percentile of A being at least 5 within 10m"),
    ])
  func sentences(type: String, condition: String, summary: String) {
    let text = good.replacing("event_count", with: type).replacing("gte: 10", with: condition)
    #expect(load(correlation(text)).rules.compactMap(\.correlation?.summary) == [summary])
  }

  @Test(
    "value types need a field, and numbers one field of events",
    arguments: [
      ("value_count", "{gte: 1}", "value_count needs the key 'field' in its condition"),
      ("value_sum", "{field: [a, b], gte: 1}", "value_sum looks at one field"),
      ("value_percentile", "{field: a, percentile: 101, gte: 1}", "'percentile' must be a whole number from 0 to 100"),
      ("value_percentile", "{field: [a, b], percentile: 5, gte: 1}", "a percentile is of the numbers of one field"),
    ])
  func fields(type: String, condition: String, message: String) {
    let text = good.replacing("event_count", with: type).replacing("{gte: 10}", with: condition)
    #expect(load(correlation(text)).issues.map(\.message).contains(message))
  }

  @Test("sums of alerts are refused, as an alert is no number")
  func sumOfAlerts() {
    let sum = good.replacing("event_count", with: "value_sum").replacing("{gte: 10}", with: "{field: a, gte: 1}")
    let loaded = load(correlation(good), correlation(sum.replacing("failed", with: "many"), title: "Outer"))
    #expect(loaded.issues.map(\.message) == ["value_sum needs events, but 'many' is a correlation"])
  }

  @Test("a circle is refused, with its way; so is what stands on it")
  func circle() {
    let loaded = load(
      correlation(good.replacing("failed", with: "two"), title: "One"),
      correlation(good.replacing("failed", with: "three"), title: "Two"),
      correlation(good.replacing("failed", with: "one"), title: "Three"),
      correlation(good.replacing("failed", with: "one"), title: "Four"), correlation(good, title: "Good"))
    let messages = loaded.issues.map(\.message)
    #expect(messages.contains("the correlation refers to itself: 'one' → 'two' → 'three' → 'one'"))
    #expect(messages.contains("the correlation names the correlation 'one', which could not be loaded"))
    #expect(loaded.rules.filter { $0.correlation != nil }.map(\.id) == ["good"])
    #expect(load(correlation(good.replacing("failed", with: "many"))).issues.map(\.code) == ["correlation-cycle"])
  }

  @Test("chains are bounded in depth and breadth, and a name that two rules have is refused")
  func bounds() {
    let chain = (1...40).map { number in
      correlation(good.replacing("failed", with: number == 40 ? "failed" : "c\(number + 1)"), title: "C\(number)")
    }
    #expect(loadSigma(chain.joined(separator: "\n---\n")).issues.contains { $0.code == "correlation-depth" })
    let wide = (0..<8).map { level in
      correlation(
        good.replacing(
          "[failed]", with: level == 0 ? "[failed, process]" : "[w\(level - 1), v\(level - 1), failed, process]"),
        title: "W\(level)")
        + "---\n"
        + correlation(
          good.replacing("[failed]", with: level == 0 ? "[failed, process]" : "[w\(level - 1), v\(level - 1), failed]"),
          title: "V\(level)")
    }
    #expect(load(wide.joined(separator: "---\n")).issues.map(\.code) == [])
    let wider =
      wide.joined(separator: "---\n") + "---\n"
      + correlation(good.replacing("failed", with: "w7, v7, w6, v6, w5, v5"), title: "Widest")
    #expect(load(wider).issues.contains { $0.code == "correlation-breadth" })
    let twins = "title: T\nname: failed\nlogsource: {product: windows}\ndetection: {a: {EventID: 1}, condition: a}\n"
    #expect(load(twins, correlation(good)).issues.map(\.code) == ["duplicate-id"])
  }

  @Test("a correlation has no detection of its own, and an inner one needs no level")
  func documents() {
    let both = correlation(good) + "detection: {a: {EventID: 1}, condition: a}\n"
    #expect(load(both).issues.map(\.code) == ["two-matches"])
    let inner = correlation(good, more: "level: low\n")
    #expect(
      load(inner, correlation(good.replacing("failed", with: "many"), title: "Outer")).issues.map(\.code)
        == ["unused-level"])
  }

  @Test("evidence that names a correlation is warned about, as it is never found")
  func evidence() {
    let text = """
      rules:
        - {id: one, title: One, severity: low, match: {EventID: 1}, tests: []}
        - {id: many, title: Many, severity: low, correlation: {type: event_count, rules: [one], group-by: [Computer], timespan: 1m, condition: {gte: 2}}}
        - id: two
          title: Two
          severity: low
          match: {EventID: 2}
          tests: []
          causes: [{id: a, title: A, evidence: [{supports: {rule: many}}, {supports: {rule: one}}]}]
      """
    let loaded = RulePackLoader.load([RuleFile(path: "p.yaml", text: text)])
    #expect(loaded.issues.map(\.code) == ["correlation-evidence"])
  }
}
