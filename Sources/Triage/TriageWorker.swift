import EventLog
import RuleEngine
import Synchronization

/// Sums up the chunks that one thread takes.
///
/// Most of what is counted depends on an event's kind only. It is kept by the number of the kind, and added to the
/// summary at the end, or when kinds are numbered anew.
final class TriageWorker {
  /// What all threads have in common: what each holds too much of goes there, so that it is kept once.
  final class Common: Sendable {
    let restorer = EventRestorer()
    private let summary = Mutex(TriageSummary())

    fileprivate func withSummary(_ body: (inout TriageSummary) -> Void) { summary.withLock { body(&$0) } }

    /// Does nothing when another thread is at the summary.
    fileprivate func withSummaryIfFree(_ body: (inout TriageSummary) -> Void) {
      _ = summary.withLockIfAvailable { body(&$0) }
    }

    /// What the threads have told.
    func result(_ own: Result) -> Result {
      var sum = own
      summary.withLock { sum.summary.merge($0) }
      return sum
    }
  }

  /// What a thread found.
  struct Result: Sendable {
    fileprivate var summary = TriageSummary()
    /// What was read, by input.
    fileprivate var tallies: [Int: ReadingTally] = [:]

    /// Adds what another thread found.
    mutating func merge(_ other: Result) {
      summary.merge(other.summary)
      tallies.merge(other.tallies) { $0.merging($1) }
    }

    /// The summary with what is known of the inputs.
    func summary(of inputs: [SourceSummary]) -> TriageSummary {
      var summary = summary
      for (index, input) in inputs.enumerated() {
        var input = input
        input.tally = tallies[index] ?? ReadingTally()
        summary.add(input, at: index)
      }
      return summary
    }
  }

  private let rules: RuleSet
  private let catalog: EvidenceCatalog
  private let correlations: CorrelationCatalog
  private let options: TriageOptions
  private let scratch: MatchScratch
  private let reader = ChunkReader()
  private let common: Common
  private let correlates: Bool
  private var lessons = LessonLedger()
  private var generation = 0
  private var kinds: KindLedger
  private var matched: MatchLedger
  private var result = Result()

  /// What the rules cost; nil when the worker was not made to take note.
  var profile: RuleProfile? { scratch.profile }

  init(
    rules: RuleSet, catalog: EvidenceCatalog, correlations: CorrelationCatalog, options: TriageOptions,
    common: Common, profiles: Bool
  ) {
    self.rules = rules
    self.common = common
    correlates = !correlations.isEmpty
    self.catalog = catalog
    self.correlations = correlations
    self.options = options
    scratch = rules.makeScratch(profiles: profiles)
    kinds = KindLedger(scratch: scratch, options: options)
    matched = MatchLedger(rules: rules, catalog: catalog, sampleLimit: options.eventsPerFinding)
  }

  /// Adds the events of a chunk.
  func take(_ chunk: EventChunk, of input: Int) {
    let tally = reader.read(chunk, skips: { kinds.skip($0) }, { take($0) })
    result.tallies[input, default: ReadingTally()].merge(tally)
    if reader.generation != generation { startGeneration() }
    if matched.isFull { common.withSummaryIfFree { matched.flush(into: &$0, common.restorer) } }
    if matched.isOverfull { flushMatches() }
  }

  /// What was found.
  func finish() -> Result {
    kinds.flush(into: &result.summary)
    flushMatches()
    result.summary.addAbandonedAttempts(scratch.abandonedAttempts)
    return result
  }

  private func startGeneration() {
    generation = reader.generation
    kinds.flush(into: &result.summary)
    kinds = KindLedger(scratch: scratch, options: options)
    matched.forgetKinds()
  }

  private func take(_ fields: EventFields) {
    let kind = fields.header.kind
    guard kinds.count(fields) else { return }
    if kinds.isLesson(kind), lessons.isNew(fields) { result.summary.learn(fields.makeEvent()) }
    let matches = rules.matches(fields, kinds.state(of: kind), scratch)
    if kinds.isTrouble(kind) {
      kinds.noteTrouble(fields, isExplained: !matches.rules.isEmpty) {
        EventSample(KeptEvent(fields), SampleOrigin(fields.header), .plain, common.restorer)
      }
    }
    guard !matches.isEmpty else { return }
    if fields.tellsValues {
      matched.take(fields, matches)
    } else {
      take(fields.makeEvent(), matches)
    }
    if correlates { correlate(fields, matches) }
  }

  /// Takes an event whose values rules read from its rendered message.
  private func take(_ event: Event, _ matches: EventMatches) {
    result.summary.addMatches(
      event, matches.rules.map { rules.rules[$0] }, sampleLimit: options.eventsPerFinding, common.restorer)
    result.summary.addEvidence(event, matches: matches, catalog, common.restorer)
  }

  private func flushMatches() { common.withSummary { matched.flush(into: &$0, common.restorer) } }

  private func correlate(_ fields: EventFields, _ matches: EventMatches) {
    for index in matches.rules where correlations.fields(ofRule: index) != nil {
      let event = fields.makeEvent()
      let values = correlations.values(of: event, rule: index)
      result.summary.addCorrelated(event, rule: rules.rules[index].id, values: values)
    }
  }
}

extension ReadingTally: Mergeable {}
