extension Modifier {
  /// Where in the field's text the value stands, and whether its letter case matters.
  static let text: [Modifier] = [
    place("contains", .anywhere) { $0.withAnythingBefore().withAnythingAfter() },
    place("startswith", .start) { $0.withAnythingAfter() },
    place("endswith", .end) { $0.withAnythingBefore() },
    Modifier("cased") { draft throws(MatchError) in
      let current = draft.withoutOperands
      try draft.mapOperands { operand, index throws(MatchError) in .text(try current.text(of: operand, at: index)) }
      draft.isCased = true
    },
    Modifier("windash") { draft throws(MatchError) in try draft.mapTexts { $0.withDashes() } },
  ]

  /// A modifier that says where a text, an expression or another field's text stands.
  private static func place(
    _ name: String, _ place: FieldComparison.Place, _ transform: @escaping @Sendable (SigmaText) -> SigmaText
  ) -> Modifier {
    Modifier(name) { draft throws(MatchError) in
      let current = draft.withoutOperands
      draft.isPlaced = true
      try draft.mapOperands { operand, index throws(MatchError) in
        switch operand {
        case .field(var comparison):
          guard comparison.place == .whole else { throw .conflict(current.modifiers, at: current.position) }
          comparison.place = place
          return .field(comparison)
        case .regex(let pattern): return .regex(place.anchored(pattern))
        default: return .text(transform(try current.text(of: operand, at: index)))
        }
      }
    }
  }
}

extension FieldComparison.Place {
  /// An expression that only fits there; without anchors it fits anywhere.
  fileprivate func anchored(_ pattern: String) -> String {
    switch self {
    case .start: #"\A(?:"# + pattern + ")"
    case .end: "(?:" + pattern + #")\z"#
    case .whole, .anywhere: pattern
    }
  }
}

extension SigmaText {
  /// The text with every dash that begins an option replaced by ``Part/dash``: one that no letter, digit or `_` stands
  /// before, and one stands after.
  fileprivate func withDashes() -> SigmaText {
    SigmaText(
      parts: parts.flatMap { part -> [Part] in
        guard case .literal(let text) = part else { return [part] }
        return Self.withDashes(text)
      })
  }

  private static func withDashes(_ text: String) -> [Part] {
    var parts: [Part] = []
    var literal = ""
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let isBefore = index > 0 && characters[index - 1].isWordCharacter
      let isAfter = index + 1 < characters.count && characters[index + 1].isWordCharacter
      if dashes.contains(character), !isBefore, isAfter {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.dash)
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return parts
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
