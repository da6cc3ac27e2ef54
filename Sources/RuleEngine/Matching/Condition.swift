public import EventLog

/// What a rule asks of an event: its selections, joined by `and`, `or`, `not` and `of`.
public struct Condition: Sendable {
  /// The condition that one selection holds.
  public static func single(_ selection: Selection) -> Condition { Condition() }

  /// Reads Sigma's condition; several texts are alternatives.
  ///
  /// - Parameters:
  ///   - texts: The condition, or the list of conditions.
  ///   - selections: The rule's selections by name.
  /// - Throws: The first mistake, with its place in the text it is in.
  public static func parse(
    _ texts: [String], selections: [String: Selection]
  ) throws(MatchError) -> Condition {
    Condition()
  }

  /// Whether an event fits.
  public func matches(_ event: Event) -> Bool { false }
}
