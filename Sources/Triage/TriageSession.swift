public import EventLog
public import RuleEngine

/// Reads inputs, matches rules and sums up, on all cores. The only place where threads share events: each takes one chunk
/// after the other, decodes and matches it, and keeps a summary of its own. What a summary holds depends on the events
/// only, never on their order, so the result does not depend on the number of threads.
public struct TriageSession: Sendable {
  /// How far a session is.
  public struct Progress: Sendable {
    /// The bytes read so far, over all inputs.
    public var bytes: UInt64
    /// The name of the input that is being read.
    public var input: String
  }

  private let rules: RuleSet
  /// Which events are evidence.
  public let catalog: EvidenceCatalog
  private let correlations: CorrelationCatalog
  private let options: TriageOptions
  private let profiler: RuleProfiler?

  /// Makes a session.
  ///
  /// - Parameters:
  ///   - rules: The rules that events are matched with.
  ///   - options: Which events are looked at.
  ///   - profiler: Takes note of what each rule costs; nil when nobody asks.
  public init(rules: RuleSet, options: TriageOptions = TriageOptions(), profiler: RuleProfiler? = nil) {
    self.rules = rules
    catalog = EvidenceCatalog(rules: rules)
    correlations = CorrelationCatalog(rules: rules)
    self.options = options
    self.profiler = profiler
  }

  /// Reads inputs and sums up what the rules say about them.
  ///
  /// - Parameters:
  ///   - sources: The inputs; one that cannot be read is named in the summary and does not stop the others.
  ///   - onProgress: Is called now and then, on the calling thread.
  /// - Returns: What is known of all inputs together.
  public func run(
    _ sources: [InputSource], onProgress: (Progress) -> Void = { _ in }
  ) async -> TriageSummary {
    let chunks = ChunkQueue(sources, limits: options.limits)
    let common = TriageWorker.Common()
    return await withTaskGroup(of: TriageWorker.Result.self) { group in
      for _ in 1..<max(1, options.jobs) { group.addTask { work(chunks, common) { _ in } } }
      var result = work(chunks, common, onProgress)
      for await other in group { result.merge(other) }
      return common.result(result).summary(of: chunks.summaries)
    }
  }

  /// What one thread does.
  private func work(
    _ chunks: ChunkQueue, _ common: TriageWorker.Common, _ onProgress: (Progress) -> Void
  ) -> TriageWorker.Result {
    let worker = TriageWorker(
      rules: rules, catalog: catalog, correlations: correlations, options: options, common: common,
      profiles: profiler != nil)
    var input: ChunkQueue.Input?
    while let next = chunks.next(after: input) {
      input = next.input
      if options.slice?.includes(chunk: next.input.position + next.index) ?? true {
        worker.take(next.chunk, of: next.input.position)
      }
      onProgress(Progress(bytes: chunks.bytesRead, input: next.input.name))
    }
    if let profile = worker.profile { profiler?.add(profile) }
    return worker.finish()
  }
}
