import EventLog
public import RuleEngine

/// Why a rule matched an event; worked out when it is asked for, since most events are not kept.
public struct DeferredReasons: Sendable {
  private enum Content: Sendable {
    case known([MatchReason])
    case pending(Question)
  }

  /// In one object, so that copies of a sample stay cheap.
  private final class Question: Sendable {
    let event: Event
    let rule: Rule

    init(_ rule: Rule, _ event: Event) {
      self.rule = rule
      self.event = rule.looksAtHeaderOnly ? event.withoutPayload : event
    }
  }

  /// Of a larger event the reasons are worked out at once, so that waiting costs little memory; in bytes.
  private static let smallEvent = 4096

  private var content: Content

  /// Remembers what must be known to say why a rule matches an event.
  init(_ rule: Rule, _ event: Event) {
    let size = event.data.reduce(0) { $0 + $1.value.utf8.count } + event.userData.reduce(0) { $0 + $1.value.utf8.count }
    content = size > Self.smallEvent ? .known(rule.reasons(for: event)) : .pending(Question(rule, event))
  }

  /// The reasons.
  public var value: [MatchReason] {
    switch content {
    case .known(let reasons): reasons
    case .pending(let question): question.rule.reasons(for: question.event)
    }
  }
}

extension DeferredReasons: Hashable {
  /// Whether the reasons are the same.
  public static func == (left: DeferredReasons, right: DeferredReasons) -> Bool { left.value == right.value }

  /// Hashes the reasons.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension DeferredReasons: Codable {
  /// Reads reasons.
  public init(from decoder: any Decoder) throws { content = .known(try [MatchReason](from: decoder)) }

  /// Writes the reasons.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension Event {
  /// The event with nothing but its header.
  fileprivate var withoutPayload: Event {
    var copy = self
    (copy.data, copy.userData, copy.processingErrors, copy.otherData) = ([], [], [], [])
    (copy.binary, copy.rendering) = (nil, nil)
    return copy
  }
}
