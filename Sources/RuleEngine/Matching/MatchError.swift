/// A mistake in a field test or a condition, with what is needed to point at it.
///
/// The loader knows where fields, values and conditions stand in the file; the matching part only says which one is
/// wrong, what is wrong with it, and what to write instead.
public struct MatchError: Error, Sendable, Hashable {
  /// The part that is wrong.
  public enum Culprit: Sendable, Hashable {
    /// The name of the field, or the test as a whole.
    case field
    /// A modifier, by its position after the field from 0.
    case modifier(Int)
    /// A value, by its position in the list from 0.
    case value(Int)
    /// A place in the text of a condition or filter, in UTF-8 bytes from its start.
    case condition(utf8Offset: Int)
  }

  /// A short, stable name such as `unknown-modifier`.
  public var code: String
  /// What is wrong, naming the culprit; lower case, no full stop.
  public var message: String
  /// What to write instead.
  public var hint: String?
  /// The part that is wrong.
  public var culprit: Culprit

  /// Makes an error.
  public init(code: String, message: String, hint: String? = nil, culprit: Culprit) {
    self.code = code
    self.message = message
    self.hint = hint
    self.culprit = culprit
  }
}
