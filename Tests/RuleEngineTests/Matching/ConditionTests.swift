import RuleEngine
import Testing

@Suite struct ConditionTests {
  /// Selections a, b, c, filter_x, filter_y and _hidden, each holding when the event has a value of that name.
  static func selections() throws -> [String: Selection] {
    let names = ["a", "b", "c", "filter_x", "filter-y", "_hidden"]
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, .all([try test("Data", .string($0))])) })
  }

  @Test(
    "conditions",
    arguments: [
      // condition, values the event has, whether it holds
      ("a", "a", true), ("a", "b", false), ("not a", "", true), ("not not a", "a", true), ("not not not a", "a", false),
      ("a and b", "a b", true), ("a and b", "a", false), ("a or b", "b", true), ("a or b", "c", false),
      ("a or b and c", "a", true), ("a or b and c", "b", false), ("(a or b) and c", "a", false),
      ("(a or b) and c", "a c", true), ("a or b and not c", "b", true), ("a or b and not c", "b c", false),
      ("not a and b", "b", true), ("not (a and b)", "a", true), ("not a or b", "a b", true), ("((a))", "a", true),
      ("a\nand\tnot\r\nb", "a", true), ("(a)and(b)", "a b", true),
      ("1 of filter*", "filter_x", true), ("1 of filter*", "a", false), ("any of filter*", "filter-y", true),
      ("all of filter*", "filter_x", false), ("all of filter*", "filter_x filter-y", true),
      ("a and not 1 of filter_*", "a", true), ("a and not 1 of filter_*", "a filter_x", false),
      ("1 of *_x", "filter_x", true), ("1 of f*y", "filter-y", true), ("1 of filter-*", "filter-y", true),
      ("1 of them", "c", true), ("1 of them", "_hidden", false), ("1 of *", "_hidden", false),
      ("all of them", "a b c filter_x filter-y", true), ("all of them", "a b c filter_x", false),
      ("1 of _*", "_hidden", true), ("_hidden", "_hidden", true), ("filter-y", "filter-y", true),
      ("1 of a", "a", true), ("not all of them", "a", true), ("1 of them and c", "c", true),
    ])
  func conditions(text: String, values: String, isExpected: Bool) throws {
    let condition = try Condition.parse([text], selections: Self.selections())
    #expect(condition.matches(event(strings: values.split(separator: " ").map(String.init))) == isExpected)
  }

  @Test("a list of conditions holds when any of them does")
  func list() throws {
    let condition = try Condition.parse(["a and b", "c"], selections: Self.selections())
    #expect(condition.matches(event(strings: ["c"])))
    #expect(condition.matches(event(strings: ["a", "b"])))
    #expect(!condition.matches(event(strings: ["a"])))
  }

  @Test("selections are maps, lists of maps, and lists that mix maps and keywords")
  func selectionForms() throws {
    let map = Selection.all([try test("Data", "a"), try test("EventID", 1)])
    #expect(map.matches(event(strings: ["a"])))
    #expect(!map.matches(event("TestProvider", 2, strings: ["a"])))
    let mixed = Selection.any([map, .keywords(try test("", "needle"))])
    #expect(mixed.matches(event("TestProvider", 2, strings: ["a needle"])))
    #expect(mixed.matches(event(strings: ["a"])))
    #expect(!mixed.matches(event(strings: ["b"])))
    #expect(Condition.single(mixed).matches(event(strings: ["a"])))
  }

  @Test(
    "mistakes are named with their place and what to write instead",
    arguments: [
      ("", "condition-syntax 0: the condition is empty; write the name of a selection, or '1 of them'"),
      (" ", "condition-syntax 0: the condition is empty; write the name of a selection, or '1 of them'"),
      ("a and filter_z", "unknown-selection 6: there is no selection 'filter_z'; did you mean 'filter_x'?"),
      (
        "selection",
        """
        unknown-selection 0: there is no selection 'selection'; \
        the selections are _hidden, a, b, c, filter-y, filter_x
        """
      ),
      ("filter*", "unknown-selection 0: there is no selection 'filter*'; write '1 of filter*' or 'all of filter*'"),
      ("a or AND", "unknown-selection 5: there is no selection 'AND'; operators are written in lower case: 'and'"),
      (
        "a AND b",
        """
        condition-syntax 2: an operator is missing before 'AND'; operators are written in lower case: 'and'
        """
      ),
      ("a b", "condition-syntax 2: an operator is missing before 'b'; join selections with 'and' or 'or'"),
      ("a (b)", "condition-syntax 2: an operator is missing before '('; join selections with 'and' or 'or'"),
      ("(a b)", "condition-syntax 3: an operator is missing before 'b'; join selections with 'and' or 'or'"),
      ("a and", "condition-syntax 5: a selection is missing before the end; write the name of a selection"),
      ("a and or b", "condition-syntax 6: a selection is missing before 'or'; write the name of a selection"),
      ("and a", "condition-syntax 0: a selection is missing before 'and'; write the name of a selection"),
      ("not", "condition-syntax 3: a selection is missing before the end; write the name of a selection"),
      ("()", "condition-syntax 1: a selection is missing before ')'; write the name of a selection"),
      ("(a or b", "condition-syntax 0: '(' without ')'; close the bracket"),
      ("a or b)", "condition-syntax 6: ')' without '('; take it out, or open the bracket before"),
      ("2 of them", "condition-syntax 0: '2 of' is no quantifier; write '1 of', 'any of' or 'all of'"),
      (
        "1 of",
        "condition-syntax 4: '1 of' without names; write 'them' or a pattern such as 'selection*' after it"
      ),
      (
        "1 of (a or b)",
        "condition-syntax 5: '1 of' without names; write 'them' or a pattern such as 'selection*' after it"
      ),
      (
        "1 of sel*",
        """
        unknown-selection 5: no selection fits 'sel*'; \
        names that begin with '_' are only meant by a pattern that begins with '_'
        """
      ),
      (
        "a | count() > 5",
        """
        condition-aggregation 2: '|' begins an aggregation, which Sigma has given up; \
        write a correlation rule instead
        """
      ),
      (
        String(repeating: "(", count: 65) + "a" + String(repeating: ")", count: 65),
        """
        condition-syntax 64: brackets and 'not' are nested more than 64 deep; \
        give parts of the condition as selections of their own
        """
      ),
      (
        String(repeating: "not ", count: 100_000) + "a",
        """
        condition-syntax 256: brackets and 'not' are nested more than 64 deep; \
        give parts of the condition as selections of their own
        """
      ),
    ])
  func mistakes(text: String, expected: String) throws {
    let selections = try Self.selections()
    let error = mistake { () throws(MatchError) in _ = try Condition.parse([text], selections: selections) }
    guard let error, case .condition(let offset) = error.culprit else {
      Issue.record("no mistake found, or not in the condition: \(String(describing: error))")
      return
    }
    #expect("\(error.code) \(offset): \(error.message); \(error.hint ?? "")" == expected)
  }

  @Test("64 levels of brackets are allowed")
  func deepestNesting() throws {
    let text = String(repeating: "(", count: 64) + "a" + String(repeating: ")", count: 64)
    #expect(try Condition.parse([text], selections: Self.selections()).matches(event(strings: ["a"])))
  }

  @Test("no condition and no selections are mistakes")
  func nothing() {
    let none = mistake { () throws(MatchError) in _ = try Condition.parse([], selections: [:]) }
    #expect(none?.message == "the condition is empty")
    let noSelections = mistake { () throws(MatchError) in _ = try Condition.parse(["1 of them"], selections: [:]) }
    #expect(noSelections?.hint == "the rule has no selections")
  }
}
