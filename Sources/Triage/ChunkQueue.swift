import EventLog
import Synchronization

/// Hands out the chunks of several inputs to several threads. A thread stays with its input as long as that has chunks,
/// then opens the next input, and helps with the inputs of others when there is none: so many small inputs are read at
/// the same time, and a large one is shared.
final class ChunkQueue: Sendable {
  /// An input that is being read, by one thread at a time.
  final class Input: Sendable {
    /// The position of the input among all inputs.
    let position: Int
    let name: String
    fileprivate let state: Mutex<State>

    fileprivate init(_ source: InputSource, at position: Int) {
      self.position = position
      name = source.name
      state = Mutex(State(source, at: position))
    }
  }

  /// A chunk, with its number within its input.
  struct Item {
    var input: Input
    var chunk: EventChunk
    var index: Int
  }

  private let inputs: [Input]
  private let limits: ReadingLimits
  private let memory = ChunkMemory()
  /// The number of inputs that a thread has taken.
  private let taken = Mutex(0)
  private let bytes = Atomic<UInt64>(0)

  init(_ sources: [InputSource], limits: ReadingLimits) {
    inputs = sources.enumerated().map { Input($0.element, at: $0.offset) }
    self.limits = limits
  }

  /// The bytes read so far, over all inputs.
  var bytesRead: UInt64 { bytes.load(ordering: .relaxed) }

  /// What is known of each input, its events aside.
  var summaries: [SourceSummary] { inputs.map { input in input.state.withLock { $0.summary } } }

  /// - Parameter input: The input that the thread's last chunk was from.
  /// - Returns: The next chunk; nil when there are no more.
  func next(after input: Input?) -> Item? {
    if let input, let item = next(of: input) { return item }
    while let opened = takeInput() {
      if let item = next(of: opened) { return item }
    }
    // Not by a lazy sequence, which would ask twice and so lose a chunk.
    for other in inputs {
      if let item = next(of: other) { return item }
    }
    return nil
  }

  private func takeInput() -> Input? {
    taken.withLock { taken in
      guard taken < inputs.count else { return nil }
      defer { taken += 1 }
      return inputs[taken]
    }
  }

  private func next(of input: Input) -> Item? {
    input.state.withLock { state in
      let before = state.summary.bytes
      let chunk = state.next(limits: limits, memory: memory)
      bytes.add(state.summary.bytes - before, ordering: .relaxed)
      guard let chunk else { return nil }
      return Item(input: input, chunk: chunk, index: state.chunks - 1)
    }
  }
}

extension ChunkQueue {
  /// What is known of an input, and how to read on.
  fileprivate struct State {
    private let source: InputSource
    private let position: Int
    private var reader: EventReader?
    private var isFinished = false
    /// How many chunks were handed out.
    private(set) var chunks = 0
    private(set) var summary: SourceSummary

    init(_ source: InputSource, at position: Int) {
      self.source = source
      self.position = position
      summary = SourceSummary(name: source.name)
    }

    mutating func next(limits: ReadingLimits, memory: ChunkMemory) -> EventChunk? {
      guard !isFinished else { return nil }
      do throws(InputFailure) {
        let reader = try openReader(limits, memory)
        let chunk = try reader.next()
        summary.bytes = reader.bytesRead
        if let chunk {
          chunks += 1
          return chunk
        }
      } catch {
        summary.failure = error.explanation
      }
      finish()
      return nil
    }

    private mutating func openReader(_ limits: ReadingLimits, _ memory: ChunkMemory) throws(InputFailure) -> EventReader
    {
      if let reader { return reader }
      let opened = try EventReader(source, index: position, limits: limits, memory: memory)
      reader = opened
      return opened
    }

    private mutating func finish() {
      isFinished = true
      guard let reader else { return }
      summary.bytes = reader.bytesRead
      summary.sha256 = reader.sha256
      summary.format = reader.format.name
      summary.encoding = reader.encoding
      summary.isCompressed = reader.isCompressed
      self.reader = nil
    }
  }
}
