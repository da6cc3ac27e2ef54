import EventLog
import TestSupport
import Testing

/// Expects that reading by shapes and reading everything with the parser give the same events and counts.
func expectAgreement(_ bytes: [UInt8], _ comment: String, _ place: SourceLocation = #_sourceLocation) {
  expectAgreement(InputSource(origin: .memory(bytes), name: "memory"), comment, place)
}

/// Expects that reading by shapes and reading everything with the parser give the same events and counts.
func expectAgreement(_ source: InputSource, _ comment: String, _ place: SourceLocation = #_sourceLocation) {
  let parsed = readAll(source)
  for chunkBytes in [ReadingLimits().chunkBytes, 1024] {
    var limits = ReadingLimits()
    limits.chunkBytes = chunkBytes
    let found = ShapeReading(source, limits: limits)
    #expect(found.tally == parsed.tally, "\(comment)", sourceLocation: place)
    #expect(found.skippingTally == parsed.tally, "\(comment)", sourceLocation: place)
    #expect(found.events == parsed.events, "\(comment)", sourceLocation: place)
    #expect(found.mismatches == [], "\(comment)", sourceLocation: place)
  }
}

/// An input read by shapes, each event as strings and as fields.
private struct ShapeReading {
  var events: [Event] = []
  var tally = ReadingTally()
  var skippingTally = ReadingTally()
  var mismatches: [String] = []

  init(_ source: InputSource, limits: ReadingLimits) {
    guard let reader = try? EventReader(source, limits: limits) else { return }
    let (chunks, skipping) = (ChunkReader(), ChunkReader())
    while let chunk = try? reader.next() {
      tally.append(
        chunks.read(chunk) { fields in
          let event = fields.makeEvent()
          mismatches += fields.mismatches(with: event)
          events.append(event)
        })
      skippingTally.append(skipping.read(chunk, skips: { _ in true }, { _ in }))
    }
  }
}

/// Expects every slice to be the text of the event's property.
func expectEqual(_ fields: EventFields, _ event: Event, _ place: SourceLocation = #_sourceLocation) {
  #expect(fields.mismatches(with: event) == [], sourceLocation: place)
}
