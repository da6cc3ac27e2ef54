import EventLog
import Foundation
import RuleEngine
import Testing

/// Modifiers, by Sigma's modifiers appendix 2.1.0. Those that packs used before are in `ModifierTests`.
@Suite struct SigmaModifierTests {
  @Test(
    "windash: options may begin with any dash (String Modifiers)",
    arguments: [
      ("-f", "cmd -f", true), ("-f", "cmd /f", true), ("-f", "cmd \u{2013}f", true), ("-f", "cmd \u{2014}F", true),
      ("-f", "cmd \u{2015}f", true), ("/f", "cmd -f", true), ("\u{2013}f", "cmd -f", true), ("-f", "cmd +f", false),
      // Every dash by itself, and all permutations.
      ("-a /b -c", "x /a \u{2013}b \u{2015}c", true), ("-a /b -c", "x /a \u{2013}b c", false),
      // Only a dash that begins a word: none within it, none before a blank.
      ("-pass-word", "/pass-word", true), ("-pass-word", "/pass/word", false), ("a-b", "a/b", false),
      ("- x", "/ x", false), ("--x", "-/x", true), ("--x", "/-x", false),
      // Wildcards and escapes stay.
      ("-a*b", "/a--b", true), ("-a?b", "\u{2014}a.b", true), (#"-a\*"#, "/a*", true), (#"-a\*"#, "/ab", false),
    ])
  func windash(value: String, text: String, isExpected: Bool) throws {
    #expect(try fits(text, "Field|contains|windash", .string(value)) == isExpected)
    #expect(try fits(text, "Field|windash|contains", .string(value)) == isExpected)
  }

  @Test("windash goes with the other text modifiers, at either end")
  func windashPlaces() throws {
    #expect(try fits("\u{2013}x foo", "Field|windash|startswith", "-x"))
    #expect(try fits("foo \u{2013}x", "Field|windash|endswith", "-x"))
    #expect(try !fits("foo \u{2013}xy", "Field|windash|endswith", "-x"))
    #expect(try fits("/x", "Field|windash", "-x"))
    #expect(try fits("a /x /y", "Field|windash|contains|all", "-x", "-y"))
    #expect(try !fits("a /X", "Field|windash|contains|cased", "-x"))
    // A text that is cut within a dash is no dash.
    #expect(try !fits("\u{2003}x", "Field|windash", "-x"))
  }

  @Test(
    "base64 (Encoding)",
    arguments: [
      ("Field|base64", "ping", "cGluZw==", true), ("Field|base64|contains", "foobar", "xxZm9vYmFyxx", true),
      ("Field|base64", "ping", "cGluZw", false), ("Field|wide|base64", "cmd", "YwBtAGQA", true),
      ("Field|utf16le|base64", "cmd", "YwBtAGQA", true), ("Field|utf16be|base64", "cmd", "AGMAbQBk", true),
      // The byte order mark is FF FE, as the specification says.
      ("Field|utf16|base64", "cmd", "//5jAG0AZAA=", true), ("Field|wide|base64", "ä漢", "5AAibw==", true),
      ("Field|base64|cased", "ping", "CGLUZW==", false), ("Field|base64", "a\\*b", "YSpi", true),
      ("Field|windash|base64", "-x", "L3g=", true), ("Field|windash|base64", "-x", "4oCTeA==", true),
    ])
  func base64(key: String, value: String, text: String, isExpected: Bool) throws {
    #expect(try fits(text, key, .string(value)) == isExpected)
  }

  @Test(
    "base64offset finds a text in Base64 at every offset (Encoding)",
    arguments: ["http://", "foobar", "ab", "abc", "New-Object", "ü"])
  func base64offset(value: String) throws {
    for before in ["", "x", "xy", "xyz"] {
      for after in ["", "1", "12", "123"] {
        let encoded = Base64.encode(before + value + after)
        #expect(try fits(encoded, "Field|base64offset|contains", .string(value)), "\(before)…\(after)")
      }
    }
    let wide = Base64.encode(utf16: "x" + value)
    #expect(try fits(wide, "Field|wide|base64offset|contains", .string(value)))
    #expect(try !fits("nothing at all", "Field|base64offset|contains", .string("foobar")))
    #expect(
      try fits(
        Base64.encode("foo") + Base64.encode("xbar"), "Field|base64offset|contains|all", .string("foo"), .string("bar"))
    )
  }

  @Test(
    "fieldref compares two fields of an event (Specific Modifiers)",
    arguments: [
      ("A|fieldref", ["A": "x", "B": "X"], true), ("A|fieldref", ["A": "x", "B": "y"], false),
      ("A|fieldref", ["A": "x"], false), ("A|fieldref", ["B": "x"], false), ("A|fieldref", ["A": "", "B": ""], true),
      ("A|fieldref|neq", ["A": "x", "B": "X"], false), ("A|fieldref|neq", ["A": "x", "B": "y"], true),
      ("A|fieldref|startswith", ["A": "abc", "B": "AB"], true),
      ("A|fieldref|startswith", ["A": "abc", "B": "bc"], false),
      ("A|fieldref|endswith", ["A": "abc", "B": "bc"], true), ("A|fieldref|endswith", ["A": "abc", "B": "ab"], false),
      ("A|fieldref|contains", ["A": "abc", "B": "b"], true), ("A|fieldref|contains", ["A": "abc", "B": "d"], false),
      // The other field's text has no wildcards.
      ("A|fieldref", ["A": "abc", "B": "*"], false), ("A|fieldref", ["A": "*", "B": "*"], true),
    ] as [(String, [String: String], Bool)])
  func fieldref(key: String, data: [String: String], isExpected: Bool) throws {
    var event = event()
    event.data = data.map { DataItem(name: $0.key, value: $0.value) }
    #expect(try test(key, "B").matches(event) == isExpected)
  }

  @Test("fieldref reaches fields of the header, and any of repeated ones")
  func fieldrefReach() throws {
    #expect(try test("Host|fieldref", "Computer").matches(event(data: ["Host": "ex01.EXAMPLE.com"])))
    #expect(try test("A|fieldref", "Data").matches(event(data: ["A": "2"], strings: ["1", "2"])))
    #expect(try test("A|fieldref|all", "B", "C").matches(event(data: ["A": "x", "B": "x", "C": "x"])))
    #expect(try !test("A|fieldref|all", "B", "C").matches(event(data: ["A": "x", "B": "x", "C": "y"])))
    #expect(try test("A|fieldref", "B", "C").matches(event(data: ["A": "x", "B": "z", "C": "x"])))
  }

  @Test("fieldref follows the mapping of a log source")
  func fieldrefMapped() throws {
    let loaded = loadSigma(
      sigmaRule("a: {CurrentDirectory|fieldref: Image}\ncondition: a", logsource: "{category: process_creation}"))
    let rule = try #require(loaded.rules.first)
    #expect(rule.matches(security(4688, ["CurrentDirectory": "x", "NewProcessName": "x"])))
    #expect(!rule.matches(security(4688, ["CurrentDirectory": "x", "Image": "x"])))
  }

  @Test(
    "parts of a time, in UTC (Time Modifiers)",
    arguments: [
      ("minute", 34, "2024-05-01T12:34:56.1234567Z", true), ("minute", 33, "2024-05-01 12:34:56.789", false),
      ("hour", 12, "2024-05-01 12:34:56.789", true), ("hour", 16, "2024-05-01T12:34:56-04:00", true),
      ("hour", 0, "2024-05-01T00:00:00Z", true), ("day", 29, "2024-02-29T23:59:59Z", true),
      ("day", 1, "2024-02-29T23:59:59-00:01", true), ("month", 12, "2023-12-31T00:00:00Z", true),
      ("year", 2024, "2024-01-01", true), ("year", 2024, "2023-12-31", false),
      // ISO 8601: the week of the first Thursday is the first.
      ("week", 1, "2024-01-01", true), ("week", 52, "2023-12-31", true), ("week", 53, "2020-12-31", true),
      ("week", 53, "2021-01-03", true), ("week", 1, "2021-01-04", true), ("week", 1, "2024-12-30", true),
      ("week", 9, "2024-02-29", true), ("year", 1969, "1969-12-31T23:59:59Z", true),
      ("day", 31, "1969-12-31T23:59:59Z", true), ("hour", 23, "1969-12-31T23:59:59Z", true),
      ("hour", 12, "noon", false), ("year", 2024, "2024", false),
    ] as [(String, MatchValue, String, Bool)])
  func timeParts(part: String, value: MatchValue, text: String, isExpected: Bool) throws {
    #expect(try fits(text, "Field|\(part)", value) == isExpected)
  }

  @Test("parts of a time: lists, neq, and the time of the event itself")
  func timePartLists() throws {
    var night = event()
    night.timeCreated = EventTime("2024-05-01T03:00:00Z")
    #expect(try test("TimeCreated|hour", 2, 3, 4).matches(night))
    #expect(try !test("TimeCreated|hour|neq", 2, 3, 4).matches(night))
    #expect(try !test("Other|hour", 3).matches(night))
  }

  @Test("the anchors of a placed expression hold for the whole of it")
  func placedExpressions() throws {
    #expect(try fits("abc", "Field|re|startswith", "a|x"))
    #expect(try !fits("bac", "Field|re|startswith", "a|x"))
    #expect(try fits("abc", "Field|re|endswith", "x|c"))
    #expect(try !fits("cab\n", "Field|re|endswith", "x|b"))
    #expect(try fits("abc", "Field|re|contains", "b"))
    #expect(try fits("A\nB", "Field|re|ignorecase|multiline", "^b$"))
    #expect(try fits("a\nb", "Field|re|dotall", "a.b"))
  }

  @Test("what placeholders stand for is written as in the log source, too")
  func mappedPlaceholders() throws {
    let text = sigmaRule(
      "a: {IntegrityLevel|expand: ['%Levels%', Low]}\ncondition: a",
      logsource: "{product: windows, category: process_creation}")
    var options = RuleLoadingOptions()
    options.placeholders = Placeholders(["Levels": ["High", "System"]])
    let loaded = RulePackLoader.load([RuleFile(path: "a.yml", text: text)], adding: logSources, options: options)
    let rule = try #require(loaded.rules.first)
    #expect(rule.matches(security(4688, ["MandatoryLabel": "S-1-16-12288"])))
    #expect(rule.matches(security(4688, ["MandatoryLabel": "System"])))
    #expect(rule.matches(sysmon(1, ["IntegrityLevel": "High"])))
    #expect(!rule.matches(security(4688, ["MandatoryLabel": "High"])))
  }

  @Test(
    "expand puts lists in the place of placeholders (Specific Modifiers; Placeholders)",
    arguments: [
      ("Field|expand", "%Admins%", "adm_x", true), ("Field|expand", "%Admins%", "ROOT", true),
      ("Field|expand", "%Admins%", "user", false), ("Field|expand", #"EX\%Admins%"#, "EX%Admins%", true),
      ("Field|expand", #"\%plain%Admins%"#, "%plainroot", true), ("Field|expand", "100%", "100%", true),
      ("Field", "%Admins%", "%admins%", true), ("Field", "%Admins%", "root", false),
      ("Field|contains|expand", "%Admins%", "the root user", true),
      ("Field|expand|contains", "%Admins%", "the root user", true),
      ("Field|expand|endswith", #"\%Admins%"#, "x%Admins%", true),
      ("Field|expand", "%Hosts%-%Admins%", "b-root", true),
      ("Field|expand", "%Hosts%-%Admins%", "c-root", false), ("Field|expand|neq", "%Admins%", "root", false),
      ("Field|re|expand", "^%Odd%$", "a.b", true), ("Field|re|expand", "^%Odd%$", "axb", false),
      ("Field|re|expand", "^%Hosts%x", "bx", true), ("Field|expand|base64", "%Hosts%", "YQ==", true),
      ("Field|expand|cased", "%Hosts%", "A", false), ("Field|expand|windash|contains", "-%Hosts%", "x /b", true),
    ])
  func expand(key: String, value: String, text: String, isExpected: Bool) throws {
    let placeholders = Placeholders(["Admins": ["adm_*", "root"], "Hosts": ["a", "b"], "Odd": ["a.b"]])
    let parts = key.split(separator: "|").map(String.init)
    let compiled = try FieldTest.compile(
      field: parts[0], modifiers: Array(parts.dropFirst()), values: [.string(value)], placeholders: placeholders)
    #expect(compiled.matches(event(data: ["Field": text])) == isExpected)
  }

  @Test("a placeholder whose list is empty says so")
  func emptyPlaceholder() {
    let error = mistake { () throws(MatchError) in
      _ = try FieldTest.compile(
        field: "Field", modifiers: ["expand"], values: ["%Admins%"], placeholders: Placeholders(["Admins": []]))
    }
    #expect(error?.message == "the list of the placeholder '%Admins%' is empty")
    #expect(error?.hint == "give it one value at least")
  }

  @Test("a file of placeholders that is not there, or is no text, says so")
  func placeholderFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("placeholders-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("names.yaml").path
    let missing = #expect(throws: RulePackLoader.Failure.self) { try Placeholders(path: path) }
    #expect(missing?.description == "\(path): no such file; check the path of the placeholders.")
    try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: path))
    let unreadable = #expect(throws: RulePackLoader.Failure.self) { try Placeholders(path: path) }
    #expect(unreadable?.description == "\(path): the file cannot be read as UTF-8 text.")
  }

  @Test("an address of a network may be asked for in any value")
  func networkAnywhere() throws {
    let anywhere = try FieldTest.compile(field: "", modifiers: ["cidr"], values: ["10.0.0.0/8"])
    #expect(anywhere.matches(security(1, ["A": "x", "B": "10.1.2.3"])))
    #expect(!anywhere.matches(security(1, ["A": "x", "B": "11.1.2.3"])))
  }

  @Test("with 'all', any value of a placeholder is enough for its place")
  func expandAll() throws {
    let compiled = try FieldTest.compile(
      field: "Field", modifiers: ["contains", "all", "expand"], values: ["%Hosts%", "x"],
      placeholders: Placeholders(["Hosts": ["a", "b"]]))
    #expect(compiled.matches(event(data: ["Field": "bx"])))
    #expect(!compiled.matches(event(data: ["Field": "b"])))
  }

  @Test("keywords take the same modifiers")
  func keywords() throws {
    let event = event(data: ["Field": "run /f", "Other": Base64.encode("xfoobar")])
    #expect(try keyword("windash", "-f").matches(event))
    #expect(try keyword("base64offset", "foobar").matches(event))
    #expect(try keyword("re", "^run").matches(event))
    #expect(try keyword("startswith", "run").matches(event))
    #expect(try !keyword("startswith", "/f").matches(event))
    #expect(try keyword("all", "run", "/f").matches(event))
    #expect(try !keyword("all", "run", "/g").matches(event))
    #expect(try keyword("cased", "run").matches(event))
    #expect(try !keyword("cased", "RUN").matches(event))
  }

  private func keyword(_ modifier: String, _ values: MatchValue...) throws(MatchError) -> FieldTest {
    try FieldTest.compile(field: "", modifiers: [modifier], values: values)
  }

  @Test(
    "what cannot be is refused by name",
    arguments: [
      ("Field|base64", "a*", "wildcard"), ("Field|base64offset", "a?", "wildcard"),
      ("Field|wide", "cmd", "encoding-alone"),
      ("Field|utf16|contains", "cmd", "modifier-conflict"), ("Field|contains|base64", "a", "wildcard"),
      ("Field|base64|wide", "a", "encoding-alone"), ("Field|wide|utf16|base64", "a", "modifier-conflict"),
      ("Field|fieldref", "a*", "wrong-type"), ("Field|fieldref", 5, "wrong-type"),
      ("Field|fieldref|re", "a", "modifier-conflict"), ("Field|contains|fieldref", "a", "modifier-conflict"),
      ("Field|fieldref|contains|startswith", "a", "modifier-conflict"),
      ("Field|fieldref|cased", "a", "modifier-conflict"),
      ("Field|hour", 24, "wrong-type"), ("Field|hour", -1, "wrong-type"), ("Field|week", 54, "wrong-type"),
      ("Field|week", 0, "wrong-type"), ("Field|hour", "12", "wrong-type"), ("Field|minute", 1.5, "wrong-type"),
      ("Field|hour|gte", 12, "modifier-conflict"), ("Field|gte|hour", 12, "modifier-conflict"),
      ("Field|expand", "%Nobody%", "unknown-placeholder"), ("Field|expand|re", "a", "modifier-conflict"),
      ("Field|cidr|expand", "10.0.0.0/8", "modifier-conflict"), ("Field|i", "a", "modifier-conflict"),
      ("Field|windash|re", "a", "modifier-conflict"), ("Field|re|windash", "a", "modifier-conflict"),
      ("Field|windash", true, "wrong-type"), ("Field|base64", nil, "wrong-type"),
      ("Field|windash|base64", "-a -b -c -d -e -f", "too-many-dashes"),
      ("Field|base64offset", "a", "too-short"),
      ("|gt", 5, "missing-field"), ("|gte", 5, "missing-field"), ("|lt", 5, "missing-field"),
      ("|lte|neq", 1.5, "missing-field"), ("|hour", 3, "missing-field"), ("|year", 2024, "missing-field"),
    ] as [(String, MatchValue, String)])
  func refused(key: String, value: MatchValue, code: String) {
    #expect(mistake { () throws(MatchError) in _ = try test(key, value) }?.code == code)
  }
}

/// Base64 as a sender makes it.
private enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  static func encode(_ text: String) -> String { encode(Array(text.utf8)) }

  static func encode(utf16 text: String) -> String {
    encode(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
  }

  private static func encode(_ bytes: [UInt8]) -> String {
    var result = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << ((3 - part.count) * 8)
      for index in 0..<4 {
        result.append(index <= part.count ? digits[bits >> (18 - 6 * index) & 63] : "=")
      }
    }
    return result
  }
}
