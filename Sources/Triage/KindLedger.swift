import EventLog
import RuleEngine

/// Counts events by their kind, and decides once for each kind whether its events need a closer look.
struct KindLedger {
  /// What every event asks for: plain values, so that looking at one costs nothing.
  private struct Entry {
    /// Whether the kind was seen.
    var isKnown = false
    /// Whether the options let the kind through.
    var isIncluded = true
    /// Whether a rule or evidence may match events of the kind.
    var mayMatch = true
    /// Whether events of the kind are ``TellingEvents``.
    var isLesson = false
    /// Whether events of the kind are errors or warnings, which are listed with an example when no rule knows them.
    var isTrouble = false
    /// The events that passed the filters.
    var occurrences = Occurrences()
    /// How many of them a rule matched.
    var explained = 0
  }

  /// What the summary is told of a kind.
  private struct Details {
    let log: LogKey
    let provider: String
    let eventID: Int?
    let level: Level?
    /// The first error or warning that no rule matched.
    var sample: EventSample?
  }

  private let scratch: MatchScratch
  private let options: TriageOptions
  private let filtersTime: Bool
  private var entries: [Entry] = []
  private var details: [Int: Details] = [:]
  /// What matches the events, by kind.
  private var states: [KindState?] = []
  private var filteredOut = 0

  init(scratch: MatchScratch, options: TriageOptions) {
    self.scratch = scratch
    self.options = options
    filtersTime = options.since != nil || options.until != nil
  }

  /// Whether an event needs no closer look; then it has been counted.
  mutating func skip(_ glance: EventGlance) -> Bool {
    let kind = glance.kind
    if kind >= entries.count || !entries[kind].isKnown { add(glance.header) }
    guard !entries[kind].mayMatch, !entries[kind].isLesson, !entries[kind].isTrouble else { return false }
    _ = count(kind, glance.timeCreated)
    return true
  }

  /// Counts an event; whether it passes the filters.
  mutating func count(_ fields: EventFields) -> Bool {
    let kind = fields.header.kind
    if kind >= entries.count || !entries[kind].isKnown { add(fields.header) }
    return count(kind, fields.header.timeCreated)
  }

  /// What matches events of a kind that was counted; nil when no rule and no evidence can.
  func state(of kind: Int) -> KindState? { states[kind] }

  /// Whether events of a kind that was counted are errors or warnings.
  func isTrouble(_ kind: Int) -> Bool { entries[kind].isTrouble }

  /// Whether events of a kind that was counted are ``TellingEvents``.
  func isLesson(_ kind: Int) -> Bool { entries[kind].isLesson }

  /// Notes an error or a warning, see ``isTrouble(_:)``.
  ///
  /// - Parameters:
  ///   - fields: The event.
  ///   - isExplained: Whether a rule matches it.
  ///   - sample: Is made when it is the first event of its kind that no rule matches.
  mutating func noteTrouble(_ fields: EventFields, isExplained: Bool, sample: () -> EventSample) {
    let kind = fields.header.kind
    if isExplained {
      entries[kind].explained += 1
    } else if details[kind]?.sample.map({ fields.position < $0.position }) ?? true {
      details[kind]?.sample = sample()
    }
  }

  /// Adds the counts to a summary.
  func flush(into summary: inout TriageSummary) {
    summary.addFilteredOut(filteredOut)
    for (kind, entry) in entries.enumerated() where entry.occurrences.count > 0 {
      guard let details = details[kind] else { continue }
      summary.addEvents(
        entry.occurrences, log: details.log,
        isDomainControllerSign: DomainControllerSigns.shows(channel: details.log.channel, provider: details.provider))
      guard entry.isTrouble, let level = details.level else { continue }
      summary.addTrouble(
        EventKind(provider: details.provider.lowercased(), eventID: details.eventID ?? -1),
        TroubleSummary(
          entry.occurrences, explained: entry.explained, level: level, channel: details.log.channel,
          sample: details.sample))
    }
  }

  @inline(__always)
  private mutating func count(_ kind: Int, _ time: EventTime?) -> Bool {
    guard entries[kind].isIncluded, !filtersTime || options.includes(time: time) else {
      filteredOut += 1
      return false
    }
    entries[kind].occurrences.add(time)
    return true
  }

  private mutating func add(_ header: EventHeader) {
    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
    let log = LogKey(computer: text(header.computer), channel: text(header.channel))
    let provider = text(header.provider)
    details[header.kind] = Details(log: log, provider: provider, eventID: header.eventID, level: header.level)
    while entries.count <= header.kind {
      entries.append(Entry())
      states.append(nil)
    }
    states[header.kind] = scratch.state(for: header)
    entries[header.kind] = Entry(
      isKnown: true, isIncluded: options.includes(channel: log.channel, computer: log.computer),
      mayMatch: states[header.kind] != nil,
      isLesson: TellingEvents.include(provider: provider, eventID: header.eventID),
      isTrouble: header.level?.isTrouble ?? false)
  }
}
