public import EventLog
import RuleEngine

/// What a report keeps of an event that a rule matched: enough to find and to name it.
public struct EventSample: TimedSample, Sendable, Hashable, Codable {
  /// The position of the input among all inputs.
  public var source: Int
  /// The offset of the event in its (decompressed) input, in bytes.
  public var byteOffset: UInt64
  /// When it was written, UTC.
  public var time: EventTime?
  /// The computer.
  public var computer: String
  /// The log.
  public var channel: String
  /// The provider's name.
  public var provider: String
  /// The event ID.
  public var eventID: Int?
  /// The record number.
  public var recordID: UInt64?
  /// The level.
  public var level: Level?
  /// The event in one sentence, from the rule's message or the rendered one; at most ``sentenceLimit`` characters.
  public var sentence: String
  /// The rule whose sentence it is; nil when none was.
  public var ruleID: String?
  /// What had to be mended to read the event.
  public var repairs: [String]

  /// Why the rule matched, for an event of a finding.
  public var reasons: DeferredReasons?

  /// The longest sentence that is kept, in characters.
  public static let sentenceLimit = 600

  /// Keeps an event.
  public init(_ event: Event, sentence: String) {
    source = event.location.source
    byteOffset = event.location.byteOffset
    time = event.timeCreated
    computer = event.computer
    channel = event.channel
    provider = event.provider.name
    eventID = event.eventID
    recordID = event.recordID
    level = event.level
    self.sentence = sentence.truncated(to: Self.sentenceLimit)
    repairs = event.repairs.descriptions
  }

  /// The sample as events of several findings share it: the reasons are those of one finding.
  var withoutReasons: EventSample {
    var copy = self
    copy.reasons = nil
    return copy
  }

  /// Keeps an event of a rule's finding, with the reasons why the rule matched.
  init(_ event: Event, findingOf rule: Rule) {
    self.init(event, tellingWith: rule)
    reasons = DeferredReasons(rule, event)
  }

  /// Keeps an event in the words of a rule that matches it, if any.
  init(_ event: Event, tellingWith rule: Rule?) {
    self.init(event, sentence: rule?.sentence(for: event, language: "en") ?? event.plainSentence)
    ruleID = rule?.id
  }

  /// The order in reports: by time, events without one last, then by place.
  public static func precedes(_ left: EventSample, _ right: EventSample) -> Bool {
    left.position < right.position
  }

  /// Where the event stands.
  public var location: EventLocation { EventLocation(source: source, byteOffset: byteOffset) }
}

/// Something that is kept of an event.
public protocol TimedSample {
  /// When the event was written, UTC.
  var time: EventTime? { get }
  /// Where it stands.
  var location: EventLocation { get }
}

extension TimedSample {
  /// The place in the order of reports.
  var position: SamplePosition { SamplePosition(time: time, location: location) }
}

/// The order of reports: by time, events without one last, then by place.
struct SamplePosition: Comparable {
  private let ticks: Int64
  private let location: EventLocation

  init(time: EventTime?, location: EventLocation) {
    ticks = time?.ticks ?? .max
    self.location = location
  }

  static func < (left: SamplePosition, right: SamplePosition) -> Bool {
    left.ticks != right.ticks ? left.ticks < right.ticks : left.location < right.location
  }
}

extension String {
  /// The text cut to a number of characters, with `…` for the rest.
  func truncated(to limit: Int) -> String {
    // A string has at most as many characters as bytes, so most are settled without counting.
    guard utf8.count > limit, count > limit else { return self }
    return prefix(limit - 1) + "…"
  }
}
