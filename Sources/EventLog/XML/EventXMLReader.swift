/// Reads the `<Event>` elements of a chunk, each with the parser.
struct EventXMLReader {
  /// Where reading goes on; a place outside of any event.
  var position = 0
  /// What was read so far.
  var tally = ReadingTally()

  private let context: ChunkText
  private let tag: EventTag
  let decoder: EventDecoder?
  private var splitter: EventSplitter?

  init(_ context: ChunkText, tag: EventTag) {
    self.context = context
    self.tag = tag
    decoder = EventDecoder(context)
  }

  /// Whether the tags have no prefix.
  var hasPlainTag: Bool { tag == EventTag() }

  /// Reads every event.
  mutating func read(_ body: (Event) -> Void) -> ReadingTally {
    while readNext(body) {}
    return tally
  }

  /// Reads what stands next, an event or what is left of one.
  ///
  /// - Returns: Whether there was something.
  mutating func readNext(_ body: (Event) -> Void) -> Bool {
    guard let decoder else {
      tally.note(damage(at: 0, "libxml2 has no memory left"))
      return false
    }
    guard let piece = nextPiece() else { return false }
    switch piece {
    case .event(let range): take(decoder.decode(range), at: range.lowerBound, body)
    case .unterminated(let range): take(decoder.decodeUnterminated(range), at: range.lowerBound, body)
    case .headless(let range):
      let start = context.text[range].firstIndex { !$0.isXMLSpace } ?? range.lowerBound
      tally.note(damage(at: start, "the start of the event is missing"))
    }
    return true
  }

  private mutating func nextPiece() -> EventSplitter.Piece? {
    var splitter = splitter ?? EventSplitter(context.text, tag: tag, from: position)
    // Taken out while it changes, so that it is not copied.
    self.splitter = nil
    defer { self.splitter = splitter }
    splitter.position = position
    let piece = splitter.next()
    position = splitter.position
    return piece
  }

  private mutating func take(
    _ result: Result<Event, EventDecoder.Failure>, at offset: Int, _ body: (Event) -> Void
  ) {
    switch result {
    case .success(let event):
      tally.note(event)
      body(event)
    case .failure(let failure):
      tally.note(damage(at: offset, failure.reason))
    }
  }

  private func damage(at offset: Int, _ reason: String) -> Damage {
    Damage(byteOffset: context.location(of: offset).byteOffset, reason: reason, isRecovered: false)
  }
}

/// Turns the text of one event into an ``Event``, mending it when it is not well-formed.
struct EventDecoder {
  /// Why an event could not be read.
  struct Failure: Error {
    var reason: String
  }

  let context: ChunkText
  private let parser: XMLParser
  private let builder = EventBuilder()

  /// Makes a parser for a chunk; nil when libxml2 has no memory left.
  init?(_ context: ChunkText) {
    guard let parser = XMLParser(handler: builder, depthLimit: context.limits.depth) else { return nil }
    self.parser = parser
    self.context = context
  }

  func decode(_ range: Range<Int>) -> Result<Event, Failure> {
    guard range.count <= context.limits.eventBytes else { return .failure(tooLarge) }
    let text = context.text.slice(range)
    switch parse(text) {
    case .wellFormed: return finished(range, repairs: [])
    case .refused(let reason): return .failure(Failure(reason: reason))
    case .malformed(let message): return mend(range, message: message, damage: .mismatchedTags)
    }
  }

  func decodeUnterminated(_ range: Range<Int>) -> Result<Event, Failure> {
    let isTorn = context.chunk.endsInOversizedEvent && range.upperBound == context.text.count
    guard range.count <= context.limits.eventBytes, !isTorn else { return .failure(tooLarge) }
    let message = "the end of the event is missing"
    // Nothing is worth keeping before the header is complete.
    guard context.text.slice(range).firstIndex(of: "System") != nil else { return .failure(Failure(reason: message)) }
    return mend(range, message: message, damage: .truncated)
  }

  private var tooLarge: Failure {
    Failure(reason: "the event is larger than \(context.limits.eventBytes / 1024 / 1024) MiB")
  }

  private func parse(_ text: UnsafeRawBufferPointer, recovers: Bool = false) -> XMLParser.Outcome {
    builder.reset()
    return parser.parse(text, recovers: recovers)
  }

  /// First mends characters and parses strictly again; if that does not help, keeps what a lenient parse finds.
  private func mend(_ range: Range<Int>, message: String, damage: Repairs) -> Result<Event, Failure> {
    let repair = EventRepair(context.text.slice(range), isDeclaredWestern: context.isDeclaredWestern)
    builder.restoresControlCharacters = repair.repairs.contains(.controlCharacters)
    defer { builder.restoresControlCharacters = false }
    return repair.bytes.withUnsafeBytes { mended in
      switch parse(mended) {
      case .wellFormed: return finished(range, repairs: repair.repairs)
      case .refused(let reason): return .failure(Failure(reason: reason))
      case .malformed: break
      }
      let outcome = parse(mended, recovers: true)
      builder.finish()
      if case .refused(let reason) = outcome { return .failure(Failure(reason: reason)) }
      guard builder.hasHeader else { return .failure(Failure(reason: message)) }
      return finished(range, repairs: repair.repairs.union(damage))
    }
  }

  private func finished(_ range: Range<Int>, repairs: Repairs) -> Result<Event, Failure> {
    var event = builder.event
    guard !builder.hasTooLongNames else { return .failure(Failure(reason: "the names of its elements are too long")) }
    guard !event.provider.name.isEmpty || event.eventID != nil else {
      return .failure(Failure(reason: "it has neither a provider nor an event ID"))
    }
    event.repairs = repairs
    if context.hasReplacement(in: range) { event.repairs.insert(.invalidText) }
    event.location = context.location(of: range.lowerBound)
    return .success(event)
  }
}

/// Parses the text of events that are known to be plain.
final class PlainEventParser {
  private let parser: XMLParser
  private let builder = EventBuilder()

  /// - Returns: nil when libxml2 has no memory left.
  init?() {
    guard let parser = XMLParser(handler: builder, depthLimit: ShapeLearner.depthLimit) else { return nil }
    self.parser = parser
  }

  /// The event of a text, without its place.
  func event(_ text: UnsafeRawBufferPointer) -> Event {
    builder.reset()
    _ = parser.parse(text)
    return builder.event
  }
}
