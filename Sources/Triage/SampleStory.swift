import EventLog
import RuleEngine
import Synchronization

/// What a report tells of one event, worked out when somebody asks.
final class SampleStory: Sendable {
  /// What is told.
  struct Facts: Sendable {
    var recordID: UInt64?
    var sentence: String
    var repairs: [String]
    /// Why the rule matched, for an event of a finding.
    var reasons: [MatchReason]?

    /// Whether other facts are the same, reasons aside.
    func isEqual(_ other: Facts) -> Bool {
      recordID == other.recordID && sentence == other.sentence && repairs == other.repairs
    }
  }

  /// Whose words tell of an event.
  enum Words: Sendable {
    /// Those of the event.
    case plain
    /// Those of a rule that matches it.
    case rule(Rule)
    /// Those of a rule that makes a finding of it, with the reasons why it matched.
    case finding(Rule)
  }

  private enum State: Sendable {
    case untold(WaitingEvent, Words)
    case told(Facts)
  }

  /// The rule whose words they are; nil when none was.
  let ruleID: String?
  private let state: Mutex<State>

  init(_ facts: Facts, ruleID: String?) {
    self.ruleID = ruleID
    state = Mutex(.told(facts))
  }

  init(_ event: WaitingEvent, _ words: Words) {
    ruleID = words.rule?.id
    state = Mutex(event.mayWait ? .untold(event, words) : .told(words.facts(of: event.event)))
  }

  /// What is told.
  var facts: Facts {
    state.withLock { state in
      switch state {
      case .told(let facts): return facts
      case .untold(let event, let words):
        let facts = words.facts(of: event.event)
        state = .told(facts)
        return facts
      }
    }
  }
}

extension SampleStory.Words {
  fileprivate var rule: Rule? {
    switch self {
    case .plain: nil
    case .rule(let rule), .finding(let rule): rule
    }
  }

  fileprivate func facts(of event: Event) -> SampleStory.Facts {
    let sentence = rule?.sentence(for: event, language: "en") ?? event.plainSentence
    var facts = SampleStory.Facts(
      recordID: event.recordID, sentence: sentence.truncated(to: EventSample.sentenceLimit),
      repairs: event.repairs.descriptions, reasons: nil)
    if case .finding(let rule) = self { facts.reasons = rule.reasons(for: event) }
    return facts
  }
}

/// Where an event is from, shared by all events that are from there.
final class SampleOrigin: Sendable, Equatable {
  let computer: String
  let channel: String
  let provider: String
  let eventID: Int?
  let level: Level?

  init(computer: String, channel: String, provider: String, eventID: Int?, level: Level?) {
    self.computer = computer
    self.channel = channel
    self.provider = provider
    self.eventID = eventID
    self.level = level
  }

  convenience init(_ event: Event) {
    self.init(
      computer: event.computer, channel: event.channel, provider: event.provider.name, eventID: event.eventID,
      level: event.level)
  }

  convenience init(_ header: EventHeader) {
    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
    self.init(
      computer: text(header.computer), channel: text(header.channel), provider: text(header.provider),
      eventID: header.eventID, level: header.level)
  }

  static func == (left: SampleOrigin, right: SampleOrigin) -> Bool {
    left === right
      || (left.computer == right.computer && left.channel == right.channel && left.provider == right.provider
        && left.eventID == right.eventID && left.level == right.level)
  }
}
