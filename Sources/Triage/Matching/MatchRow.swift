import EventLog

/// What a thread has seen of events that match the same and agree in all values by which findings and evidence are told
/// apart, since it last told the summary.
struct MatchRow {
  /// What the summary knows the events by.
  struct Names {
    let findings: [FindingKey]
    let evidence: [EvidenceKey]
  }

  /// The events of one minute, which are added to everything else at once.
  fileprivate struct Run {
    let minute: Int64
    var count = 0
    var first: SamplePosition
    var last: SamplePosition
    /// The events themselves, where they may be evidence.
    var firstEvent: HeldEvent?
    var lastEvent: HeldEvent?
  }

  /// The position of the plan that says what the events are.
  let plan: Int
  private let isEvidence: Bool
  private let sampleLimit: Int
  private var run: Run?
  private var times = TimeTally()
  private var edges: EdgeEvents?
  private var series = TimedSeries<HeldEvent>()
  /// Nil before the summary was told.
  var names: Names?

  /// - Parameters:
  ///   - plan: The position of the plan.
  ///   - isFinding: Whether the events belong to a finding, which lists the first and last of them.
  ///   - isEvidence: Whether they may be evidence.
  ///   - sampleLimit: How many events a finding keeps.
  init(plan: Int, isFinding: Bool, isEvidence: Bool, sampleLimit: Int) {
    self.plan = plan
    self.isEvidence = isEvidence
    self.sampleLimit = sampleLimit
    if isFinding { edges = EdgeEvents(limit: sampleLimit) }
  }

  /// Adds an event.
  mutating func add(_ fields: EventFields, at position: SamplePosition, _ total: HeldEvent.Total) {
    let held = edges?.add(fields, at: position, total)
    guard let time = fields.header.timeCreated else { return times.addUndated() }
    let minute = time.minute
    if run?.minute != minute {
      endRun()
      run = Run(minute: minute, first: position, last: position)
    }
    let (isFirst, isLast) = run?.count(position) ?? (false, false)
    guard isEvidence, isFirst || isLast else { return }
    run?.hold(held, or: fields, at: position, isFirst: isFirst, isLast: isLast, total)
  }

  /// What was seen, which is forgotten; nil when that is nothing.
  mutating func takeSeen() -> Seen? {
    endRun()
    guard times.occurrences.count > 0 else { return nil }
    let seen = Seen(times: times, edges: edges?.events ?? [], series: series, sampleLimit: sampleLimit)
    times = TimeTally()
    if edges != nil { edges = EdgeEvents(limit: sampleLimit) }
    series = TimedSeries(widthExponent: series.widthExponent)
    return seen
  }

  /// Makes the bins for evidence at least so wide; there must not be more in any series that the row is told to.
  mutating func widen(to exponent: Int64) { series = series.widened(to: exponent) }

  private mutating func endRun() {
    guard let ended = run.take() else { return }
    times.add(ended.count, from: ended.first.time, to: ended.last.time)
    guard let first = ended.firstEvent, let last = ended.lastEvent else { return }
    series.add(TimedSeries.Bin(first: first, last: last, count: ended.count), minute: ended.minute)
  }
}

extension MatchRow {
  /// All that a row has seen.
  struct Seen {
    let times: TimeTally
    /// The first and last events of a finding.
    let edges: [HeldEvent]
    let series: TimedSeries<HeldEvent>
    let sampleLimit: Int

    /// One of the events; nil when none is kept.
    var example: HeldEvent? { edges.first ?? series.example }

    /// The events as a finding on a computer.
    func finding(on computer: String, _ sample: (HeldEvent) -> EventSample) -> FindingSummary {
      FindingSummary(
        times, on: computer, SampleLedger(limit: sampleLimit, sorted: edges.map(sample)))
    }

    /// The events as evidence.
    func evidence(widthExponent: Int64, _ sample: (HeldEvent) -> EventSample) -> EvidenceSeries {
      series.widened(to: widthExponent).mapSamples(sample)
    }
  }
}

extension MatchRow.Run {
  /// Counts an event.
  ///
  /// - Returns: Whether it is the first, and whether it is the last so far.
  fileprivate mutating func count(_ position: SamplePosition) -> (isFirst: Bool, isLast: Bool) {
    count += 1
    if count == 1 { return (true, true) }
    let found = (isFirst: position < first, isLast: last < position)
    if found.isFirst { first = position }
    if found.isLast { last = position }
    return found
  }

  /// Holds an event that was counted, or shares it when it is held already.
  fileprivate mutating func hold(
    _ held: HeldEvent?, or fields: EventFields, at position: SamplePosition, isFirst: Bool, isLast: Bool,
    _ total: HeldEvent.Total
  ) {
    if let held {
      if isFirst { firstEvent = held }
      if isLast { lastEvent = held }
    } else if isFirst {
      firstEvent.hold(fields, at: position, total)
      if isLast { lastEvent = firstEvent }
    } else {
      lastEvent.hold(fields, at: position, total)
    }
  }
}
