public import EventLog
public import RuleEngine

/// Reads inputs, matches rules and sums up, on all cores. The only place with concurrency: chunks are read one after
/// the other, decoded and matched on any thread, and merged in the order of reading, so that the result does not
/// depend on the number of threads.
public struct TriageSession: Sendable {
  /// How far a session is.
  public struct Progress: Sendable {
    /// The bytes read so far, over all inputs.
    public var bytes: UInt64
    /// The name of the input that is being read.
    public var input: String
  }

  private let rules: RuleSet
  private let catalog: EvidenceCatalog
  private let options: TriageOptions

  /// Makes a session.
  public init(rules: RuleSet, options: TriageOptions = TriageOptions()) {
    self.rules = rules
    catalog = EvidenceCatalog(rules: rules)
    self.options = options
  }

  /// Reads inputs and sums up what the rules say about them.
  ///
  /// - Parameters:
  ///   - sources: The inputs; one that cannot be read is named in the summary and does not stop the others.
  ///   - onProgress: Is called now and then, on the reading thread.
  /// - Returns: What is known of all inputs together.
  public func run(
    _ sources: [InputSource], onProgress: (Progress) -> Void = { _ in }
  ) async -> TriageSummary {
    var reading = ChunkSequence(sources, limits: options.limits)
    return await withTaskGroup(of: (Int, TriageSummary, ReadingTally).self) { group in
      var merging = OrderedMerge()
      var issued = 0
      while let chunk = reading.next() {
        let index = issued
        issued += 1
        merging.sources.append(chunk.source)
        if let slice = options.slice, !slice.includes(chunk: index) {
          merging.take((index, TriageSummary(), ReadingTally()))
        } else if options.jobs <= 1 {
          merging.take(process(chunk.chunk, index))
        } else {
          group.addTask { process(chunk.chunk, index) }
        }
        // Bounds the memory: chunks in flight and results that wait for an earlier one.
        while issued - merging.merged > options.jobs * 2, let result = await group.next() { merging.take(result) }
        onProgress(Progress(bytes: reading.bytesRead, input: sources[chunk.source].name))
      }
      for await result in group { merging.take(result) }
      return merging.finish(reading.summaries)
    }
  }

  private func process(_ chunk: EventChunk, _ index: Int) -> (Int, TriageSummary, ReadingTally) {
    var summary = TriageSummary()
    let scratch = rules.makeScratch()
    var skipped = SkippedEvents(rules: rules, scratch: scratch, options: options)
    let tally = chunk.decode(
      skipping: { skipped.skip($0) },
      fields: { fields in
        let event = fields.makeEvent()
        guard options.includes(event) else { return summary.addFilteredOut() }
        let matches = rules.matches(fields, scratch)
        summary.add(event, matches: matches.rules.map { rules.rules[$0] }, sampleLimit: options.eventsPerFinding)
        guard event.timeCreated != nil else { return }
        for (probe, values) in catalog.occurrences(event, matches: matches) {
          let key = EvidenceKey(probe: probe.name, computer: event.computer, values: values)
          summary.addEvidence(key, evidenceSample(event, probe))
        }
      })
    skipped.add(to: &summary)
    return (index, summary, tally)
  }
}

extension TriageSession {
  private func evidenceSample(_ event: Event, _ probe: EvidenceProbe) -> EventSample {
    let rule = probe.ruleID.flatMap { rules.rule(id: $0) }
    return EventSample(event, sentence: rule?.sentence(for: event, language: "en") ?? event.plainSentence)
  }
}

/// Merges the results of chunks in the order in which the chunks were read.
private struct OrderedMerge {
  /// The input of each chunk.
  var sources: [Int] = []
  private(set) var merged = 0
  private var waiting: [Int: (TriageSummary, ReadingTally)] = [:]
  private var summary = TriageSummary()
  private var tallies: [Int: ReadingTally] = [:]

  mutating func take(_ result: (index: Int, summary: TriageSummary, tally: ReadingTally)) {
    waiting[result.index] = (result.summary, result.tally)
    while let (next, tally) = waiting.removeValue(forKey: merged) {
      summary.merge(next)
      tallies[sources[merged], default: ReadingTally()].append(tally)
      merged += 1
    }
  }

  func finish(_ inputs: [SourceSummary]) -> TriageSummary {
    var summary = summary
    for (index, input) in inputs.enumerated() {
      var input = input
      input.tally = tallies[index] ?? ReadingTally()
      summary.add(input, at: index)
    }
    return summary
  }
}

/// The chunks of several inputs, one input after the other.
private struct ChunkSequence {
  private let sources: [InputSource]
  private let limits: ReadingLimits
  private var reader: EventReader?
  private var position = 0
  private var finishedBytes: UInt64 = 0
  /// What is known of each input, its events aside.
  private(set) var summaries: [SourceSummary]

  init(_ sources: [InputSource], limits: ReadingLimits) {
    self.sources = sources
    self.limits = limits
    summaries = sources.map { SourceSummary(name: $0.name) }
  }

  var bytesRead: UInt64 { finishedBytes + (reader?.bytesRead ?? 0) }

  mutating func next() -> (chunk: EventChunk, source: Int)? {
    while position < sources.count {
      do throws(InputFailure) {
        let reader = try openReader()
        if let chunk = try reader.next() { return (chunk, position) }
      } catch {
        summaries[position].failure = error.explanation
      }
      closeReader()
    }
    return nil
  }

  private mutating func openReader() throws(InputFailure) -> EventReader {
    if let reader { return reader }
    let opened = try EventReader(sources[position], index: position, limits: limits)
    reader = opened
    return opened
  }

  private mutating func closeReader() {
    if let reader {
      summaries[position].bytes = reader.bytesRead
      summaries[position].sha256 = reader.sha256
      summaries[position].format = reader.format.name
      summaries[position].encoding = reader.encoding
      summaries[position].isCompressed = reader.isCompressed
      finishedBytes += reader.bytesRead
    }
    reader = nil
    position += 1
  }
}
