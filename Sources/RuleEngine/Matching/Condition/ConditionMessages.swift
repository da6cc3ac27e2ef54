/// The words for every mistake in a condition.
extension MatchError {
  private static func syntax(_ message: String, hint: String, at offset: Int) -> MatchError {
    MatchError(code: "condition-syntax", message: message, hint: hint, culprit: .condition(utf8Offset: offset))
  }

  static func emptyCondition(at offset: Int) -> MatchError {
    syntax("the condition is empty", hint: "write the name of a selection, or '1 of them'", at: offset)
  }

  static func missingOperand(found: String, at offset: Int) -> MatchError {
    syntax("a selection is missing before \(found)", hint: "write the name of a selection", at: offset)
  }

  static func missingOperator(before what: String, word: String? = nil, at offset: Int) -> MatchError {
    let lowered = word?.lowercased() ?? ""
    let hint =
      ["and", "or", "not", "of"].contains(lowered)
      ? "operators are written in lower case: '\(lowered)'" : "join selections with 'and' or 'or'"
    return syntax("an operator is missing before \(what)", hint: hint, at: offset)
  }

  static func strayBracket(at offset: Int) -> MatchError {
    syntax("')' without '('", hint: "take it out, or open the bracket before", at: offset)
  }

  static func openBracket(at offset: Int) -> MatchError {
    syntax("'(' without ')'", hint: "close the bracket", at: offset)
  }

  static func unknownQuantifier(_ word: String, at offset: Int) -> MatchError {
    syntax("'\(word) of' is no quantifier", hint: "write '1 of', 'any of' or 'all of'", at: offset)
  }

  static func missingPattern(after quantifier: String, at offset: Int) -> MatchError {
    syntax(
      "'\(quantifier) of' without names", hint: "write 'them' or a pattern such as 'selection*' after it", at: offset)
  }

  static func tooDeep(at offset: Int) -> MatchError {
    syntax(
      "brackets and 'not' are nested more than \(ConditionParser.deepestNesting) deep",
      hint: "give parts of the condition as selections of their own", at: offset)
  }

  static func aggregation(at offset: Int) -> MatchError {
    MatchError(
      code: "condition-aggregation", message: "'|' begins an aggregation, which Sigma has given up",
      hint: "write a correlation rule instead", culprit: .condition(utf8Offset: offset))
  }

  static func unknownSelection(_ name: String, among names: [String], at offset: Int) -> MatchError {
    let lowered = name.lowercased()
    let hint =
      if ["and", "or", "not"].contains(lowered) {
        "operators are written in lower case: '\(lowered)'"
      } else if name.contains("*") {
        "write '1 of \(name)' or 'all of \(name)'"
      } else {
        namesHint(NearMiss.suggestions(for: name, among: names).first, names)
      }
    return MatchError(
      code: "unknown-selection", message: "there is no selection '\(name)'", hint: hint,
      culprit: .condition(utf8Offset: offset))
  }

  static func noSelectionFits(_ pattern: String, among names: [String], at offset: Int) -> MatchError {
    MatchError(
      code: "unknown-selection", message: "no selection fits '\(pattern)'",
      hint: names.contains { $0.hasPrefix("_") }
        ? "names that begin with '_' are only meant by a pattern that begins with '_'" : namesHint(nil, names),
      culprit: .condition(utf8Offset: offset))
  }

  private static func namesHint(_ suggestion: String?, _ names: [String]) -> String {
    if let suggestion { return "did you mean '\(suggestion)'?" }
    if names.isEmpty { return "the rule has no selections" }
    return "the selections are \(names.joined(separator: ", "))"
  }
}
