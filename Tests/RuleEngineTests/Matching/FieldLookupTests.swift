import EventLog
import RuleEngine
import Testing

@Suite struct FieldLookupTests {
  /// An event with every field of `<System>`.
  static let full: Event = {
    var full = event("MSExchangeTransport", 1035, data: ["Threat Name": "EICAR", "ProcessId": "0x1f4"])
    full.provider.guid = "{aea1b4fa-97d1-45f2-a64c-4d69fffd92c9}"
    full.provider.eventSourceName = "TransportSource"
    full.qualifiers = 32772
    full.version = 2
    full.level = .warning
    full.task = 12544
    full.opcode = 3
    full.keywords = 0x8020_0000_0000_0000
    full.timeCreated = EventTime("2026-03-01T10:20:30.1234567Z")
    full.recordID = 123_456
    full.activityID = "{11111111-0000-0000-0000-000000000000}"
    full.relatedActivityID = "{22222222-0000-0000-0000-000000000000}"
    full.processID = 4012
    full.threadID = 9000
    full.userID = "S-1-5-18"
    full.binary = "0011AAFF"
    return full
  }()

  @Test(
    "the fields of the header have Sigma's names",
    arguments: [
      ("Provider_Name", "msexchangetransport"), ("Provider_Guid", "{AEA1B4FA-97D1-45F2-A64C-4D69FFFD92C9}"),
      ("Provider_EventSourceName", "TransportSource"), ("EventID", "1035"), ("EventID", "10*"), ("Qualifiers", 32772),
      ("EventID_Qualifiers", 32772), ("Version", 2), ("Level", 3), ("Task", 12544), ("Opcode", 3),
      ("Keywords", "0x8020000000000000"), ("TimeCreated", "2026-03-01T10:20:30.1234567Z"),
      ("TimeCreated_SystemTime", "2026-03-01*"), ("EventRecordID", 123_456),
      ("Correlation_ActivityID", "{11111111-*"), ("ActivityID", "{11111111-*"),
      ("Correlation_RelatedActivityID", "{22222222-*"), ("RelatedActivityID", "{22222222-*"), ("ProcessID", 4012),
      ("Execution_ProcessID", 4012), ("ThreadID", 9000), ("Execution_ThreadID", 9000), ("Channel", "Application"),
      ("Computer", "ex01.EXAMPLE.com"), ("UserID", "S-1-5-18"), ("Security_UserID", "S-1-5-18"),
      ("Binary", "0011aaff"),
    ] as [(String, MatchValue)])
  func header(field: String, value: MatchValue) throws {
    #expect(try test(field, value).matches(Self.full))
    #expect(try test(field + "|neq", value).matches(Event()))
    #expect(try test(field, nil).matches(Event()))
  }

  @Test("names ignore letter case and blanks, but the payload comes before the header")
  func looseNames() throws {
    #expect(try test("threatname", "eicar").matches(Self.full))
    #expect(try test("ThreatName", "eicar").matches(Self.full))
    #expect(try test("eventid", 1035).matches(Self.full))
    #expect(try test("ProcessId", "0x1F4").matches(Self.full))
    #expect(try !test("UserId", "S-1-5-18").matches(Self.full))
    #expect(try test("computer", "other").matches(event(data: ["computer": "other"])))
  }

  @Test("a name as spelt comes before the same name in other letter case")
  func exactBeforeLoose() throws {
    let both = event(data: ["STATUS": "1", "Status": "2"])
    #expect(try test("Status", "2").matches(both))
    #expect(try !test("Status", "1").matches(both))
    #expect(try test("status", "1").matches(both))
    #expect(try test("status", "2").matches(both))
  }

  @Test("a repeated name fits with any of its values")
  func repeated() throws {
    let repeated = event(data: ["Address": "a", "Address": "b"])
    #expect(try test("Address", "b").matches(repeated))
    #expect(try !test("Address", "c").matches(repeated))
  }

  @Test("'Data' is any of the elements without a name")
  func unnamedData() throws {
    let strings = event(data: ["Name": "named"], strings: ["one", "two"])
    #expect(try test("Data", "two").matches(strings))
    #expect(try !test("Data", "named").matches(strings))
    #expect(try test("Data", nil).matches(event(data: ["Name": "named"])))
  }

  @Test(
    "user data is found by path, by the end of its path and by name",
    arguments: [
      ("LogFileCleared/SubjectUserName", true), ("SubjectUserName", true), ("subjectusername", true),
      ("UserName", false), ("Cleared/SubjectUserName", false), ("A/B/@code", true), ("B/@code", true),
      ("@code", true), ("code", true), ("B", false),
    ])
  func userData(field: String, isFound: Bool) throws {
    let cleared = event(userData: ["LogFileCleared/SubjectUserName": "x", "A/B/@code": "x"])
    #expect(try test(field, "x").matches(cleared) == isFound)
  }

  @Test("the names of a rule's parameters mean its insertion strings, named or not")
  func parameters() throws {
    let mechanism = try rule("r", [test("mechanism", "NTLM")]) { $0.parameters = ["error", "mechanism"] }
    #expect(mechanism.matches(event(strings: ["e", "ntlm"])))
    #expect(mechanism.matches(event(data: ["param1": "e", "param2": "NTLM"])))
    #expect(!mechanism.matches(event(strings: ["NTLM", "e"])))
    #expect(!mechanism.matches(event(strings: ["NTLM"])))
    #expect(!mechanism.matches(event(data: ["mechanism": "NTLM"])))
    let channel = try rule("r", [test("Channel", "x")]) { $0.parameters = ["Channel"] }
    #expect(channel.matches(event(strings: ["x"])))
    #expect(!channel.matches(event(channel: "x")))
  }

  @Test("keywords are looked for in every text of the event")
  func keywords() throws {
    let strings = event(strings: ["Set-OabVirtualDirectory", "-Identity x"])
    #expect(try test("", "oabvirtual").matches(strings))
    #expect(try test("", "set*directory").matches(strings))
    #expect(try test("", "nothing", "TestProv").matches(strings))
    #expect(try test("", "ex01").matches(strings))
    #expect(try !test("", "1").matches(event(data: ["a": "b"])) == false)
    #expect(try test("|all", "Oab", "identity").matches(strings))
    #expect(try !test("|all", "Oab", "nothing").matches(strings))
    #expect(try test("|re", "^-Id").matches(strings))
    #expect(try !test("|startswith", "Identity").matches(strings))
    #expect(try test("|cased", "Oab").matches(strings))
    #expect(try !test("|cased", "oab").matches(strings))
    #expect(try test("", 1234).matches(event(data: ["a": "x12345"])))
    #expect(try test("", "leaf").matches(event(userData: ["A/B": "a leaf"])))
  }

  @Test("the rendered message counts for keywords, and is the field Message where no value has that name")
  func renderedMessage() throws {
    var rendered = ticket("The disk is failing.")
    #expect(try test("", "disk").matches(rendered))
    #expect(try test("Message|contains", "disk").matches(rendered))
    rendered.data = [DataItem(name: "Other", value: "x")]
    #expect(try test("", "disk").matches(rendered))
    #expect(try test("message|endswith", "failing.").matches(rendered))
    rendered.data = [DataItem(name: "Message", value: "x")]
    #expect(try !test("Message|contains", "disk").matches(rendered))
    #expect(try test("Message", nil).matches(event(data: ["Other": "x"])))
  }
}
