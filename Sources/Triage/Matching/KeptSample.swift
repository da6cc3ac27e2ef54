import EventLog

/// An event that is kept as its text until the report asks for a sentence about it.
struct KeptSample: TimedSample {
  let event: KeptEvent
  /// The position of the rule that tells of the event, if any does.
  let teller: Int?

  var time: EventTime? { event.time }
  var location: EventLocation { event.location }
}

/// What a thread has seen of one finding since it last told the summary.
final class FindingTally {
  let key: FindingKey
  private var summary: FindingSummary
  private var samples: TimedLedger<KeptSample>
  /// Neighbouring events are of the same kind, and so of the same computer.
  private var run = (kind: -1, computer: "", occurrences: Occurrences())

  init(_ key: FindingKey, sampleLimit: Int) {
    self.key = key
    summary = FindingSummary(sampleLimit: sampleLimit)
    samples = TimedLedger(limit: sampleLimit)
  }

  /// Counts an event and keeps it if it is one of the first or last.
  func add(_ fields: EventFields, _ position: SamplePosition, keep: () -> KeptSample) {
    if fields.header.kind != run.kind {
      endRun()
      run = (fields.header.kind, String(decoding: fields.header.computer, as: UTF8.self), Occurrences())
    }
    run.occurrences.add(fields.header.timeCreated)
    summary.count(fields.header.timeCreated)
    if samples.wants(position) { samples.add(keep()) }
  }

  /// What was seen, with sentences.
  func finish(_ sample: (KeptSample) -> EventSample) -> FindingSummary {
    endRun()
    for kept in samples.samples { summary.keep(sample(kept)) }
    return summary
  }

  private func endRun() {
    guard run.occurrences.count > 0 else { return }
    summary.count(run.occurrences, on: run.computer)
  }
}

/// What a thread has seen of one kind of evidence since it last told the summary.
final class EvidenceTally {
  let key: EvidenceKey
  private(set) var series = TimedSeries<KeptSample>()

  init(_ key: EvidenceKey) { self.key = key }

  /// Remembers an event.
  func add(_ time: EventTime, _ position: SamplePosition, keep: () -> KeptSample) {
    series.add(time, position, keep)
  }
}
