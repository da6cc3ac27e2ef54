import Testing

@testable import RuleEngine

@Suite("signs of expressions") struct RegexSignsTests {
  @Test(
    "the bytes that every match has so many of are found",
    arguments: [
      ("\\w+`(?:\\w+|-|.)`[\\w+|\\s]", ["`2"]), ("\\^.*\\^.*\\^", ["^3"]), ("a-b:c", ["-1", ":1"]),
      ("(?:\\{\\d\\}){3}\\s*-f", ["{3", "}3"]), ("(-u|--user):", ["-1", ":1"]), ("(-u)?x", []), ("(-u)*-", ["-1"]),
      ("-{2,}", ["-2"]), ("-+", ["-1"]), ("-?", []), ("abc|d-e", []), ("a-|-b", ["-1"]), ("[-]", []), ("\\x2D", []),
      ("no sign", []), ("-:;", ["-1", ":1"]), ("(?=-)", []), ("(", []),
    ] as [(String, [String])])
  func signs(pattern: String, expected: [String]) {
    let signs = RegexLiterals.signs(of: pattern).map { "\(Character(UnicodeScalar($0.byte)))\($0.count)" }
    #expect(signs == expected)
  }

  @Test("no match lacks them")
  func neverMisses() throws {
    var random = SeededGenerator(state: 5)
    var (matchCount, signCount) = (0, 0)
    for _ in 0..<1500 {
      let pattern = Self.randomPattern(&random, depth: 2)
      // A comment is not understood, so nothing is known of the same expression with one.
      guard let matcher = RegexMatcher(pattern, options: []), let plain = RegexMatcher("(?#)" + pattern, options: [])
      else { continue }
      if !RegexLiterals.signs(of: pattern).isEmpty { signCount += 1 }
      for _ in 0..<20 {
        let text = random.words(of: ["-", "-:", "`", "a", "b:", "{}"], upTo: 10)
        #expect(matcher.matches(text) == plain.matches(text), "\(pattern) in \(text)")
        if plain.matches(text) { matchCount += 1 }
      }
    }
    #expect(matchCount > 500 && signCount > 300)
  }

  @Test("a sign that is asked for many times is found among more, and missed among fewer, in few steps")
  func manySigns() throws {
    let matcher = try #require(RegexMatcher(Array(repeating: "\\+", count: 14).joined(separator: ".*"), options: []))
    func outcome(_ count: Int) -> RegexMatcher.Outcome {
      let text = Array(String(repeating: "ab+", count: count).utf8)
      return text.withUnsafeBytes { matcher.outcome($0, RegexWorkspace()) }
    }
    #expect(outcome(13) == .unfit)
    for count in [14, 40, 400] { #expect(outcome(count) == .fits) }
  }

  @Test("taking little first or much first finds the same")
  func greed() throws {
    var random = SeededGenerator(state: 21)
    var matchCount = 0
    for _ in 0..<1000 {
      let parts = (0..<3).map { _ in Self.randomPattern(&random, depth: 1) }
      let pattern = parts.joined(separator: ".*")
      // An optional part that is lazy fits nothing, but makes the engine take much first elsewhere.
      guard let little = RegexMatcher(pattern, options: []), let much = RegexMatcher(pattern + "x??", options: [])
      else { continue }
      for _ in 0..<10 {
        let text = random.words(of: ["-", "-:", "`", "a", "b:", "{}", "\n"], upTo: 12)
        #expect(little.matches(text) == much.matches(text), "\(pattern) in \(text)")
        if much.matches(text) { matchCount += 1 }
      }
    }
    #expect(matchCount > 300)
  }

  private static func randomPattern(_ random: inout SeededGenerator, depth: Int) -> String {
    let quantifiers = ["", "", "", "?", "*", "+", "{2}", "{0,1}", "{1,}"]
    return (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let quantifier = quantifiers.randomElement(using: &random) ?? ""
      if depth > 0, Bool.random(using: &random) {
        let branches = (0..<Int.random(in: 1...3, using: &random)).map { _ in randomPattern(&random, depth: depth - 1) }
        return "(" + branches.joined(separator: "|") + ")" + quantifier
      }
      let atoms = ["-", "\\-", "`", ":", "a", "[-a]", ".", "\\{", "b:"]
      return (atoms.randomElement(using: &random) ?? "") + quantifier
    }.joined()
  }

  @Test("bytes are counted wherever they stand", arguments: 0...20)
  func counts(offset: Int) {
    let text = String(repeating: "a", count: offset) + "-b--,.-" + String(repeating: "\u{2D}x", count: 5)
    let count = text.utf8.count { $0 == 0x2D }
    Array(text.utf8).withUnsafeBytes { bytes in
      #expect(ByteSearch.contains(0x2D, atLeast: count, in: bytes))
      #expect(!ByteSearch.contains(0x2D, atLeast: count + 1, in: bytes))
      #expect(ByteSearch.contains(0x2D, atLeast: 0, in: bytes))
    }
  }
}
