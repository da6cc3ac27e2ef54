import EventLog
import RuleEngine
import Testing

@Suite struct RuleSetTests {
  @Test("rules are sorted by ID and found by it")
  func order() throws {
    let set = RuleSet(rules: try ["b", "c", "a"].map { try rule($0, [test("EventID", 1)]) }, packs: [])
    #expect(set.rules.map(\.id) == ["a", "b", "c"])
    #expect(set.rule(id: "c")?.id == "c")
    #expect(set.rule(id: "d") == nil)
    #expect(set.matches(event()).rules == [0, 1, 2])
    #expect(RuleSet.empty.matches(event()).isEmpty)
    #expect(!RuleSet.empty.mayMatch("", nil, ""))
  }

  @Test("rules are looked up by provider and event ID, ignoring letter case")
  func lookUp() throws {
    let set = RuleSet(
      rules: try [
        rule("a", [test("Provider_Name", "MSExchangeTransport"), test("EventID", 1035, 1036)]),
        rule("b", [test("Provider_Name", "MSExchangeTransport", "Disk")]),
        rule("c", [test("EventID", 1035)]),
        rule("d", [test("Provider_Name|contains", "Exchange")]),
      ], packs: [])
    #expect(set.rules(provider: "msexchangetransport", eventID: 1035).map(\.id) == ["a", "b"])
    #expect(set.rules(provider: "MSExchangeTransport", eventID: 7).map(\.id) == ["b"])
    #expect(set.rules(provider: "disk", eventID: nil).map(\.id) == ["b"])
    #expect(set.rules(provider: "other", eventID: nil).isEmpty)
    #expect(set.providers == ["Disk", "MSExchangeTransport"])
  }

  @Test("rules that name a channel only are looked up by it, and by the provider whose channel it is")
  func lookUpOfChannels() throws {
    let set = RuleSet(
      rules: try [
        rule("a", [test("Channel", "Security"), test("EventID", 4794, 4795)]),
        rule("b", [test("Channel", "Microsoft-Windows-Sysmon/Operational"), test("EventID", 1)]),
        rule("c", [test("Channel", "Security"), test("Provider_Name", "Other"), test("EventID", 4794)]),
        rule("d", [test("Channel", "Security")]),
        rule("e", [test("Channel", "Microsoft-Windows-SysmonX/Operational"), test("EventID", 1)]),
        rule("f", []) {
          $0.condition = .single(
            .any([
              .all([try test("Channel", "Microsoft-Windows-Sysmon/Operational"), try test("EventID", 1)]),
              .all([try test("Channel", "Security"), try test("EventID", 4688)]),
            ]))
        },
      ], packs: [])
    #expect(set.rules(ofChannel: "security", eventID: 4794).map(\.id) == ["a"])
    #expect(set.rules(ofChannel: "Microsoft-Windows-Security-Auditing", eventID: 4795).map(\.id) == ["a"])
    #expect(set.rules(ofChannel: "Microsoft-Windows-Sysmon", eventID: 1).map(\.id) == ["b", "f"])
    #expect(set.rules(ofChannel: "Security", eventID: 4688).map(\.id) == ["f"])
    #expect(set.rules(ofChannel: "Microsoft-Windows-Sysmon", eventID: 4688).isEmpty)
    #expect(set.rules(ofChannel: "Security", eventID: 1).isEmpty)
    #expect(set.rules(eventID: 4794).map(\.id) == ["c", "a"])
    #expect(set.rules(eventID: 2).isEmpty)
  }

  @Test("rules that name providers by a wildcard are looked up too")
  func lookUpOfPatterns() throws {
    let set = RuleSet(
      rules: try [
        rule("a", [test("Provider_Name", "MSSQLSERVER", "MSSQL$*"), test("EventID", 823)]),
        rule("b", [test("EventID", 823)]),
      ], packs: [])
    #expect(set.rules(provider: "mssql$sql01", eventID: 823).map(\.id) == ["a"])
    #expect(set.rules(provider: "MSSQLSERVER", eventID: nil).map(\.id) == ["a"])
    #expect(set.rules(provider: "MSSQL$SQL01", eventID: 824).isEmpty)
    #expect(set.rules(provider: "SQLWriter", eventID: 823).isEmpty)
  }

  @Test("the header alone tells what can't match")
  func mayMatch() throws {
    let set = RuleSet(
      rules: try [
        rule("a", [test("Provider_Name", "Disk"), test("EventID", 7, "51")]),
        rule("b", [test("Channel", "Security"), test("EventID", 4625)]),
        rule("c", [test("Provider_Name", "Ntfs"), test("EventID|gt", 50)]),
      ], packs: [])
    #expect(set.mayMatch("DISK", 7, "System"))
    #expect(set.mayMatch("disk", 51, ""))
    #expect(!set.mayMatch("disk", 8, "System"))
    #expect(!set.mayMatch("disk", nil, "System"))
    #expect(!set.mayMatch("", 7, "System"))
    #expect(set.mayMatch("x", 4625, "security"))
    #expect(!set.mayMatch("x", 4625, "System"))
    #expect(!set.mayMatch("x", 4625, ""))
    #expect(set.mayMatch("ntfs", 51, "System"))
    #expect(!set.mayMatch("ntfs", 50, "System"))
  }

  @Test("patterns of provider names let only those through that fit")
  func mayMatchOfPatterns() throws {
    let set = RuleSet(rules: [try rule("a", [test("Provider_Name", "lsi_sas*"), test("EventID", 11)])], packs: [])
    #expect(set.mayMatch("LSI_SAS2", 11, "System"))
    #expect(!set.mayMatch("Microsoft-Windows-Sysmon", 11, "System"))
    #expect(!set.mayMatch("LSI_SAS2", 12, "System"))
  }

  @Test("events that are evidence are let through as well")
  func evidence() throws {
    let clock = Selection.all([try test("Provider_Name", "Microsoft-Windows-Time-Service"), try test("EventID", 35)])
    let definition = EvidenceDefinition(
      direction: .contradicts, selector: .match(clock), secondsBefore: 60, secondsAfter: 60)
    let rules = try ["a", "b"].map { id in
      try rule(id, [test("EventID", 1035)]) {
        var cause = Cause(id: "clock", title: LocalizedText("The clock is wrong"))
        cause.evidence = [definition]
        $0.guidance.causes = [cause]
      }
    }
    let set = RuleSet(rules: rules, packs: [])
    #expect(set.evidenceSelections == [clock])
    #expect(set.matches(event("microsoft-windows-time-service", 35)).evidence == [0])
    #expect(set.matches(event("microsoft-windows-time-service", 36)).isEmpty)
    #expect(set.mayMatch("Microsoft-Windows-Time-Service", 35, "System"))
    #expect(!set.mayMatch("Microsoft-Windows-Time-Service", 36, "System"))
  }

  @Test("the index finds what asking every rule finds, and the pre-filter never hides it")
  func indexEqualsBruteForce() throws {
    var random = SeededGenerator(state: 7)
    let rules = try (0..<120).map { try Self.randomRule(number: $0, &random) }
    let set = RuleSet(rules: rules, packs: [])
    var matchCount = 0
    for _ in 0..<600 {
      let event = Self.randomEvent(&random)
      let expected = set.rules.indices.filter { set.rules[$0].matches(event) }
      #expect(set.matches(event).rules == expected)
      let mayMatch = set.mayMatch(event.provider.name, event.eventID, event.channel)
      #expect(mayMatch || expected.isEmpty)
      matchCount += expected.count
    }
    #expect(matchCount > 500)
  }

  private static let providers = ["Disk", "disk", "Ntfs", "MSExchange Ärger", "msexchange ärger", "K", "\u{212A}", ""]
  private static let channels = ["System", "SYSTEM", "Security", ""]

  private static func randomEvent(_ random: inout SeededGenerator) -> Event {
    event(
      providers.randomElement(using: &random) ?? "", [nil, 1, 2, 3, 4].randomElement(using: &random) ?? nil,
      channel: channels.randomElement(using: &random) ?? "", strings: [random.text(of: ["a", "b"], upTo: 2)])
  }

  private static func randomRule(number: Int, _ random: inout SeededGenerator) throws -> Rule {
    let tests = try [
      test("Provider_Name", "disk"), test("Provider_Name", "NTFS", "K"), test("Provider_Name", "D*"),
      test("Provider_Name", "msexchange ÄRGER"), test("Provider_Name|cased", "Disk"),
      test("Provider_Name|neq", "Disk"), test("Provider_Name", nil), test("EventID", 1),
      test("EventID", "2", 3), test("EventID", "0x2"), test("EventID|gt", 1), test("EventID", nil, 4),
      test("EventID", 2.0), test("EventID", "?"), test("eventid", 3), test("Channel", "system"),
      test("Channel", "Security", "*"), test("Data", "a", ""), test("Data|contains", "b"),
    ]
    func selection() -> Selection {
      let picked = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in tests.randomElement(using: &random) }
      return .all(picked)
    }
    let selections: [String: Selection] = ["a": selection(), "b": selection(), "c": .any([selection(), selection()])]
    let conditions = ["a", "a and b", "a or b", "a and not b", "not a", "c", "c and a", "1 of them", "a and (b or c)"]
    let condition = try Condition.parse([conditions[number % conditions.count]], selections: selections)
    return try rule("rule-\(number)", []) { $0.condition = condition }
  }
}

extension RuleSet {
  /// Whether a header may match, as the reader asks before it reads the rest.
  fileprivate func mayMatch(_ provider: String, _ eventID: Int?, _ channel: String) -> Bool {
    event(provider, eventID, channel: channel).withFields { makeScratch().state(for: $0.header) != nil }
  }
}
