extension Modifier {
  /// How the values are joined, and whether the field is there at all.
  static let logic: [Modifier] = [
    Modifier("all") { draft in draft.requiresAll = true },
    Modifier("neq") { draft in draft.isNegated = true },
    Modifier("exists") { draft throws(MatchError) in
      guard draft.modifiers.count == 1 else { throw .conflict(draft.modifiers, at: draft.position) }
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        guard case .value(.boolean(let isWanted)) = operand, current.operands.count == 1 else {
          throw current.misfit(operand, at: index, wanted: "true or false")
        }
        return .test(.presence(isWanted))
      }
    },
  ]
}
