/// A field test while its modifiers are applied, one after the other, from left to right.
struct TestDraft {
  /// A value on its way from what was written to what is compared.
  enum Operand {
    /// As written.
    case value(MatchValue)
    /// Text with wildcards.
    case text(SigmaText)
    /// Bytes that an encoding made of text, which only a modifier that makes text of them can use.
    case bytes([UInt8])
    /// The source of a regular expression.
    case regex(String)
    /// Another field of the event.
    case field(FieldComparison)
    /// Several, any of which fits, that one value stands for.
    case anyOf([Operand])
    /// Compiled.
    case test(ValueTest)
  }

  /// The names of all modifiers.
  let modifiers: [String]
  /// The values so far.
  var operands: [Operand]
  /// Whether all values must fit.
  var requiresAll = false
  /// Whether the test holds when its values do not fit.
  var isNegated = false
  /// Whether a modifier says where in the field the value stands.
  var isPlaced = false
  /// Whether letter case matters.
  var isCased = false
  /// The flags of regular expressions.
  var regexOptions: RegexMatcher.Options = []
  /// The modifier being applied, by its position from 0.
  private(set) var position = 0

  /// What the placeholders of `expand` stand for.
  let placeholders: Placeholders

  init(modifiers: [String], values: [MatchValue], placeholders: Placeholders = Placeholders()) {
    self.modifiers = modifiers
    self.placeholders = placeholders
    operands = values.map(Operand.value)
  }

  /// Applies all modifiers.
  mutating func applyModifiers() throws(MatchError) {
    for (index, name) in modifiers.enumerated() {
      position = index
      guard let modifier = Modifier.named(name) else { throw .unknownModifier(name, at: index) }
      if modifiers[..<index].contains(name) { throw .repeatedModifier(name, at: index) }
      try modifier.apply(&self)
    }
  }

  /// The draft for what asks about all but the operands, which are not copied then when they change.
  var withoutOperands: TestDraft {
    var copy = self
    copy.operands = []
    return copy
  }

  /// The name of the modifier being applied.
  var modifier: String { modifiers[position] }

  /// Replaces every operand; `transform` gets the position of the value for its errors.
  mutating func mapOperands(
    _ transform: (Operand, Int) throws(MatchError) -> Operand
  ) throws(MatchError) {
    for index in operands.indices { operands[index] = try Self.map(operands[index], index, transform) }
  }

  private static func map(
    _ operand: Operand, _ index: Int, _ transform: (Operand, Int) throws(MatchError) -> Operand
  ) throws(MatchError) -> Operand {
    guard case .anyOf(let parts) = operand else { return try transform(operand, index) }
    var mapped: [Operand] = []
    for part in parts { mapped.append(try map(part, index, transform)) }
    return .anyOf(mapped)
  }

  /// Replaces every operand, each of which must be text.
  mutating func mapTexts(_ transform: (SigmaText) -> SigmaText) throws(MatchError) {
    let draft = withoutOperands
    try mapOperands { operand, index throws(MatchError) in
      .text(transform(try draft.text(of: operand, at: index)))
    }
  }

  /// The text of an operand, written as a string or a whole number.
  func text(of operand: Operand, at index: Int) throws(MatchError) -> SigmaText {
    switch operand {
    case .value(.string(let text)): SigmaText(parsing: text)
    case .value(.integer(let number)): SigmaText(parsing: String(number))
    case .text(let text): text
    default: throw misfit(operand, at: index, wanted: "text")
    }
  }

  /// The value of an operand that no modifier has touched.
  func untouched(_ operand: Operand, at index: Int, wanted: String) throws(MatchError) -> MatchValue {
    guard case .value(let value) = operand, !isCased else { throw misfit(operand, at: index, wanted: wanted) }
    return value
  }

  /// The error for an operand that the modifier being applied can't work on: a conflict when an earlier modifier made
  /// it so, else a value of the wrong type.
  func misfit(_ operand: Operand, at index: Int, wanted: String) -> MatchError {
    guard case .value(let value) = operand, !isCased else { return .conflict(modifiers, at: position) }
    return .wrongType(value, modifier: modifier, wanted: wanted, at: index)
  }
}
