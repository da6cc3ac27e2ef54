import RuleEngine
import Testing

@Suite struct TextMatchingTests {
  @Test(
    "escapes follow Sigma",
    arguments: [
      // value in the rule, a text that fits, a text that does not
      (#"C:\Windows"#, #"C:\Windows"#, #"C:\\Windows"#),
      (#"a\b"#, #"a\b"#, "ab"),
      (#"\"#, #"\"#, ""),
      (#"\\"#, #"\"#, #"\\"#),
      (#"\\\"#, #"\\"#, #"\"#),
      (#"\\\\"#, #"\\"#, #"\\\"#),
      (#"a\*b"#, "a*b", "axb"),
      (#"a\?b"#, "a?b", "axb"),
      (#"a\\*"#, #"a\xyz"#, "axyz"),
      (#"a\\\*"#, #"a\*"#, #"a\x"#),
      (#"a\\?"#, #"a\x"#, #"a\"#),
      (#"\\server\share"#, #"\server\share"#, #"\\server\share"#),
      (#"\\\\server\share"#, #"\\server\share"#, #"\server\share"#),
    ])
  func escapes(value: String, fitting: String, other: String) throws {
    #expect(try fits(fitting, "Field", .string(value)))
    #expect(try !fits(other, "Field", .string(value)))
  }

  @Test(
    "wildcards",
    arguments: [
      ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "a\r\nc", true), ("a*c", "abcd", false),
      ("a?c", "abc", true), ("a?c", "ac", false), ("a?c", "a漢c", true), ("a?c", "a漢漢c", false),
      ("??", "漢字", true), ("*?", "", false), ("?*", "x", true), ("*", "", true), ("**", "x", true),
      ("*a*b*", "xaxbx", true), ("*a*b*", "xbxa", false), ("ab*ba", "aba", false), ("ab*ba", "abba", true),
      ("*?b", "b", false), ("*?b", "ab", true), ("*漢?", "漢字漢x", true), ("*a?c*d", "abcabd", true),
      ("*a?c*", "aac aXc", true), ("*aa?b*", "aaaab", true), ("a*?", "a", false), ("a*?", "aé", true),
      ("*x*x*x*", "xx", false), ("*x*x*x*", "xxx", true), ("*a?c", "abcabc", true), ("*??", "é", false),
    ])
  func wildcards(value: String, text: String, isExpected: Bool) throws {
    #expect(try fits(text, "Field", .string(value)) == isExpected)
  }

  @Test(
    "letter case does not matter, in any script",
    arguments: [
      ("ABC", "abc"), ("abc", "ABC"), ("straße", "STRAßE"), ("ÄRGER", "ärger"), ("ΣΑΣ", "σας"), ("привет", "ПРИВЕТ"),
      ("k", "\u{212A}"), ("\u{212A}", "K"), ("s", "ſ"), ("*ÉTÉ*", "un été chaud"), ("@[`{", "@[`{"),
    ])
  func ignoringCase(value: String, text: String) throws {
    #expect(try fits(text, "Field", .string(value)))
    #expect(try fits(text, "Field|cased", .string(value)) == text.unicodeScalars.elementsEqual(value.unicodeScalars))
  }

  @Test(
    "different texts stay different",
    arguments: [
      ("@", "`"), ("[", "{"), ("i", "\u{131}"), ("i", "İ"), ("ß", "ss"), ("é", "e\u{301}"), ("漢", "字"), ("", "a"),
      ("a", ""), ("ä", "a"), ("null", ""), ("Ａ", "A"),
    ])
  func different(value: String, text: String) throws {
    #expect(try !fits(text, "Field", .string(value)))
  }

  @Test("an empty value fits only an empty field")
  func empty() throws {
    #expect(try fits("", "Field", ""))
    #expect(try !fits(" ", "Field", ""))
    #expect(try !test("Other", "").matches(event(data: ["Field": ""])))
  }

  @Test("a needle is found at every place in a long text, whatever its letter case")
  func positions() throws {
    for length in [1, 2, 5, 31, 32, 33, 70] {
      let needle = String("nEEdle-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ".prefix(length))
      let contains = try test("Field|contains", .string(needle))
      let cased = try test("Field|contains|cased", .string(needle.lowercased()))
      for before in 0..<70 {
        let text = String(repeating: "n", count: before) + needle.uppercased() + String(repeating: "e", count: 40)
        #expect(contains.matches(event(data: ["Field": text])), "length \(length), place \(before)")
        #expect(!contains.matches(event(data: ["Field": String(repeating: "N", count: before) + "-"])) || length == 1)
        if length > 2 { #expect(!cased.matches(event(data: ["Field": text]))) }
      }
    }
  }

  @Test("many wildcards on a long text stay fast")
  func noExplosion() throws {
    let text = String(repeating: "a", count: 20_000)
    let start = ContinuousClock.now
    #expect(try !fits(text, "Field", .string(String(repeating: "*a", count: 200) + "*b*")))
    #expect(try !fits(text, "Field", .string(String(repeating: "*a?", count: 200) + "*b*")))
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("matching agrees with a naive matcher on random texts")
  func agreesWithNaive() throws {
    var random = SeededGenerator(state: 42)
    let alphabet = Array("aAbé漢*?")
    for _ in 0..<5000 {
      let pattern = random.text(of: alphabet, upTo: 6)
      let text = random.text(of: alphabet.dropLast(2), upTo: 8)
      let expected = naive(Array(pattern.lowercased())[...], Array(text.lowercased())[...])
      #expect(try fits(text, "Field", .string(pattern)) == expected, "'\(pattern)' on '\(text)'")
    }
  }

  private func naive(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return naive(pattern.dropFirst(), text) || (!text.isEmpty && naive(pattern, text.dropFirst()))
    }
    guard let character = text.first, first == "?" || first == character else { return false }
    return naive(pattern.dropFirst(), text.dropFirst())
  }
}
