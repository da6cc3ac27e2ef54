extension Modifier {
  /// Values that come from elsewhere: another field of the event, or the lists of placeholders.
  static let reference: [Modifier] = [
    Modifier("fieldref") { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let wanted = "the name of a field"
        guard case .string(let text) = try current.untouched(operand, at: index, wanted: wanted), !text.isEmpty,
          let name = SigmaText(parsing: text).literal
        else { throw current.misfit(operand, at: index, wanted: wanted + " without wildcards") }
        return .field(FieldComparison(name: name))
      }
    },
    Modifier("expand") { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        if case .regex(let pattern) = operand { return try current.expanded(pattern, at: index) }
        return try current.expanded(try current.text(of: operand, at: index), at: index)
      }
    },
  ]
}

extension TestDraft {
  /// How many texts one value may stand for.
  private static let mostExpansions = 100_000

  /// A text with its placeholders replaced by each of their values, which may be patterns.
  fileprivate func expanded(_ text: SigmaText, at index: Int) throws(MatchError) -> Operand {
    var results = [SigmaText(parts: [])]
    for part in text.parts {
      guard case .literal(let literal) = part else {
        results = results.map { SigmaText(parts: $0.parts + [part]) }
        continue
      }
      for piece in Placeholders.pieces(of: literal) {
        let texts = try self.texts(for: piece, at: index).map { $0.parts }
        guard results.count * texts.count <= Self.mostExpansions else { throw .tooManyExpansions(at: index) }
        results = results.flatMap { result in texts.map { SigmaText(parts: result.parts + $0) } }
      }
    }
    return results.count == 1 ? .text(results[0].joined) : .anyOf(results.map { .text($0.joined) })
  }

  /// An expression with its placeholders replaced by their values, which stand for themselves.
  fileprivate func expanded(_ pattern: String, at index: Int) throws(MatchError) -> Operand {
    var result = ""
    for piece in Placeholders.pieces(of: pattern) {
      switch piece {
      case .literal(let text): result += text
      case .placeholder(let name):
        let values = try values(of: name, at: index).map(\.asExpression)
        result += "(?:" + values.joined(separator: "|") + ")"
      }
    }
    return .regex(result)
  }

  private func texts(for piece: Placeholders.Piece, at index: Int) throws(MatchError) -> [SigmaText] {
    switch piece {
    case .literal(let text): [SigmaText(parts: [.literal(text)])]
    case .placeholder(let name): try values(of: name, at: index).map { SigmaText(parsing: $0) }
    }
  }

  private func values(of name: String, at index: Int) throws(MatchError) -> [String] {
    guard let values = placeholders.lists[name] else {
      throw .unknownPlaceholder(name, among: placeholders.lists.keys.sorted(), at: index)
    }
    guard !values.isEmpty else { throw .emptyPlaceholder(name, at: index) }
    return values
  }
}

extension SigmaText {
  /// The text with neighbouring literals and wildcards joined.
  fileprivate var joined: SigmaText {
    parts.reduce(into: SigmaText(parts: [])) { result, part in
      switch (result.parts.last, part) {
      case (.literal(let before)?, .literal(let text)): result.parts[result.parts.count - 1] = .literal(before + text)
      case (.any?, .any): break
      default: result.parts.append(part)
      }
    }
  }
}

extension String {
  /// The text as a regular expression that fits it only.
  fileprivate var asExpression: String {
    reduce(into: "") { result, character in
      if #"\.^$*+?()[]{}|-/#"#.contains(character) { result += #"\"# }
      result.append(character)
    }
  }
}
