import EventLog
import Testing

@testable import RuleEngine

@Suite struct ModifierTests {
  @Test(
    "one value",
    arguments: [
      ("Field|contains", "bc", "aBCd", true), ("Field|contains", "b*d", "abcde", true),
      ("Field|contains", "bd", "abcd", false), ("Field|contains", "", "", true),
      ("Field|contains", #"\*"#, "a*b", true), ("Field|contains", #"\*"#, "ab", false),
      ("Field|startswith", "ab", "ABc", true), ("Field|startswith", "b", "abc", false),
      ("Field|startswith", "a?c", "abcd", true),
      ("Field|endswith", "bc", "aBC", true), ("Field|endswith", "b", "abc", false),
      ("Field|endswith", #"\cmd.exe"#, #"C:\Windows\CMD.EXE"#, true),
      ("Field|endswith", #"*\cmd.exe"#, #"\cmd.exe"#, true),
      ("Field|cased", "Abc", "Abc", true), ("Field|cased", "Abc", "abc", false), ("Field|cased", "A*", "abc", false),
      ("Field|contains|cased", "B", "aBc", true), ("Field|cased|contains", "B", "abc", false),
      ("Field|startswith|cased", "A", "abc", false), ("Field|endswith|cased", "C", "abC", true),
      ("Field|neq", "a", "b", true), ("Field|neq", "a", "A", false), ("Field|contains|neq", "a", "bab", false),
      ("Field|re", "b+c", "abbcd", true), ("Field|re", "^b", "ab", false), ("Field|re", "B", "abc", false),
      ("Field|re", #"\d{3}\s"#, "code 123 ", true), ("Field|re", "a*c", "zzc", true),
      ("Field|re|i", "B", "abc", true), ("Field|re", "^b$", "a\nb\nc", false), ("Field|re|m", "^b$", "a\nb\nc", true),
      ("Field|re", "a.b", "a\nb", false), ("Field|re|s", "a.b", "a\nb", true), ("Field|re|i|s", "A.B", "a\nb", true),
      ("Field|re|s|i", "A.B", "a\nb", true), ("Field|re|neq", "b", "abc", false), ("Field|re", "漢.", "x漢字", true),
      ("Field|cidr", "192.0.2.0/24", "192.0.2.255", true), ("Field|cidr", "192.0.2.0/24", "192.0.3.0", false),
      ("Field|cidr", "192.0.2.0/24", "::ffff:192.0.2.1", true), ("Field|cidr", "192.0.2.1", "192.0.2.1", true),
      ("Field|cidr", "0.0.0.0/0", "203.0.113.9", true), ("Field|cidr", "0.0.0.0/0", "::1", false),
      ("Field|cidr", "::/0", "192.0.2.1", false), ("Field|cidr", "::/0", "2001:db8::1", true),
      ("Field|cidr", "2001:db8::/32", "2001:DB8:0:1::2", true), ("Field|cidr", "2001:db8::/32", "2001:db9::", false),
      ("Field|cidr", "fe80::/10", "fe80::1%12", true), ("Field|cidr", "::1/128", "0:0:0:0:0:0:0:1", true),
      ("Field|cidr", "10.0.0.0/8", "-", false), ("Field|cidr", "10.0.0.0/8", "10.1.2", false),
      ("Field|cidr", "10.0.0.0/8", "10.1.2.3:25", false), ("Field|cidr", "10.0.0.0/8", "10.1.2.256", false),
      ("Field|cidr|neq", "10.0.0.0/8", "10.1.2.3", false),
    ])
  func oneValue(key: String, value: String, text: String, isExpected: Bool) throws {
    #expect(try fits(text, key, .string(value)) == isExpected)
  }

  @Test(
    "numbers",
    arguments: [
      ("Field", 4625, "4625", true), ("Field", 4625, "0x1211", false), ("Field", 4625, "4625.0", true),
      ("Field", 4625, "46250", false), ("Field", 4625, "", false), ("Field", -5, "-5", true),
      ("Field", 0, "nan", false), ("Field|neq", 4625, "4626", true), ("Field|neq", 4625, "4625", false),
      ("Field", 1.5, "1.50", true), ("Field", 1.5, "1.6", false),
      ("Field|gt", 10, "11", true), ("Field|gt", 10, "10", false), ("Field|gt", 10, "9", false),
      ("Field|gte", 10, "10", true), ("Field|lt", 10, "9.99", true), ("Field|lt", 10, "10", false),
      ("Field|lte", 10, "10", true), ("Field|lt", 0, "-1", true), ("Field|gt", -2, "-1", true),
      ("Field|gt", 0.5, "0.75", true), ("Field|gt", 1, "0x10", false), ("Field|gt", 1, "five", false),
      ("Field|lt", 1, "", false), ("Field|gt", 1, "infinity", false), ("Field|gt|neq", 5, "6", false),
      ("Field|gt", .integer(9_007_199_254_740_992), "9007199254740993", true), ("Field|contains", 62, "4625", true),
    ] as [(String, MatchValue, String, Bool)])
  func numbers(key: String, value: MatchValue, text: String, isExpected: Bool) throws {
    #expect(try fits(text, key, value) == isExpected)
  }

  @Test(
    "booleans and quoted numbers",
    arguments: [
      (true, "true", true), (true, "True", true), (true, "false", false), (true, "1", false), (false, "FALSE", true),
      ("4625", "4625", true), ("0x17", "0X17", true), ("0x17", "23", false), ("true", "True", true),
    ] as [(MatchValue, String, Bool)])
  func otherTypes(value: MatchValue, text: String, isExpected: Bool) throws {
    #expect(try fits(text, "Field", value) == isExpected)
  }

  @Test("a list means any of its values")
  func list() throws {
    #expect(try fits("b", "Field", "a", "B", 3))
    #expect(try fits("3", "Field", "a", "B", 3))
    #expect(try !fits("c", "Field", "a", "B", 3))
    #expect(try fits("5", "Field|gt", 10, 4))
    #expect(try fits("10.1.1.1", "Field|cidr", "192.0.2.0/24", "10.0.0.0/8"))
    #expect(try fits("x9", "Field|re", "^a", "9$"))
  }

  @Test("'all' asks for every value")
  func all() throws {
    #expect(try fits("one two", "Field|contains|all", "two", "ONE"))
    #expect(try !fits("one", "Field|contains|all", "two", "one"))
    #expect(try fits("one two", "Field|all|contains", "two", "one"))
    #expect(try fits("one", "Field|contains|all", "one"))
    #expect(try fits("15", "Field|re|all", "^1", "5$"))
  }

  @Test("'all' is met by different values of a repeated field")
  func allOverRepeatedFields() throws {
    let repeated = event(strings: ["one", "two"])
    #expect(try test("Data|all", "one", "two").matches(repeated))
    #expect(try !test("Data|all", "one", "three").matches(repeated))
  }

  @Test("'neq' on a list means none of its values, and holds where the field is not there")
  func neq() throws {
    #expect(try !fits("b", "Field|neq", "a", "b"))
    #expect(try fits("c", "Field|neq", "a", "b"))
    #expect(try test("Other|neq", "a").matches(event(data: ["Field": "a"])))
    #expect(try fits("one", "Field|contains|all|neq", "one", "two"))
    #expect(try !fits("one two", "Field|contains|all|neq", "one", "two"))
    #expect(try !test("Data|neq", "one").matches(event(strings: ["one", "two"])))
  }

  @Test("null means that the field is not there, or has no value")
  func null() throws {
    #expect(try test("Other", nil).matches(event(data: ["Field": ""])))
    #expect(try test("Field", nil).matches(event(data: ["Field": ""])))
    #expect(try !test("Field", nil).matches(event(data: ["Field": " "])))
    #expect(try test("Field", "").matches(event(data: ["Field": ""])))
    #expect(try !test("Other", "").matches(event(data: ["Field": ""])))
    #expect(try !test("Field|neq", nil).matches(event(data: ["Field": ""])))
    #expect(try test("Field|neq", nil).matches(event(data: ["Field": "x"])))
    #expect(try test("Field", nil, "x").matches(event(data: ["Field": "X"])))
    #expect(try test("Field", nil, "x").matches(event()))
    #expect(try !test("Field|neq", nil).matches(event()))
    #expect(try test("Qualifiers", nil).matches(event()))
  }

  @Test("'exists' asks whether the field is there, empty or not")
  func exists() throws {
    let some = event(data: ["Field": ""])
    #expect(try test("Field|exists", true).matches(some))
    #expect(try !test("Field|exists", false).matches(some))
    #expect(try test("Other|exists", false).matches(some))
    #expect(try !test("Other|exists", true).matches(some))
    #expect(try test("EventID|exists", true).matches(some))
    #expect(try test("Data|exists", false).matches(some))
    #expect(try test("Binary|exists", false).matches(some))
  }

  @Test(
    "an expression that takes too many steps is given up",
    arguments: ["^(a+)+$", "^(a|a)*$", "(?:a|aa)+$", "(a*)*b$", "(?:[ab]|a)*c"])
  func hostileRegex(pattern: String) throws {
    let text = String(repeating: "a", count: 50_000) + "!"
    let start = ContinuousClock.now
    #expect(try !fits(text, "Field|re", .string(pattern)))
    #expect(ContinuousClock.now - start < .seconds(5))
    let matcher = try #require(RegexMatcher(pattern, options: []))
    let workspace = RegexWorkspace()
    let outcome = Array(text.utf8).withUnsafeBytes { matcher.outcome($0, workspace) }
    #expect(outcome != .fits)
    #expect(Array("aac".utf8).withUnsafeBytes { matcher.outcome($0, workspace) } != .abandoned)
  }

  @Test("text that is no UTF-8 fits up to the damage")
  func damagedText() throws {
    let matcher = try #require(RegexMatcher("ab.d$", options: .ignoreCase))
    let workspace = RegexWorkspace()
    for (bytes, expected) in [
      (Array("xxABcd".utf8), RegexMatcher.Outcome.fits), ([0xFF, 0xC3] + Array("abcd".utf8), .fits),
      (Array("abcd".utf8) + [0xC3], .unfit), ([], .unfit),
    ] {
      #expect(bytes.withUnsafeBytes { matcher.outcome($0, workspace) } == expected)
    }
  }

  @Test("an expression looks at the beginning of a very long text only")
  func longText() throws {
    let text = String(repeating: "x", count: RegexMatcher.longestText) + "needle"
    #expect(try !fits(text, "Field|re", "needle"))
    #expect(try fits("needle" + text, "Field|re", "needle"))
    #expect(try fits(text, "Field|contains", "needle"))
  }
}
