public import EventLog

/// A named part of a rule's detection: a map of field tests, a list of alternatives, or keywords.
public enum Selection: Sendable, Hashable {
  /// A map: every test holds.
  case all([FieldTest])
  /// A list: any of the alternatives holds. A list of texts and maps mixes `keywords` and `all`.
  case any([Selection])
  /// Texts without a field, looked for in every value of the event; the test's field is empty.
  case keywords(FieldTest)

  /// Whether an event fits.
  public func matches(_ event: Event) -> Bool { false }
}
