/// A statement of a rule that certain events speak for or against one of its causes.
public struct EvidenceDefinition: Sendable, Hashable {
  /// Which way the evidence points.
  public enum Direction: String, Sendable, Hashable { case supports, contradicts }

  /// Which events are the evidence.
  public enum Selector: Sendable, Hashable {
    /// Events matched by rules whose ID fits this pattern (`*` and `?` are wildcards).
    case rule(String)
    /// Events matched by rules with this tag.
    case tag(String)
    /// Events that fit an inline `match`.
    case match(Selection)
  }

  /// Which way the evidence points.
  public var direction: Direction
  /// Which events are the evidence.
  public var selector: Selector
  /// How long before the finding's first event evidence counts, in seconds.
  public var secondsBefore: Int
  /// How long after the finding's last event evidence counts, in seconds.
  public var secondsAfter: Int
  /// On which computer.
  public var scope: EvidenceScope
  /// How many such events are needed.
  public var atLeast: Int
  /// The events that end the state which the evidence begins: what was ended before the finding does not count.
  public var until: Selector?
  /// Conditions that tie the evidence's fields to the finding's parameters; values are templates such as `{connector}`.
  public var conditions: [EvidenceCondition]

  /// Makes a definition.
  public init(
    direction: Direction, selector: Selector, secondsBefore: Int, secondsAfter: Int, scope: EvidenceScope = .same,
    atLeast: Int = 1, until: Selector? = nil, conditions: [EvidenceCondition] = []
  ) {
    self.direction = direction
    self.selector = selector
    self.secondsBefore = secondsBefore
    self.secondsAfter = secondsAfter
    self.scope = scope
    self.atLeast = atLeast
    self.until = until
    self.conditions = conditions
  }
}

/// On which computer evidence or a needed log is looked for.
public indirect enum EvidenceScope: Sendable, Hashable {
  /// The computer that logged the finding.
  case same
  /// Any computer that was fed in.
  case any
  /// Any computer whose logs show it to be a domain controller.
  case domainController
  /// The computer that a parameter of the finding names, by name or address.
  case named(parameter: String)
  /// All of several: the evidence must be found on each of them, such as at both ends of a connection.
  case each([EvidenceScope])

  /// The places, on each of which the evidence must be found.
  public var parts: [EvidenceScope] {
    if case .each(let scopes) = self { return scopes }
    return [self]
  }
}

/// Ties a field of the evidence to a parameter of the finding.
public struct EvidenceCondition: Sendable, Hashable {
  /// The field of the evidence's event.
  public var field: String
  /// The modifiers, such as `contains`.
  public var modifiers: [String]
  /// The value, with `{parameter}` placeholders of the finding.
  public var template: MessageTemplate

  /// Makes a condition.
  public init(field: String, modifiers: [String] = [], template: MessageTemplate) {
    self.field = field
    self.modifiers = modifiers
    self.template = template
  }
}
