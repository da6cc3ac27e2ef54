/// One line of a selection: a field, its modifiers and the values it is compared with.
public struct FieldTest: Sendable, Hashable {
  /// The field's name; empty for keywords, which look at every value of the event.
  public let field: String
  /// The modifiers in the order they were written.
  public let modifiers: [String]
  /// The values; any of them fits, unless the modifier `all` asks for all.
  public let values: [MatchValue]

  /// Compiles a test.
  ///
  /// - Parameters:
  ///   - field: The field's name without modifiers; empty for keywords.
  ///   - modifiers: What follows the field, split at `|`.
  ///   - values: The value, or the list of values.
  /// - Throws: The first mistake, with the modifier or value it is in.
  public static func compile(
    field: String, modifiers: [String], values: [MatchValue]
  ) throws(MatchError) -> FieldTest {
    FieldTest(field: field, modifiers: modifiers, values: values)
  }
}
