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
    // The longer names are pySigma's.
    flag("ignorecase", .ignoreCase), flag("multiline", .multiline), flag("dotall", .dotAll),
  ]

  private static func flag(_ name: String, _ option: RegexMatcher.Options) -> Modifier {
    Modifier(name) { draft throws(MatchError) in
      guard draft.modifiers.prefix(draft.position).contains("re") else {
        throw .flagWithoutRegex(name, at: draft.position)
      }
      draft.regexOptions.insert(option)
    }
  }
}
