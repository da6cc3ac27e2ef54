import RuleEngine
import Testing

@Suite struct NearMissTests {
  static let names = ["contains", "startswith", "endswith", "all", "re", "MSExchangeTransport", "severity"]

  @Test(
    "misspelt names find what was meant",
    arguments: [
      ("contian", ["contains"]), ("Contains", ["contains"]), ("startwith", ["startswith"]), ("al", ["all"]),
      ("er", ["re"]), ("msexchangetransprot", ["MSExchangeTransport"]), ("severty", ["severity"]), ("xyzzy", []),
      ("", []), ("MSExchange", []),
    ] as [(String, [String])])
  func suggestions(name: String, expected: [String]) {
    #expect(NearMiss.suggestions(for: name, among: Self.names, limit: 1) == expected)
  }

  @Test("the best come first, equally good ones by name, each once")
  func ranking() {
    let names = ["abcdxy", "abcdez", "abcdey", "abcdey", "abcdeg", "bacdef"]
    let expected = ["abcdeg", "abcdey", "abcdez", "bacdef"]
    #expect(NearMiss.suggestions(for: "abcdef", among: names, limit: 4) == expected)
  }
}
