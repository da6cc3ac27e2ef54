import Testing

@testable import RuleEngine

@Suite struct RegexLiteralsTests {
  @Test(
    "texts that every match contains are found",
    arguments: [
      ("Invoke-Mimikatz", ["invoke-mimikatz"]), ("^C:\\\\Users\\\\[^\\\\]+\\\\NTUSER\\.DAT$", ["\\ntuser.dat"]),
      ("ab+cdef", ["bcdef"]), ("abcd*efg", nil), ("abcde*fg", ["abcd"]), ("abcd?efghi", ["efghi"]),
      ("abcd{2}", ["abcd"]), ("xabcd{0,2}", ["xabc"]), ("abcd{1,}ef", ["abcd"]), ("abcd+?efghi", ["defghi"]),
      ("(?i)FooBar", ["foobar"]), ("(?:first|second)", ["first", "second"]), ("first|second|abc", nil),
      ("(one of|two of) them", ["one of", "two of"]), ("(optional)?required", ["required"]),
      ("(optional)*abc", nil), ("(inner)+", ["inner"]), ("[a]bcde", ["bcde"]), ("[]abc]longer[^]x]", ["longer"]),
      ("a.cdefg", ["cdefg"]), ("\\bword\\b", ["word"]), ("\\x41BCDE", nil), ("(?=ahead)text", nil),
      ("\\Qabcd\\E", nil), ("(?#comment)text", nil), ("[[:alpha:]]text", nil), ("Äbcdef", ["bcdef"]),
      ("", nil), ("(", nil), ("abcd)", nil), ("{text", nil), ("abcd{,2}x", nil), ("()long text", ["long text"]),
      ("(*UTF)long text", nil), ("long text\\", nil),
    ] as [(String, [String]?)])
  func literals(pattern: String, expected: [String]?) throws {
    guard let matcher = RegexMatcher(pattern, options: []) else {
      #expect(expected == nil)
      return
    }
    let literals = expected?.map { Literal(position: .anywhere, bytes: Array($0.utf8)) }
    #expect(RegexLiterals.need(of: matcher) == literals.map(LiteralNeed.atLeast) ?? .unknown)
  }

  @Test("no match lacks all of an expression's texts")
  func neverMisses() throws {
    var random = SeededGenerator(state: 11)
    var matchCount = 0
    for _ in 0..<1000 {
      let pattern = Self.randomPattern(&random, depth: 2)
      guard let matcher = RegexMatcher(pattern, options: .ignoreCase) else { continue }
      guard case .atLeast(let literals) = RegexLiterals.need(of: matcher) else { continue }
      for _ in 0..<20 {
        let text = random.words(of: ["abcd", "ab", "c", "d", "ABCD", "x"], upTo: 8)
        guard matcher.matches(text) else { continue }
        matchCount += 1
        #expect(
          literals.contains { text.lowercased().contains(String(decoding: $0.bytes, as: UTF8.self)) },
          "\(pattern) fits \(text)")
      }
    }
    #expect(matchCount > 500)
  }

  private static func randomPattern(_ random: inout SeededGenerator, depth: Int) -> String {
    let quantifiers = ["", "", "", "?", "*", "+", "{2}", "{0,1}", "+?", "{1,}"]
    return (0..<Int.random(in: 1...4, using: &random)).map { _ in
      let quantifier = quantifiers.randomElement(using: &random) ?? ""
      if depth > 0, Bool.random(using: &random) {
        let branches = (0..<Int.random(in: 1...3, using: &random)).map { _ in randomPattern(&random, depth: depth - 1) }
        return "(" + branches.joined(separator: "|") + ")" + quantifier
      }
      let atoms = ["abcd", "ab", "c", "[abx]", ".", "\\w", "abcda"]
      return (atoms.randomElement(using: &random) ?? "") + quantifier
    }.joined()
  }
}
