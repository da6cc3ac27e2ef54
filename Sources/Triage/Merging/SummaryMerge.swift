import EventLog
public import RuleEngine

/// Merges summaries of several machines, or of the parts of one job, into one.
///
/// The inputs keep the order in which the summaries are added; parts of the same inputs share their positions.
public struct SummaryMerge: Sendable {
  /// What identifies inputs that were read in parts.
  private struct Job: Hashable {
    var inputs: [String]
    var slices: Int
  }

  /// The parts of a job that were added.
  private struct Parts {
    var firstPosition: Int
    var numbers: Set<Int> = []
  }

  private let fingerprint: String
  private var jobs: [Job: Parts] = [:]
  private var nextPosition = 0
  /// What is known so far.
  public private(set) var summary = TriageSummary()
  /// The options that the summaries were made with, each once, in the order of adding.
  public private(set) var options: [String] = []
  /// How many events each finding keeps at most.
  public private(set) var eventsPerFinding = 0
  /// Arguments that stood for no input, as sentences.
  public private(set) var inputFailures: [String] = []

  /// Prepares to merge.
  ///
  /// - Parameter rules: The rules that the report is made with; the summaries must have been made with the same.
  public init(rules: RuleSet) { fingerprint = rules.fingerprint }

  /// Adds a summary.
  ///
  /// - Throws: Why it cannot be added; the others are not affected.
  public mutating func add(_ file: SummaryFile) throws(SummaryFailure) {
    guard file.rules == fingerprint else { throw .otherRules(tool: file.tool) }
    let sources = file.summary.sources.sorted { $0.key < $1.key }
    let job = Job(
      inputs: sources.map { "\($0.value.name)\u{0}\($0.value.sha256 ?? "")\u{0}\($0.value.bytes)" },
      slices: file.slice?.count ?? 1)
    let number = file.slice?.number ?? 1
    var parts = jobs[job] ?? Parts(firstPosition: nextPosition)
    let isKnown = jobs[job] != nil && !job.inputs.isEmpty
    guard !isKnown || parts.numbers.insert(number).inserted else { throw .repeated }
    parts.numbers.insert(number)
    if !isKnown { nextPosition = parts.firstPosition + ((sources.last?.key ?? -1) + 1) }
    jobs[job] = parts
    summary.merge(file.summary.shiftingSources(by: parts.firstPosition))
    options += file.options.filter { !options.contains($0) }
    eventsPerFinding = max(eventsPerFinding, file.eventsPerFinding)
    if !isKnown { inputFailures += file.inputFailures }
  }

  /// What is missing of inputs that were read in parts.
  public var incomplete: [SummaryFailure] {
    jobs.filter { $0.value.numbers.count < $0.key.slices }
      .sorted { $0.value.firstPosition < $1.value.firstPosition }
      .map { job, parts in
        .missingSlices((1...job.slices).filter { !parts.numbers.contains($0) }, count: job.slices)
      }
  }
}
