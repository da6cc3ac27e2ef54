import EventLog
import RuleEngine
import Synchronization

/// What a report tells of one event, worked out when somebody asks.
final class SampleStory: Sendable {
  /// What is told besides the sentence, which not every report shows.
  struct Facts: Sendable, Equatable {
    var recordID: UInt64?
    var repairs: [String] = []
    /// Why the rule matched, for an event of a finding.
    var reasons: [MatchReason]?
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

  private struct State: Sendable {
    /// What is not told yet is told of this event.
    var event: WaitingEvent?
    var facts: Facts?
    var sentence: String?
  }

  private let words: Words
  private let state: Mutex<State>

  /// The rule whose words they are; nil when none was.
  let ruleID: String?

  init(_ facts: Facts, sentence: String, ruleID: String?) {
    self.ruleID = ruleID
    words = .plain
    state = Mutex(State(facts: facts, sentence: sentence.truncated(to: EventSample.sentenceLimit)))
  }

  init(_ event: WaitingEvent, _ words: Words) {
    ruleID = words.rule?.id
    self.words = words
    let whole = event.mayWait ? nil : event.event
    state = Mutex(
      whole.map { State(facts: words.facts(of: $0), sentence: words.sentence(on: $0)) } ?? State(event: event))
  }

  /// What is told besides the sentence.
  var facts: Facts { told(\.facts) { words.facts(of: $0) } ?? Facts() }

  /// The event in one sentence.
  var sentence: String { told(\.sentence) { words.sentence(on: $0) } ?? "" }

  /// A part of the story, which is told once; the event is let go when nothing more is to be told of it.
  private func told<Part: Sendable>(
    _ part: WritableKeyPath<State, Part?>, _ tell: (Event) -> Part
  ) -> Part? {
    state.withLock { state in
      if state[keyPath: part] == nil {
        state[keyPath: part] = state.event.map { tell($0.event) }
        if state.facts != nil, state.sentence != nil { state.event = nil }
      }
      return state[keyPath: part]
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
    var facts = SampleStory.Facts(recordID: event.recordID, repairs: event.repairs.descriptions)
    if case .finding(let rule) = self { facts.reasons = rule.reasons(for: event) }
    return facts
  }

  fileprivate func sentence(on event: Event) -> String {
    (rule?.sentence(for: event, language: "en") ?? event.plainSentence).truncated(to: EventSample.sentenceLimit)
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
