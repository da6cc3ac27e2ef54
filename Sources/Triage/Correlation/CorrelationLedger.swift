import EventLog
import RuleEngine

/// What the events that correlations may look at leave behind: when, where, and the values of a few fields.
///
/// Some forty bytes for each match of a rule, besides the texts, each of which is stored once. What is kept depends on
/// the events only, never on the order of adding or merging: of more than ``limit`` matches, the earliest.
struct CorrelationLedger: Sendable {
  /// How many matches are kept at most.
  static let defaultLimit = 4_000_000
  /// The longest value that is kept whole, in characters; a longer one is cut and told apart by a hash of the whole.
  static let valueLength = 128

  /// What many matches have in common; texts are numbers of ``texts``.
  struct Kind: Sendable, Hashable {
    var rule: UInt32
    var provider: UInt32
    var channel: UInt32
    var computer: UInt32
    var repairs: UInt32
    var eventID: Int?
    var level: UInt8?
    var valueCount: Int
  }

  /// One match of a rule.
  struct Record: Sendable, Hashable {
    var time: Int64
    var byteOffset: UInt64
    /// The record number; the largest number for none.
    var recordID: UInt64
    var source: Int32
    var kind: UInt32
    /// The position of its first value.
    var firstValue: UInt32
  }

  let limit: Int
  var records: [Record] = []
  /// The values of all records one after the other: numbers of texts plus one, 0 for none.
  var values: [UInt32] = []
  var kinds: [Kind] = []
  var texts = TextPool()
  /// Matches beyond the limit, by rule.
  var dropped: [String: Int] = [:]
  /// Matches of events without a time, by rule.
  var untimed: [String: Int] = [:]
  private var kindNumbers: [Kind: UInt32] = [:]

  init(limit: Int = defaultLimit) { self.limit = limit }

  var isEmpty: Bool { records.isEmpty && untimed.isEmpty && dropped.isEmpty }

  /// Remembers that a rule matches an event.
  ///
  /// - Parameters:
  ///   - event: The event; one without a time is only counted.
  ///   - rule: The rule's ID.
  ///   - fields: The values of the fields that correlations ask for; nil for a field that the event does not have.
  mutating func add(_ event: Event, rule: String, values fields: [String?]) {
    guard let time = event.timeCreated else {
      untimed[rule, default: 0] += 1
      return
    }
    let kind = Kind(
      rule: texts.number(of: rule), provider: texts.number(of: event.provider.name),
      channel: texts.number(of: event.channel), computer: texts.number(of: event.computer),
      repairs: texts.number(of: event.repairs.descriptions.joined(separator: "\n")), eventID: event.eventID,
      level: event.level?.rawValue, valueCount: fields.count)
    records.append(
      Record(
        time: time.ticks, byteOffset: event.location.byteOffset, recordID: event.recordID ?? .max,
        source: Int32(clamping: event.location.source), kind: number(of: kind), firstValue: UInt32(values.count)))
    values += fields.map { $0.map { texts.number(of: Self.bounded($0)) + 1 } ?? 0 }
    settleIfLarge()
  }

  /// Adds what was remembered elsewhere.
  mutating func merge(_ other: CorrelationLedger) {
    untimed.merge(other.untimed, uniquingKeysWith: +)
    dropped.merge(other.dropped, uniquingKeysWith: +)
    guard !other.records.isEmpty else { return }
    append(other, texts: texts.numbers(of: other.texts))
    settleIfLarge()
  }

  /// The number of a kind, which is stored if it is new.
  mutating func number(of kind: Kind) -> UInt32 {
    if let number = kindNumbers[kind] { return number }
    let number = UInt32(kinds.count)
    kinds.append(kind)
    kindNumbers[kind] = number
    return number
  }

  /// Appends the records of another ledger, whose texts have these numbers here.
  private mutating func append(_ other: CorrelationLedger, texts numbers: [UInt32]) {
    let kindNumbers = other.kinds.map { number(of: $0.renumbered(numbers)) }
    let start = UInt32(values.count)
    values += other.values.map { $0 == 0 ? 0 : numbers[Int($0) - 1] + 1 }
    records += other.records.map { record in
      var record = record
      record.kind = kindNumbers[Int(record.kind)]
      record.firstValue += start
      return record
    }
  }

  private static func bounded(_ value: String) -> String {
    guard value.utf8.count > valueLength, value.count > valueLength else { return value }
    var hash = StableHash()
    hash.combine(value.caseFolded)
    return value.prefix(valueLength - 18) + "… \(hash)"
  }
}

extension CorrelationLedger.Kind {
  func renumbered(_ numbers: [UInt32]) -> CorrelationLedger.Kind {
    var kind = self
    kind.rule = numbers[Int(rule)]
    kind.provider = numbers[Int(provider)]
    kind.channel = numbers[Int(channel)]
    kind.computer = numbers[Int(computer)]
    kind.repairs = numbers[Int(repairs)]
    return kind
  }
}

extension CorrelationLedger: SourceShifting {
  func shiftingSources(by offset: Int) -> CorrelationLedger {
    var copy = self
    for index in copy.records.indices {
      copy.records[index].source = Int32(clamping: Int(records[index].source) + offset)
    }
    return copy
  }
}

// MARK: - Records

extension CorrelationLedger {
  /// The values of a record: numbers of texts plus one, 0 for none.
  func values(of record: Record) -> ArraySlice<UInt32> {
    let start = Int(record.firstValue)
    return values[start..<start + kinds[Int(record.kind)].valueCount]
  }

  /// The ID of the rule that matched.
  func rule(of record: Record) -> String { texts[kinds[Int(record.kind)].rule] }

  /// Where the event stands.
  func location(of record: Record) -> EventLocation {
    EventLocation(source: Int(record.source), byteOffset: record.byteOffset)
  }

  /// What a report keeps of the event.
  func sample(of record: Record, sentence: String) -> EventSample {
    let kind = kinds[Int(record.kind)]
    var event = Event()
    event.location = location(of: record)
    event.timeCreated = EventTime(ticks: record.time)
    event.computer = texts[kind.computer]
    event.channel = texts[kind.channel]
    event.provider.name = texts[kind.provider]
    event.eventID = kind.eventID
    event.recordID = record.recordID == .max ? nil : record.recordID
    event.level = kind.level.flatMap(Level.init(rawValue:))
    let facts = SampleStory.Facts(
      recordID: event.recordID, repairs: texts[kind.repairs].split(separator: "\n").map(String.init))
    let story = SampleStory(facts, sentence: sentence, ruleID: nil)
    return EventSample(at: event.location, event.timeCreated, SampleOrigin(event), story)
  }
}
