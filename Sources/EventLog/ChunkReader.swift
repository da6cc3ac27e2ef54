/// Reads the events of chunks as fields and remembers what kinds and shapes of events it has seen, which makes the next
/// ones cheap. Each thread has a reader of its own and gives it one chunk after the other, of whatever inputs.
public final class ChunkReader {
  /// Changes when the numbers of kinds begin anew, which happens between chunks only.
  public private(set) var generation = 0

  private var plain = PlainReader()
  private let layout = FieldLayout()
  private let plainFields = PlainFields()

  /// Makes a reader that has seen nothing.
  public init() {}

  /// Reads every event of a chunk, in order.
  ///
  /// - Parameters:
  ///   - chunk: The chunk.
  ///   - skips: Is asked about each plain event; one that it says yes to counts as intact, and nothing more of it is
  ///     looked at. Events of other shapes are never skipped.
  ///   - body: Is called with the fields of every other event that could be read, intact or recovered.
  /// - Returns: What was read, and what could not be.
  public func read(
    _ chunk: EventChunk, skips: (EventGlance) -> Bool = { _ in false }, _ body: (EventFields) -> Void
  ) -> ReadingTally {
    defer {
      chunk.digest.advance()
      if plain.trim() { generation += 1 }
    }
    return chunk.withText { context in
      guard case .eventXML(let tag) = chunk.format else {
        return context.decode { layOut($0, body) }
      }
      var reader = EventXMLReader(context, tag: tag)
      return read(&reader, context, skips, body)
    }
  }

  private func layOut(_ event: Event, _ body: (EventFields) -> Void) {
    var fields = layout.fields(of: event)
    fields.header.kind = plain.number(of: layout.key)
    body(fields)
  }

  private func read(
    _ reader: inout EventXMLReader, _ context: ChunkText, _ skips: (EventGlance) -> Bool,
    _ body: (EventFields) -> Void
  ) -> ReadingTally {
    plainFields.decoder = reader.decoder
    defer { plainFields.decoder = nil }
    repeat {
      reader.tally.intact += readPlain(&plain, &reader, context, skips, body)
    } while reader.readNext { layOut($0, body) }
    return reader.tally
  }

  /// Reads plain events as long as there are some. What has learned shapes is handed in, so that access to it is asked
  /// for once and not for every event.
  ///
  /// - Returns: How many there were.
  private func readPlain(
    _ plain: inout PlainReader, _ reader: inout EventXMLReader, _ context: ChunkText, _ skips: (EventGlance) -> Bool,
    _ body: (EventFields) -> Void
  ) -> Int {
    guard reader.hasPlainTag, context.limits.depth >= ShapeLearner.depthLimit,
      let base = context.text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { return 0 }
    let (end, limit) = (base + context.text.count, context.limits.eventBytes)
    let hasReplacements = !context.replacements.isEmpty
    var (place, count) = (base + reader.position, 0)
    defer { reader.position = place - base }
    while let start = PlainGap.end(of: place, end), let stop = plain.read(start, end: end, limit: limit) {
      let range = start - base..<stop - base
      if hasReplacements, context.hasReplacement(in: range) { break }
      place = stop
      count += 1
      let glance = EventGlance(kind: plain.kind, timeCreated: plain.time(), entry: plain.kinds.kinds + plain.kind)
      if !skips(glance) { body(plainFields.fields(of: &plain, at: range)) }
    }
    return count
  }
}
