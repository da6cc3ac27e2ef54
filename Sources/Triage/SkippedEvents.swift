import EventLog
import RuleEngine

/// Counts the events of a chunk that no rule and no evidence can match, by their headers alone.
///
/// What it decides depends on provider, event ID, channel and computer only, so it decides once for each combination.
struct SkippedEvents {
  private struct Kind {
    let provider: [UInt8]
    let channel: [UInt8]
    let computer: [UInt8]
    let eventID: Int?
    /// Whether events of the kind can be left undecoded.
    let isSkipped: Bool
    /// Whether the options let the kind through.
    let isIncluded: Bool
    /// The events that were left undecoded and passed the filters.
    var occurrences = Occurrences()
  }

  private let rules: RuleSet
  private let scratch: MatchScratch
  private let options: TriageOptions
  private var kinds: [Kind] = []
  private var positions: [UInt64: Int] = [:]
  private var filteredOut = 0

  init(rules: RuleSet, scratch: MatchScratch, options: TriageOptions) {
    self.rules = rules
    self.scratch = scratch
    self.options = options
  }

  /// Whether an event needs no decoding; then it has been counted.
  mutating func skip(_ header: EventHeader) -> Bool {
    // What no rule knows is listed with an example when it is an error or a warning.
    if let level = header.level, level.isTrouble { return false }
    guard let index = kindIndex(header), kinds[index].isSkipped else { return false }
    if kinds[index].isIncluded, options.includes(time: header.timeCreated) {
      kinds[index].occurrences.add(header.timeCreated)
    } else {
      filteredOut += 1
    }
    return true
  }

  /// Adds the counts to a summary.
  func add(to summary: inout TriageSummary) {
    summary.addFilteredOut(filteredOut)
    for kind in kinds where kind.occurrences.count > 0 {
      let log = LogKey(
        computer: String(decoding: kind.computer, as: UTF8.self), channel: String(decoding: kind.channel, as: UTF8.self)
      )
      summary.addUnmatched(kind.occurrences, log: log)
    }
  }

  /// The position of the header's kind; nil when another kind has the same hash.
  private mutating func kindIndex(_ header: EventHeader) -> Int? {
    let hash = Self.hash(header)
    if let index = positions[hash] { return isKind(kinds[index], header) ? index : nil }
    guard kinds.count < 4096 else { return nil }
    kinds.append(kind(header))
    positions[hash] = kinds.count - 1
    return kinds.count - 1
  }

  private func kind(_ header: EventHeader) -> Kind {
    let provider = String(decoding: header.provider, as: UTF8.self)
    let channel = String(decoding: header.channel, as: UTF8.self)
    let computer = String(decoding: header.computer, as: UTF8.self)
    let mayMatch = rules.mayMatch(header, scratch)
    return Kind(
      provider: Array(header.provider), channel: Array(header.channel), computer: Array(header.computer),
      eventID: header.eventID,
      isSkipped: !mayMatch && !TellingEvents.include(provider: provider, eventID: header.eventID, channel: channel),
      isIncluded: options.includes(channel: channel, computer: computer))
  }

  private func isKind(_ kind: Kind, _ header: EventHeader) -> Bool {
    kind.eventID == header.eventID && kind.provider.elementsEqual(header.provider)
      && kind.channel.elementsEqual(header.channel) && kind.computer.elementsEqual(header.computer)
  }

  /// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), over eight bytes at a time where there are eight.
  private static func hash(_ header: EventHeader) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01B3 }
    for text in [header.provider, header.channel, header.computer] {
      var offset = 0
      while offset + 8 <= text.count {
        add(text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      while offset < text.count {
        add(UInt64(text[offset]))
        offset += 1
      }
      add(0xFF)
    }
    add(UInt64(bitPattern: Int64(header.eventID ?? -1)))
    return hash
  }
}
