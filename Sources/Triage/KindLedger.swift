import EventLog
import RuleEngine

/// Counts events by their kind, and decides once for each kind whether its events need a closer look.
struct KindLedger {
  private struct Entry {
    let log: LogKey
    let provider: String
    let eventID: Int?
    /// The level of errors and warnings, which are listed with an example when no rule knows them.
    let trouble: Level?
    let isDomainControllerSign: Bool
    /// Whether a rule or evidence may match events of the kind.
    let mayMatch: Bool
    /// Whether events of the kind are ``TellingEvents``.
    let isLesson: Bool
    /// Whether the options let the kind through.
    let isIncluded: Bool
    /// The events that passed the filters.
    var occurrences = Occurrences()
    /// How many of them a rule matched.
    var explained = 0
    /// The first one that no rule matched.
    var sample: EventSample?

    /// Whether a first look is not all that an event of the kind needs.
    var needsCloserLook: Bool { mayMatch || isLesson || trouble != nil }
  }

  private let rules: RuleSet
  private let scratch: MatchScratch
  private let options: TriageOptions
  private let filtersTime: Bool
  private var entries: [Entry?] = []
  private var filteredOut = 0

  init(rules: RuleSet, scratch: MatchScratch, options: TriageOptions) {
    self.rules = rules
    self.scratch = scratch
    self.options = options
    filtersTime = options.since != nil || options.until != nil
  }

  /// Whether an event needs no closer look; then it has been counted.
  mutating func skip(_ glance: EventGlance) -> Bool {
    let kind = glance.kind
    if kind >= entries.count || entries[kind] == nil { add(glance.header) }
    guard let entry = entries[kind], !entry.needsCloserLook else { return false }
    _ = count(kind, glance.timeCreated)
    return true
  }

  /// Counts an event; whether it passes the filters.
  mutating func count(_ fields: EventFields) -> Bool {
    let kind = fields.header.kind
    if kind >= entries.count || entries[kind] == nil { add(fields.header) }
    return count(kind, fields.header.timeCreated)
  }

  /// Whether a rule or evidence may match events of a kind that was counted.
  func mayMatch(_ kind: Int) -> Bool { entries[kind]?.mayMatch ?? true }

  /// Whether events of a kind that was counted are ``TellingEvents``.
  func isLesson(_ kind: Int) -> Bool { entries[kind]?.isLesson ?? true }

  /// Notes an error or a warning.
  ///
  /// - Parameters:
  ///   - fields: The event.
  ///   - isExplained: Whether a rule matches it.
  ///   - sample: Is made when it is the first event of its kind that no rule matches.
  mutating func noteTrouble(_ fields: EventFields, isExplained: Bool, sample: () -> EventSample) {
    let kind = fields.header.kind
    guard entries[kind]?.trouble != nil else { return }
    if isExplained {
      entries[kind]?.explained += 1
    } else if entries[kind]?.sample.map({ $0.isLater(than: fields) }) ?? true {
      entries[kind]?.sample = sample()
    }
  }

  /// Adds the counts to a summary.
  func flush(into summary: inout TriageSummary) {
    summary.addFilteredOut(filteredOut)
    for case let entry? in entries where entry.occurrences.count > 0 {
      summary.addEvents(
        entry.occurrences, log: entry.log, isDomainControllerSign: entry.isDomainControllerSign)
      guard let level = entry.trouble else { continue }
      let kind = EventKind(provider: entry.provider.lowercased(), eventID: entry.eventID ?? -1)
      summary.addTrouble(
        kind,
        TroubleSummary(
          entry.occurrences, explained: entry.explained, level: level, channel: entry.log.channel, sample: entry.sample)
      )
    }
  }

  @inline(__always)
  private mutating func count(_ kind: Int, _ time: EventTime?) -> Bool {
    guard entries[kind]?.isIncluded == true, !filtersTime || options.includes(time: time) else {
      filteredOut += 1
      return false
    }
    entries[kind]?.occurrences.add(time)
    return true
  }

  private mutating func add(_ header: EventHeader) {
    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
    let log = LogKey(computer: text(header.computer), channel: text(header.channel))
    let provider = text(header.provider)
    while entries.count <= header.kind { entries.append(nil) }
    entries[header.kind] = Entry(
      log: log, provider: provider, eventID: header.eventID,
      trouble: header.level.flatMap { $0.isTrouble ? $0 : nil },
      isDomainControllerSign: DomainControllerSigns.shows(channel: log.channel, provider: provider),
      mayMatch: rules.mayMatch(header, scratch),
      isLesson: TellingEvents.include(provider: provider, eventID: header.eventID),
      isIncluded: options.includes(channel: log.channel, computer: log.computer))
  }
}

extension EventSample {
  /// Whether an event stands before this one in the order of reports.
  fileprivate func isLater(than fields: EventFields) -> Bool {
    let (own, other) = (time?.ticks ?? .max, fields.header.timeCreated?.ticks ?? .max)
    return other < own || (other == own && fields.location < location)
  }
}
