import RuleEngine
import Testing

@Suite struct FieldTestMessageTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var key: String
    var values: [MatchValue]
    var expected: String
    var testDescription: String { key }

    init(_ key: String, _ values: [MatchValue], _ expected: String) {
      (self.key, self.values, self.expected) = (key, values, expected)
    }
  }

  @Test(
    "mistakes are named with what to write instead",
    arguments: [
      Mistake(
        "Field|contain", ["a"], "unknown-modifier modifier(0): unknown modifier 'contain'; did you mean 'contains'?"),
      Mistake(
        "Field|contains|xyzzy", ["a"],
        """
        unknown-modifier modifier(1): unknown modifier 'xyzzy'; the modifiers are contains, startswith, endswith, \
        cased, windash, wide, utf16le, utf16be, utf16, base64, base64offset, re, i, m, s, ignorecase, multiline, \
        dotall, cidr, gt, gte, lt, lte, minute, hour, day, week, month, year, fieldref, expand, all, neq, exists
        """),
      Mistake(
        "Field|", ["a"], "unknown-modifier modifier(0): there is no modifier after '|'; take the '|' out, or name one"),
      Mistake(
        "Field|all|all", ["a"], "repeated-modifier modifier(1): modifier 'all' stands here twice; write it once"),
      Mistake(
        "Field|contains|re", ["a"],
        """
        modifier-conflict modifier(1): modifier 're' does not go with 'contains'; \
        write 're' right after the field; 'startswith', 'endswith' and 'contains' may follow
        """),
      Mistake(
        "Field|re|i|windash|all", ["a"],
        """
        modifier-conflict modifier(2): modifier 'windash' does not go with 're'; \
        write 're' right after the field; 'startswith', 'endswith' and 'contains' may follow
        """),
      Mistake(
        "Field|re|cased", ["a"],
        """
        modifier-conflict modifier(1): modifier 'cased' does not go with 're'; \
        're' minds letter case by itself, and 're|i' ignores it
        """),
      Mistake(
        "Field|cased|re", ["a"],
        """
        modifier-conflict modifier(1): modifier 're' does not go with 'cased'; \
        're' minds letter case by itself, and 're|i' ignores it
        """),
      Mistake(
        "Field|gt|lt", [1],
        """
        modifier-conflict modifier(1): modifier 'lt' does not go with 'gt'; leave one out, or write a line for each
        """),
      Mistake(
        "Field|cidr|contains", ["10.0.0.0/8"],
        """
        modifier-conflict modifier(1): modifier 'contains' does not go with 'cidr'; \
        leave one out, or write a line for each
        """),
      Mistake(
        "Field|exists|all", [true],
        """
        modifier-conflict modifier(0): modifier 'exists' does not go with 'all'; \
        'exists' stands alone: it only asks whether the field is there
        """),
      Mistake(
        "Field|i", ["a"],
        """
        modifier-conflict modifier(0): modifier 'i' is a flag of 're', which does not stand before it; write 're|i'
        """),
      Mistake(
        "Field|contains", ["a", true], "wrong-type value(1): modifier 'contains' can't work on true; write text"),
      Mistake("Field|contains", [nil], "wrong-type value(0): modifier 'contains' can't work on null; write text"),
      Mistake(
        "Field|gt", ["12"],
        "wrong-type value(0): modifier 'gt' can't work on the text '12'; write a number without quotes"),
      Mistake(
        "Field|re", [5],
        "wrong-type value(0): modifier 're' can't work on the number 5; write a regular expression in quotes"),
      Mistake(
        "Field|cidr", [5],
        "wrong-type value(0): modifier 'cidr' can't work on the number 5; write a network such as 192.0.2.0/24"),
      Mistake(
        "Field|exists", ["yes"],
        "wrong-type value(0): modifier 'exists' can't work on the text 'yes'; write true or false"),
      Mistake(
        "Field|re", ["ok", "(a"],
        """
        invalid-regex value(1): '(a' is no valid regular expression; \
        close every bracket, and write '\\' before a character that is meant literally
        """),
      Mistake(
        "Field|cidr", ["10.0.0.5/8"],
        "invalid-network value(0): '10.0.0.5/8' is no valid network; did you mean '10.0.0.0/8'?"),
      Mistake(
        "Field|cidr", ["2001:db8::1/32"],
        "invalid-network value(0): '2001:db8::1/32' is no valid network; did you mean '2001:db8:0:0:0:0:0:0/32'?"),
      Mistake(
        "Field|cidr", ["10.0.0.0/33"],
        "invalid-network value(0): '10.0.0.0/33' is no valid network; write a number from 0 to 32 after the slash"),
      Mistake(
        "Field|cidr", ["ten"],
        """
        invalid-network value(0): 'ten' is no valid network; write a network such as 192.0.2.0/24 or 2001:db8::/32
        """),
      Mistake(
        "Field", [],
        """
        missing-value field: a field without values; \
        write a value, '' for an empty field, or null for a field that is not there
        """),
      Mistake(
        "", [true],
        """
        missing-field field: a value that is no text needs a field; \
        keywords are texts that are looked for in the whole event
        """),
      Mistake(
        "|exists", [true],
        """
        missing-field field: 'exists' needs a field; keywords are texts that are looked for in the whole event
        """),
    ])
  func words(mistake: Mistake) throws {
    let parts = mistake.key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let error = #expect(throws: MatchError.self) {
      try FieldTest.compile(field: parts[0], modifiers: Array(parts.dropFirst()), values: mistake.values)
    }
    #expect(error?.inOneLine == mistake.expected)
  }
}

extension MatchError {
  /// Everything about the error, for comparing.
  var inOneLine: String { "\(code) \(culprit): \(message)\(hint.map { "; \($0)" } ?? "")" }
}
