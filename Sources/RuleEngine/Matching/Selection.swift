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
  public func matches(_ event: Event) -> Bool {
    switch self {
    case .all(let tests): tests.allSatisfy { $0.matches(event) }
    case .any(let selections): selections.contains { $0.matches(event) }
    case .keywords(let test): test.matches(event)
    }
  }

  /// The selection with its fields looked up among the names that a rule gives to insertion strings.
  func bound(to parameters: [String]) -> Selection {
    switch self {
    case .all(let tests): .all(tests.map { $0.bound(to: parameters) })
    case .any(let selections): .any(selections.map { $0.bound(to: parameters) })
    case .keywords: self
    }
  }

  /// Calls `body` with every field test in it.
  func forEachTest(_ body: (FieldTest) -> Void) {
    switch self {
    case .all(let tests): tests.forEach(body)
    case .any(let selections): selections.forEach { $0.forEachTest(body) }
    case .keywords(let test): body(test)
    }
  }
}
