import EventLog
import RuleEngine
import Testing

/// One line of the specification: a detection, and the events that it must and must not match.
struct Conformance: Sendable, CustomTestStringConvertible {
  /// Where the specification 2.1.0 says so: RULES is its rule specification, MOD its appendix on modifiers; [P] is what
  /// pySigma does where the text is silent.
  var section: String
  /// The selections, one a line, and the condition.
  var detection: String
  /// Values of the fields of events that it matches.
  var matches: [[String: String]]
  /// Values of the fields of events that it does not match.
  var misses: [[String: String]]

  init(_ section: String, _ detection: String, _ matches: [[String: String]], not misses: [[String: String]]) {
    (self.section, self.detection, self.matches, self.misses) = (section, detection, matches, misses)
  }

  /// A single selection on the field `A`, with values of the field.
  static func field(_ section: String, _ line: String, _ matches: [String], not misses: [String]) -> Conformance {
    Conformance(section, "s: {\(line)}\ncondition: s", matches.map { ["A": $0] }, not: misses.map { ["A": $0] })
  }

  var testDescription: String { "\(section): \(detection)" }
}

/// Sigma's specification 2.1.0, line by line, through the whole loader. Log sources, attributes, collections, filters,
/// encodings and correlations have suites of their own.
@Suite struct SigmaConformanceTests {
  private static let modifiers: [Conformance] = [
    .field("MOD Generic, all", "A|contains|all: [x, y]", ["y.x"], not: ["x", "y"]),
    .field("MOD Generic, all [P]", "A|contains|all: x", ["axb"], not: ["y"]),
    Conformance(
      "RULES Keywords search", "k: {'|all': [x, y]}\ncondition: k", [["A": "x", "B": "ay"]], not: [["A": "x"]]),
    .field("MOD Generic, startswith", "A|startswith: ab", ["AB", "abc"], not: ["a", "xab"]),
    .field("MOD Generic, startswith with wildcards", "A|startswith: 'a*c'", ["abcd", "ac"], not: ["ab", "xac"]),
    .field("MOD Generic, endswith", "A|endswith: '\\x'", [#"a\x"#, #"\X"#], not: ["x", #"\xa"#]),
    .field("MOD Generic, contains", "A|contains: b", ["b", "abc"], not: ["", "ac"]),
    .field("MOD Generic, contains with escapes", "A|contains: 'a\\*'", ["xa*x"], not: ["ab"]),
    Conformance(
      "MOD Generic, exists", "s: {A|exists: true}\ncondition: s", [["A": "x"], ["A": ""]], not: [["B": "x"]]),
    Conformance("MOD Generic, exists", "s: {A|exists: false}\ncondition: s", [["B": "x"]], not: [["A": ""]]),
    .field("MOD Generic, cased", "A|cased: 'X*'", ["Xy"], not: ["xy"]),
    .field("MOD Generic, cased", "A|contains|cased: X", ["aXb"], not: ["axb"]),
    .field("MOD Generic, neq", "A|neq: x", ["y", ""], not: ["x", "X"]),
    .field("MOD Generic, neq on a list [P]", "A|neq: [x, y]", ["z"], not: ["x", "y"]),
    .field("MOD Generic, neq after contains [P]", "A|contains|neq: x", ["abc"], not: ["axb"]),
    .field("MOD Numeric, neq", "A|neq: 5", ["6", "x"], not: ["5"]),
    Conformance(
      "MOD Generic, neq without the field [P]", "s: {A|neq: x}\ncondition: s", [["B": "x"]], not: [["A": "x"]]),
    .field(
      "MOD String, windash", "A|windash|contains: ' -x'", ["a -x", "a /x", "a \u{2013}x", "a \u{2014}X"], not: ["a x"]),
    .field("MOD Regular expression", "A|re: 'b.d'", ["abcd"], not: ["aBcd", "bd"]),
    .field(
      "MOD Regular expression, anchors", "A|re: '^a[b-d]{2,3}(x|y)$'", ["abcx", "abcdy"], not: ["abx ", "zabcx"]),
    .field("MOD Regular expression, i", "A|re|i: 'B.D'", ["abcd"], not: ["b"]),
    .field("MOD Regular expression, m", "A|re|m: '^b$'", ["a\nb\nc"], not: ["ab"]),
    .field("MOD Regular expression, s", "A|re|s: 'a.b'", ["a\nb"], not: ["ab"]),
    .field("MOD Regular expression, flags in any order", "A|re|s|m|i: '^A.B$'", ["x\na\nb"], not: ["axxb"]),
    .field("MOD Encoding, base64", "A|base64|contains: 'IEX'", ["xxSUVYxx"], not: ["IEX"]),
    .field(
      "MOD Encoding, base64offset", "A|base64offset|contains: 'foobar'", ["Zm9vYmFy", "eGZvb2Jhcg==", "eHhmb29iYXI="],
      not: ["x"]),
    .field("MOD Encoding, wide", "A|wide|base64offset|contains: 'ab'", ["YQBiAA==", "eABhAGIA"], not: ["YWI="]),
    .field("MOD Encoding, utf16le", "A|utf16le|base64: 'cmd'", ["YwBtAGQA"], not: ["Y21k"]),
    .field("MOD Encoding, utf16be", "A|utf16be|base64: 'cmd'", ["AGMAbQBk"], not: ["YwBtAGQA"]),
    .field("MOD Encoding, utf16", "A|utf16|base64: 'cmd'", ["//5jAG0AZAA="], not: ["77u/YwBtAGQA"]),
    .field("MOD Numeric, lt", "A|lt: 10", ["9", "-1", "9.5"], not: ["10", "x", "", "0x1"]),
    .field("MOD Numeric, lte", "A|lte: 10", ["10"], not: ["11"]),
    .field("MOD Numeric, gt", "A|gt: 1.5", ["1.6", "2"], not: ["1.5", "one"]),
    .field("MOD Numeric, gte", "A|gte: -3", ["-3", "0"], not: ["-4"]),
    .field("MOD Numeric, lists [P]", "A|gt: [100, 10]", ["11"], not: ["10"]),
    .field("MOD Time, minute", "A|minute: 5", ["2024-01-01T00:05:00Z"], not: ["2024-01-01T05:00:00Z", "5"]),
    .field("MOD Time, hour", "A|hour: [0, 23]", ["2024-01-01T23:59:59Z"], not: ["2024-01-01T22:59:59Z"]),
    .field("MOD Time, day", "A|day: 31", ["2024-01-31 00:00:00"], not: ["2024-01-30 00:00:00"]),
    .field("MOD Time, week", "A|week: 53", ["2020-12-31"], not: ["2024-12-31"]),
    .field("MOD Time, month", "A|month: 2", ["2024-02-29"], not: ["2024-03-01"]),
    .field("MOD Time, year", "A|year: 2024", ["2024-02-29"], not: ["2023-02-28"]),
    .field(
      "MOD IP, cidr 4", "A|cidr: 10.0.0.0/8", ["10.255.0.1", "::ffff:10.0.0.1"], not: ["11.0.0.1", "x", "10.0.0"]),
    .field("MOD IP, cidr 6", "A|cidr: 'fe80::/10'", ["FE80::1", "fe80::1%3"], not: ["fec0::1", "10.0.0.1"]),
    .field("MOD IP, cidr lists", "A|cidr: [10.0.0.0/8, '::1/128']", ["::1"], not: ["::2"]),
    Conformance(
      "MOD Specific, fieldref", "s: {A|fieldref: B}\ncondition: s", [["A": "x", "B": "X"]],
      not: [["A": "x"], ["B": "x"]]),
    Conformance(
      "MOD Specific, fieldref and neq", "s: {A|fieldref|neq: B}\ncondition: s", [["A": "x", "B": "y"]],
      not: [["A": "x", "B": "x"]]),
    Conformance(
      "MOD Specific, fieldref and startswith [P]", "s: {A|fieldref|startswith: B}\ncondition: s",
      [["A": "xy", "B": "x"]],
      not: [["A": "xy", "B": "y"]]),
    .field("RULES Value modifiers, from left to right", "A|base64|contains: 'a'", ["xYQ==x"], not: ["a"]),
  ]

  @Test("modifiers", arguments: modifiers)
  func modifier(line: Conformance) throws { try check(line) }

  private static let values: [Conformance] = [
    .field("RULES General, letter case", "A: 'Abc'", ["aBC"], not: ["abcd"]),
    .field("RULES General, letter case beyond ASCII", "A: 'ÄRGER'", ["ärger"], not: ["arger"]),
    .field(
      "RULES String wildcard, ?", "A: 'prog?.exe'", ["progA.exe", "prog\u{4e2d}.exe"], not: ["prog.exe", "progAB.exe"]),
    .field("RULES String wildcard, *", "A: 'v*.exe'", ["v.exe", "v1.2.exe", "v\n.exe"], not: ["av.exe"]),
    .field("RULES Escaping, plain backslash", #"A: 'C:\x'"#, [#"C:\x"#], not: [#"C:x"#]),
    .field("RULES Escaping, two backslashes are one", #"A: 'C:\\x'"#, [#"C:\x"#], not: [#"C:\\x"#]),
    .field("RULES Escaping, wildcard as itself", #"A: 'a\*b\?'"#, ["a*b?"], not: ["axb?", "a*bc"]),
    .field("RULES Escaping, backslash and wildcard", #"A: 'a\\*'"#, [#"a\"#, #"a\bc"#], not: ["a*", "ab"]),
    .field("RULES Escaping, three backslashes", #"A: 'a\\\*'"#, [#"a\*"#], not: [#"a\b"#]),
    .field("RULES Escaping, four backslashes", #"A: '\\\\host'"#, [#"\\host"#], not: [#"\host"#]),
    .field("RULES Escaping, at the end", #"A|endswith: 'x\'"#, [#"ax\"#], not: ["ax"]),
    Conformance(
      "RULES Special field values, ''", "s: {A: ''}\ncondition: s", [["A": ""]], not: [["A": "x"], ["B": ""]]),
    Conformance(
      "RULES Special field values, null", "s: {A: null}\ncondition: s", [["B": "x"], ["A": ""]], not: [["A": "x"]]),
    Conformance(
      "RULES Special field values, not null", "s: {A: null}\ncondition: not s", [["A": "x"]], not: [["B": "x"]]),
    Conformance(
      "RULES Special field values, null in a list [P]", "s: {A: [null, x]}\ncondition: s", [[:], ["A": "x"]],
      not: [["A": "y"]]),
    .field("RULES Maps, number and text", "A: 4625", ["4625"], not: ["46250", "0x1211", ""]),
    .field("RULES Maps, negative number", "A: -1", ["-1"], not: ["1"]),
    .field("RULES Maps, real number", "A: 1.5", ["1.50"], not: ["1"]),
    .field("RULES Maps, truth", "A: true", ["true", "True"], not: ["false", "1"]),
    .field("RULES Maps, hexadecimal is text", "A: '0x17'", ["0X17"], not: ["23"]),
    .field("RULES Maps, hexadecimal without quotes is text", "A: 0x17", ["0x17"], not: ["23"]),
    .field("RULES Lists, any of the values", "A: [x, 2, true]", ["x", "2", "TRUE"], not: ["y"]),
    Conformance("RULES Maps, all lines", "s: {A: x, B: y}\ncondition: s", [["A": "x", "B": "y"]], not: [["A": "x"]]),
    Conformance(
      "RULES Lists of maps", "s: [{A: x, B: y}, {C: z}]\ncondition: s", [["C": "z"], ["A": "x", "B": "y"]],
      not: [["A": "x"]]),
    Conformance(
      "RULES Lists, texts and maps [P]", "s: [word, {C: z}]\ncondition: s", [["C": "z"], ["A": "a word."]],
      not: [["A": "z"]]),
    Conformance(
      "RULES Keywords search", "k: [one, two]\ncondition: k", [["A": "xONEx"], ["B": "two"]], not: [["A": "three"]]),
    Conformance(
      "RULES Keywords search, wildcards", "k: ['a*b']\ncondition: k", [["A": "x a-b x"]], not: [["A": "a", "B": "b"]]),
    Conformance(
      "RULES Keywords search, numbers [P]", "k: [4711]\ncondition: k", [["A": "no 4711."]], not: [["A": "471"]]),
    Conformance("RULES Keywords search, one text", "k: one\ncondition: k", [["A": "one"]], not: [["A": "on"]]),
    Conformance(
      "RULES Field usage, blanks are left out", "s: {SAMUserAccount: x}\ncondition: s", [["SAM User Account": "x"]],
      not: [["SAM": "x"]]),
    Conformance(
      "RULES Field usage, header", "s: {Provider_Name: TestProvider, EventID: 1}\ncondition: s", [[:]], not: []),
    .field("RULES Placeholders, without expand", "A: '%name%'", ["%name%"], not: ["name"]),
  ]

  @Test("values", arguments: values)
  func value(line: Conformance) throws { try check(line) }

  private static let selections = "a: {A: x}\nb: {B: x}\nc: {C: x}\n_d: {D: x}\n"

  /// A condition on the selections `a`, `b`, `c` and `_d`, each of which holds when the field of its letter is there.
  private static func condition(_ text: String, _ matches: [String], not misses: [String]) -> Conformance {
    func fields(_ letters: String) -> [String: String] {
      Dictionary(uniqueKeysWithValues: letters.uppercased().map { (String($0), "x") })
    }
    return Conformance(
      "RULES Condition", selections + "condition: \(text)", matches.map(fields), not: misses.map(fields))
  }

  private static let conditions: [Conformance] = [
    condition("a and b", ["ab"], not: ["a", "b", ""]), condition("a or b", ["a", "b"], not: ["c", ""]),
    condition("not a", ["b", ""], not: ["a"]), condition("not not a", ["a"], not: ["b"]),
    condition("a or b and not c", ["a", "ac", "b"], not: ["bc", ""]),
    condition("a or b and c", ["a", "bc"], not: ["b", "c"]),
    condition("(a or b) and c", ["ac", "bc"], not: ["a", "ab"]),
    condition("not a and b", ["b"], not: ["ab", ""]), condition("not (a and b)", ["a", "", "c"], not: ["ab"]),
    condition("not 1 of a*", ["b"], not: ["a"]), condition("1 of them", ["a", "c"], not: ["d", ""]),
    condition("any of them", ["b"], not: ["d"]), condition("all of them", ["abc", "abcd"], not: ["ab", "abd"]),
    condition("1 of _*", ["d"], not: ["abc"]), condition("1 of *", ["a"], not: ["d"]),
    condition("_d", ["d"], not: ["a"]), condition("all of a* and not b", ["a"], not: ["ab"]),
    condition("[a, b and c]", ["a", "bc"], not: ["b", "c"]), condition("((a))", ["a"], not: ["b"]),
  ]

  @Test("conditions", arguments: conditions)
  func condition(line: Conformance) throws { try check(line) }

  private func check(_ line: Conformance) throws {
    let loaded = loadSigma(sigmaRule(line.detection))
    #expect(loaded.issues == [])
    let rule = try #require(loaded.rules.first)
    let set = RuleSet(rules: [rule], packs: [])
    func matches(_ fields: [String: String]) -> Bool {
      var event = event()
      event.data = fields.sorted { $0.key < $1.key }.map { DataItem(name: $0.key, value: $0.value) }
      let scratch = set.makeScratch()
      let found = event.withFields { !set.matches($0, scratch).rules.isEmpty }
      #expect(found == rule.matches(event))
      return found
    }
    for fields in line.matches { #expect(matches(fields), "\(fields)") }
    for fields in line.misses { #expect(!matches(fields), "\(fields)") }
  }

  @Test(
    "what the specification does not allow, or has given up, is refused",
    arguments: [
      ("a: {A: x}\ncondition: a AND a", "condition-syntax"), ("a: {A: x}\ncondition: b", "unknown-selection"),
      ("a: {A: x}\ncondition: 1 of b*", "unknown-selection"), ("a: {A: x}\ncondition: 2 of them", "condition-syntax"),
      ("a: {A: x}\ncondition: (a", "condition-syntax"), ("a: {A: x}\ncondition: a | near a", "condition-aggregation"),
      ("a: {A: x}\ncondition: 'a | count() by A > 5'", "condition-aggregation"),
      ("a: {A: x}\ncondition: ''", "condition-syntax"),
      ("a: {A: x}\ntimeframe: 1h\ncondition: a", "timeframe"), ("a: {A: x}", "missing-key"),
      ("a: {}\ncondition: a", "empty-match"),
      ("a: []\ncondition: a", "empty-match"), ("a: {A: []}\ncondition: a", "empty-match"),
      ("a: {A: {b: c}}\ncondition: a", "wrong-type"),
      ("a: {A|exists: 'yes'}\ncondition: a", "wrong-type"),
      ("a: {A|exists|neq: true}\ncondition: a", "modifier-conflict"),
      ("a: {A|i: x}\ncondition: a", "modifier-conflict"), ("a: {A|re: '(x'}\ncondition: a", "invalid-regex"),
      ("a: {A|cidr: 10.0.0.0/99}\ncondition: a", "invalid-network"), ("a: {A|gt: x}\ncondition: a", "wrong-type"),
      ("a: {A|hour: 99}\ncondition: a", "wrong-type"), ("a: {A|wide: x}\ncondition: a", "encoding-alone"),
      ("a: {A|base64: 'x*'}\ncondition: a", "wildcard"), ("a: {A|fieldref: 'x*'}\ncondition: a", "wrong-type"),
      ("a: {A|expand: '%nobody%'}\ncondition: a", "unknown-placeholder"),
      ("a: {A|frobnicate: x}\ncondition: a", "unknown-modifier"),
    ])
  func refused(detection: String, code: String) {
    let loaded = loadSigma(sigmaRule(detection))
    #expect(loaded.rules.isEmpty)
    #expect(loaded.issues.map(\.code) == [code])
    #expect(loaded.issues.allSatisfy { $0.severity == .error && $0.line > 3 })
  }
}
