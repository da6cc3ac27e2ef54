public import EventLog

/// An event that a rule's author gave with the rule, and what the rule must make of it.
public struct RuleTest: Sendable, Hashable {
  /// What the rule must do.
  public enum Kind: String, Sendable, Hashable {
    /// The rule matches the event.
    case fires
    /// The rule does not match the event.
    case quiet
  }

  /// What the rule must do.
  public var kind: Kind
  /// The event.
  public var event: Event
  /// The English sentence that the rule must make of the event.
  public var expectedMessage: String?
  /// Where the test stands.
  public var source: RuleSource

  /// Makes a test.
  public init(kind: Kind, event: Event, expectedMessage: String? = nil, source: RuleSource) {
    self.kind = kind
    self.event = event
    self.expectedMessage = expectedMessage
    self.source = source
  }
}
