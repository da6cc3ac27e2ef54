extension Modifier {
  /// Regular expressions and their flags; the expression is the value as written, without Sigma's wildcards.
  static let regex: [Modifier] = [
    Modifier("re") { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let wanted = "a regular expression in quotes"
        guard case .string(let pattern) = try current.untouched(operand, at: index, wanted: wanted) else {
          throw current.misfit(operand, at: index, wanted: wanted)
        }
        return .regex(pattern)
      }
    },
    flag("i", .ignoreCase), flag("m", .multiline), flag("s", .dotAll),
  ]

  private static func flag(_ name: String, _ option: RegexMatcher.Options) -> Modifier {
    Modifier(name) { draft throws(MatchError) in
      for operand in draft.operands {
        guard case .regex = operand else { throw .flagWithoutRegex(name, at: draft.position) }
      }
      draft.regexOptions.insert(option)
    }
  }
}
