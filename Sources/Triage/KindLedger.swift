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
    /// Whether events of the kind may tell of addresses and clocks.
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
  private let options: TriageOptions
  private let filtersTime: Bool
  private var entries: [Entry?] = []
  private var filteredOut = 0

  init(rules: RuleSet, options: TriageOptions) {
    self.rules = rules
    self.options = options
    filtersTime = options.since != nil || options.until != nil
  }

  /// Whether an event needs no closer look; then it has been counted.
  mutating func skip(_ glance: EventGlance) -> Bool {
    let kind = glance.kind
    if kind >= entries.count || entries[kind] == nil {
      add(kind, glance.provider, glance.channel, glance.computer, glance.eventID, glance.level)
    }
    guard let entry = entries[kind], !entry.needsCloserLook else { return false }
    _ = count(kind, glance.timeCreated)
    return true
  }

  /// Counts an event; whether it passes the filters.
  mutating func count(_ fields: EventFields) -> Bool {
    let (kind, header) = (fields.header.kind, fields.header)
    if kind >= entries.count || entries[kind] == nil {
      add(kind, header.provider, header.channel, header.computer, header.eventID, header.level)
    }
    return count(kind, header.timeCreated)
  }

  /// Whether a rule or evidence may match events of a kind that was counted.
  func mayMatch(_ kind: Int) -> Bool { entries[kind]?.mayMatch ?? true }

  /// Whether events of a kind that was counted may tell of addresses and clocks.
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

  private mutating func add(
    _ number: Int, _ provider: UnsafeRawBufferPointer, _ channel: UnsafeRawBufferPointer,
    _ computer: UnsafeRawBufferPointer, _ eventID: Int?, _ level: Level?
  ) {
    let log = LogKey(
      computer: String(decoding: computer, as: UTF8.self), channel: String(decoding: channel, as: UTF8.self))
    let provider = String(decoding: provider, as: UTF8.self)
    let trouble = level.flatMap { $0.isTrouble ? $0 : nil }
    let mayMatch = rules.mayMatch(provider: provider, eventID: eventID, channel: log.channel)
    while entries.count <= number { entries.append(nil) }
    entries[number] = Entry(
      log: log, provider: provider, eventID: eventID, trouble: trouble,
      isDomainControllerSign: DomainControllerSigns.shows(channel: log.channel, provider: provider),
      mayMatch: mayMatch,
      isLesson: AddressBook.learns(provider: provider, eventID: eventID)
        || ClockShifts.learns(provider: provider, eventID: eventID),
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
