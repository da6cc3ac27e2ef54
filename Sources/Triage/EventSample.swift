public import EventLog
public import RuleEngine

/// What a report keeps of an event that a rule matched: enough to find and to name it.
///
/// Its sentence and what else only a reader asks for are worked out when somebody asks, since most events that are kept
/// are never shown.
public struct EventSample: TimedSample, Sendable {
  /// The position of the input among all inputs.
  public var source: Int
  /// The offset of the event in its (decompressed) input, in bytes.
  public var byteOffset: UInt64
  /// When it was written, UTC.
  public var time: EventTime?
  private let origin: SampleOrigin
  private let story: SampleStory
  private var hidesReasons = false

  /// The computer.
  public var computer: String { origin.computer }
  /// The log.
  public var channel: String { origin.channel }
  /// The provider's name.
  public var provider: String { origin.provider }
  /// The event ID.
  public var eventID: Int? { origin.eventID }
  /// The level.
  public var level: Level? { origin.level }
  /// The record number.
  public var recordID: UInt64? { story.facts.recordID }
  /// The event in one sentence, from the rule's message or the rendered one; at most ``sentenceLimit`` characters.
  public var sentence: String { story.sentence }
  /// The rule whose sentence it is; nil when none was.
  public var ruleID: String? { story.ruleID }
  /// What had to be mended to read the event.
  public var repairs: [String] { story.facts.repairs }
  /// Why the rule matched, for an event of a finding.
  public var reasons: [MatchReason]? { hidesReasons ? nil : story.facts.reasons }

  /// The longest sentence that is kept, in characters.
  public static let sentenceLimit = 600

  /// Keeps an event with a sentence.
  public init(_ event: Event, sentence: String) {
    let facts = SampleStory.Facts(recordID: event.recordID, repairs: event.repairs.descriptions)
    self.init(
      at: event.location, event.timeCreated, SampleOrigin(event), SampleStory(facts, sentence: sentence, ruleID: nil))
  }

  init(at location: EventLocation, _ time: EventTime?, _ origin: SampleOrigin, _ story: SampleStory) {
    source = location.source
    byteOffset = location.byteOffset
    self.time = time
    self.origin = origin
    self.story = story
  }

  /// Keeps an event, to be told later.
  init(_ kept: KeptEvent, _ origin: SampleOrigin, _ words: SampleStory.Words, _ restorer: EventRestorer) {
    self.init(at: kept.location, kept.time, origin, SampleStory(WaitingEvent(kept, restorer), words))
  }

  /// Keeps an event that a thread holds, to be told later.
  init(_ held: HeldEvent, _ origin: SampleOrigin, _ words: SampleStory.Words, _ restorer: EventRestorer) {
    self.init(at: held.location, held.time, origin, SampleStory(held.waiting(restorer), words))
  }

  /// Keeps an event, to be told later.
  init(_ event: Event, _ words: SampleStory.Words, _ restorer: EventRestorer) {
    self.init(KeptEvent(event), SampleOrigin(event), words, restorer)
  }

  /// The sample as events of several findings share it: the reasons are those of one finding.
  var withoutReasons: EventSample {
    var copy = self
    copy.hidesReasons = true
    return copy
  }

  /// The order in reports: by time, events without one last, then by place.
  public static func precedes(_ left: EventSample, _ right: EventSample) -> Bool {
    left.position < right.position
  }

  /// Where the event stands.
  public var location: EventLocation { EventLocation(source: source, byteOffset: byteOffset) }
}

extension EventSample: Hashable {
  /// Whether the same is known of the same event.
  public static func == (left: EventSample, right: EventSample) -> Bool {
    left.location == right.location && left.time == right.time && left.origin == right.origin
      && left.ruleID == right.ruleID && left.sentence == right.sentence && left.recordID == right.recordID
      && left.repairs == right.repairs && left.reasons == right.reasons
  }

  /// Hashes the event's place.
  public func hash(into hasher: inout Hasher) { hasher.combine(location) }
}

extension EventSample: Codable {
  private enum CodingKeys: String, CodingKey {
    case source, byteOffset, time, computer, channel, provider, eventID, recordID, level, sentence, ruleID, repairs
    case reasons
  }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let facts = SampleStory.Facts(
      recordID: try container.decodeIfPresent(UInt64.self, forKey: .recordID),
      repairs: try container.decode([String].self, forKey: .repairs),
      reasons: try container.decodeIfPresent([MatchReason].self, forKey: .reasons))
    let origin = SampleOrigin(
      computer: try container.decode(String.self, forKey: .computer),
      channel: try container.decode(String.self, forKey: .channel),
      provider: try container.decode(String.self, forKey: .provider),
      eventID: try container.decodeIfPresent(Int.self, forKey: .eventID),
      level: try container.decodeIfPresent(Level.self, forKey: .level))
    let location = EventLocation(
      source: try container.decode(Int.self, forKey: .source),
      byteOffset: try container.decode(UInt64.self, forKey: .byteOffset))
    self.init(
      at: location, try container.decodeIfPresent(EventTime.self, forKey: .time), origin,
      SampleStory(
        facts, sentence: try container.decode(String.self, forKey: .sentence),
        ruleID: try container.decodeIfPresent(String.self, forKey: .ruleID)))
  }

  /// Writes what is known of the event; what nobody has asked for yet is worked out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(byteOffset, forKey: .byteOffset)
    try container.encodeIfPresent(time, forKey: .time)
    try container.encode(computer, forKey: .computer)
    try container.encode(channel, forKey: .channel)
    try container.encode(provider, forKey: .provider)
    try container.encodeIfPresent(eventID, forKey: .eventID)
    try container.encodeIfPresent(recordID, forKey: .recordID)
    try container.encodeIfPresent(level, forKey: .level)
    try container.encode(sentence, forKey: .sentence)
    try container.encodeIfPresent(ruleID, forKey: .ruleID)
    try container.encode(repairs, forKey: .repairs)
    try container.encodeIfPresent(reasons, forKey: .reasons)
  }
}
