extension Modifier {
  /// Where in the field's text the value stands, and whether its letter case matters.
  static let text: [Modifier] = [
    Modifier("contains") { draft throws(MatchError) in
      try draft.mapTexts { $0.withAnythingBefore().withAnythingAfter() }
    },
    Modifier("startswith") { draft throws(MatchError) in
      try draft.mapTexts { $0.withAnythingAfter() }
    },
    Modifier("endswith") { draft throws(MatchError) in
      try draft.mapTexts { $0.withAnythingBefore() }
    },
    Modifier("cased") { draft throws(MatchError) in
      for (index, operand) in draft.operands.enumerated() { _ = try draft.text(of: operand, at: index) }
      draft.isCased = true
    },
  ]
}
