import EventLog
import Testing

@testable import RuleEngine

@Suite struct MatchEngineTests {
  @Test("the engine finds what asking every rule finds", arguments: 1...4)
  func equalsReference(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let rules = try (0..<100).map { try RandomRules.rule(number: $0, &random) }
    let set = RuleSet(rules: rules, packs: [])
    let scratch = set.makeScratch()
    var matchCount = 0
    // Values that were met before are answered from memory.
    let events = (0..<120).map { _ in RandomRules.event(&random) }
    for event in events + events.shuffled(using: &random) {
      let expected = set.matches(event)
      let found = event.withFields { set.matches($0, scratch) }
      #expect(found == expected, "\(event)")
      #expect(expected.rules == set.rules.indices.filter { set.rules[$0].matches(event) })
      matchCount += found.rules.count
    }
    #expect(matchCount > 500)
  }

  @Test("tests that every rule repeats are asked once for an event")
  func sharesAnswers() throws {
    let rules = try (0..<50).map { try rule("rule-\($0)", [test("Field|re", "^[ab]{2}$")]) }
    let set = RuleSet(rules: rules, packs: [])
    let scratch = set.makeScratch(profiles: true)
    let event = event(data: ["Field": "ab"])
    #expect(event.withFields { set.matches($0, scratch) }.rules.count == 50)
    #expect(scratch.tools.askedTests == 1)
  }

  @Test("rules whose texts do not occur are not looked at")
  func triggers() throws {
    let rules = try (0..<50).map {
      try rule(
        "rule-\($0)",
        [test("Field|contains|all", "some text", .string("text \($0)-")), test("Field|re", .string("t \($0)-"))])
    }
    let set = RuleSet(rules: rules, packs: [])
    let scratch = set.makeScratch(profiles: true)
    let event = event(data: ["Field": "Some text: TEXT 7-"])
    #expect(event.withFields { set.matches($0, scratch) }.isEmpty)
    let costs = try #require(scratch.profile).mostExpensive(10, of: set)
    #expect(costs.map(\.rule.id) == ["rule-7"])
    #expect(costs.map(\.cost) == [RuleProfile.Cost(evaluations: 1, matches: 0, tests: 1)])
  }

  @Test("tests that look alike and mean other characters or fields are no shared test")
  func looksAlike() throws {
    let composed = try rule("composed", [test("Field", "caf\u{E9}")])
    let decomposed = try rule("decomposed", [test("Field", "cafe\u{301}")])
    let first = try rule("first", [test("Data1|fieldref", "B")]) { $0.parameters = ["Data1", "B", "C"] }
    let last = try rule("last", [test("Data1|fieldref", "B")]) { $0.parameters = ["Data1", "C", "B"] }
    let set = RuleSet(rules: [composed, decomposed, first, last], packs: [])
    let scratch = set.makeScratch()
    func found(_ event: Event) -> [String] {
      let matches = event.withFields { set.matches($0, scratch) }
      #expect(matches == set.matches(event))
      return matches.rules.map { set.rules[$0].id }
    }
    #expect(found(event(data: ["Field": "CAF\u{C9}"])) == ["composed"])
    #expect(found(event(data: ["Field": "cafe\u{301}"])) == ["decomposed"])
    #expect(found(event(strings: ["x", "x", "y"])) == ["first"])
    #expect(found(event(strings: ["x", "y", "x"])) == ["last"])
  }

  @Test("an attempt of an expression that is given up is counted")
  func abandoned() throws {
    let set = RuleSet(rules: [try rule("slow", [test("Field|re", "(?:a|aa)+$")])], packs: [])
    let scratch = set.makeScratch()
    let event = event(data: ["Field": .init(repeating: "a", count: 2000) + "b"])
    #expect(event.withFields { set.matches($0, scratch) }.isEmpty)
    #expect(scratch.abandonedAttempts == 1)
  }

  @Test("ever new kinds and shapes of events do no harm")
  func hostileKinds() throws {
    let set = RuleSet(
      rules: [try rule("a", [test("Channel", "Application"), test("Name", "x")])], packs: [])
    let scratch = set.makeScratch()
    for number in 0..<10_000 {
      let event = event("Provider \(number)", number, data: ["Name": number % 100 == 0 ? "X" : "y", "\(number)": ""])
      #expect(event.withFields { set.matches($0, scratch) }.rules.count == (number % 100 == 0 ? 1 : 0))
    }
  }
}

/// Rules and events out of few words, so that they often meet.
private enum RandomRules {
  private static let words = [
    "cmd", ".exe", "\\", "PowerShell", "-enc", "Ärger", "K", "\u{212A}", "ss", "1", " ", "é", "e\u{301}",
  ]
  private static let fields = [
    "Image", "image", "CommandLine", "Data", "Binary", "Computer", "Level", "EventID", "Provider_Name", "Channel",
    "Leaf", "Path/Leaf", "@attribute", "Threat Name", "ThreatName", "param", "Keywords", "UserID", "level",
    "Message", "message",
  ]
  private static let modifiers = [
    "", "", "|contains", "|contains", "|startswith", "|endswith", "|contains|all", "|cased", "|contains|cased", "|neq",
    "|contains|neq", "|re", "|re|i", "|re|neq", "|exists", "|gt", "|lte", "|cidr", "|contains|all|neq",
    "|windash|contains", "|windash|contains|all", "|windash", "|fieldref", "|fieldref|contains|neq", "|fieldref|all",
    "|hour", "|expand|contains|all", "|expand",
  ]

  static func rule(number: Int, _ random: inout SeededGenerator) throws -> Rule {
    let names = ["a", "b", "c", "d"]
    var selections: [String: Selection] = [:]
    for name in names { selections[name] = try selection(&random, depth: 1) }
    let conditions = [
      "a", "a and b", "a or b", "a and not b", "not a", "1 of them", "all of them", "a and (b or not (c and d))",
      "not (a or b) and c", "not not a", "(a or b) and (c or d)",
    ]
    let condition = try Condition.parse([conditions[number % conditions.count]], selections: selections)
    return try RuleEngineTests.rule("rule-\(number)", []) {
      $0.condition = condition
      $0.parameters = number.isMultiple(of: 2) ? ["param"] : ["other", "param"]
    }
  }

  private static func selection(_ random: inout SeededGenerator, depth: Int) throws -> Selection {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .keywords(try FieldTest.compile(field: "", modifiers: [], values: texts(&random)))
    case 1 where depth > 0:
      return .any(try (0..<2).map { _ in try selection(&random, depth: depth - 1) })
    default: return .all(try (0..<Int.random(in: 1...3, using: &random)).map { _ in try fieldTest(&random) })
    }
  }

  private static func fieldTest(_ random: inout SeededGenerator) throws -> FieldTest {
    let field = fields.randomElement(using: &random) ?? ""
    let names = (modifiers.randomElement(using: &random) ?? "").split(separator: "|").map(String.init)
    let values: [MatchValue] =
      switch names.first {
      case "exists": [.boolean(Bool.random(using: &random))]
      case "gt", "lte": [.integer(Int64.random(in: 0...4, using: &random))]
      case "cidr": ["10.0.0.0/8", "::1"]
      case "re": [patterns.randomElement(using: &random) ?? ""]
      case "fieldref": ["Image", "Data", "Leaf", "Computer", "param"].shuffled(using: &random).dropLast(2)
      case "hour": [.integer(Int64.random(in: 0...2, using: &random))]
      case "windash": texts(&random)
      case "expand": ["%words%", "%words%.exe", "x%words%"].shuffled(using: &random).dropLast()
      case "contains", "startswith", "endswith", "cased": texts(&random)
      default: texts(&random) + (Bool.random(using: &random) ? [.null] : [.integer(1), .boolean(true)])
      }
    return try FieldTest.compile(
      field: field, modifiers: names, values: values, placeholders: Placeholders(["words": ["cmd", "power*"]]))
  }

  private static let patterns: [MatchValue] = [
    "cmd\\.exe", "^(cmd|power)", "(powershell|-enc.*cmd)", "[ck]", "ÄRGER", "(?i)powershell\\.exe$", "x*",
  ]

  private static func texts(_ random: inout SeededGenerator) -> [MatchValue] {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in
      .string(random.words(of: words + ["*", "?", "powershell.exe"], upTo: 4))
    }
  }

  static func event(_ random: inout SeededGenerator) -> Event {
    var event = Event()
    event.provider.name = ["cmd", "PowerShell", ""].randomElement(using: &random) ?? ""
    event.provider.guid = [nil, "", "{1}"].randomElement(using: &random) ?? nil
    event.eventID = [nil, 1, 2].randomElement(using: &random) ?? nil
    event.level = [nil, .error, .information].randomElement(using: &random) ?? nil
    event.channel = ["cmd", "Channel", ""].randomElement(using: &random) ?? ""
    event.computer = ["", "cmd", "10.0.0.1"].randomElement(using: &random) ?? ""
    event.userID = [nil, "S-1"].randomElement(using: &random) ?? nil
    event.keywords = [nil, 1, .max].randomElement(using: &random) ?? nil
    let names = [nil, "", "Image", "IMAGE", "CommandLine", "Data", "Threat Name", "Leaf", "Other", "message"]
    event.data = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      DataItem(name: names.randomElement(using: &random) ?? nil, value: value(&random))
    }
    let paths = ["Path/Leaf", "path/leaf", "Path/@attribute", "Image", "A/B/Image", "Threatname"]
    event.userData = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      NamedValue(name: paths.randomElement(using: &random) ?? "", value: value(&random))
    }
    event.otherData = Bool.random(using: &random) ? [] : [NamedValue(name: "Debug/Image", value: value(&random))]
    event.binary = Bool.random(using: &random) ? nil : value(&random)
    if Int.random(in: 0..<4, using: &random) == 0 {
      event.rendering = RenderingInfo()
      event.rendering?.message = value(&random)
    }
    return event
  }

  private static func value(_ random: inout SeededGenerator) -> String {
    ["", "1", "3", "10.1.2.3", "TRUE", "2024-01-01T01:00:00Z", "\u{2013}enc", "/enc"].randomElement(using: &random)
      .flatMap { Bool.random(using: &random) ? $0 : nil }
      ?? random.words(of: words + ["ärger", "POWERSHELL.EXE", "\u{17F}S"], upTo: 6)
  }
}
