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

extension EventFields {
  /// The properties of an event that these fields do not show as they are.
  fileprivate func mismatches(with event: Event) -> [String] {
    func text(_ slice: UnsafeRawBufferPointer) -> String? {
      slice.isEmpty ? nil : String(decoding: slice, as: UTF8.self)
    }
    let rendered = text(message)
    let equalities: [(String, Bool)] = [
      ("location", location == event.location),
      ("provider", text(header.provider) ?? "" == event.provider.name),
      ("providerGUID", text(header.providerGUID) == event.provider.guid),
      ("eventSourceName", text(header.providerEventSourceName) == event.provider.eventSourceName),
      ("eventID", header.eventID == event.eventID),
      ("qualifiers", header.qualifiers == event.qualifiers),
      ("version", header.version == event.version),
      ("level", header.level == event.level),
      ("task", header.task == event.task),
      ("opcode", header.opcode == event.opcode),
      ("keywords", header.keywords == event.keywords),
      ("timeCreated", header.timeCreated == event.timeCreated),
      ("recordID", header.recordID == event.recordID),
      ("activityID", text(header.activityID) == event.activityID),
      ("relatedActivityID", text(header.relatedActivityID) == event.relatedActivityID),
      ("processID", header.processID == event.processID),
      ("threadID", header.threadID == event.threadID),
      ("channel", text(header.channel) ?? "" == event.channel),
      ("computer", text(header.computer) ?? "" == event.computer),
      ("userID", text(header.userID) == event.userID),
      ("message", rendered == event.rendering?.message),
      ("payload", payload == event.payload),
    ]
    return equalities.filter { !$0.1 }.map { "\($0.0) of event at \(event.location.byteOffset)" }
  }

  private var payload: [NamedValue] {
    fields.map { field in
      NamedValue(
        name: "\(field.kind) \(String(decoding: field.name, as: UTF8.self))",
        value: String(decoding: field.value, as: UTF8.self))
    }
  }
}

extension Event {
  fileprivate var payload: [NamedValue] {
    let data = data.map { NamedValue(name: "data \($0.name ?? "")", value: $0.value) }
    let userData = userData.map { NamedValue(name: "userData \($0.name)", value: $0.value) }
    let binary = binary.map { [NamedValue(name: "binary ", value: $0)] } ?? []
    return data + userData + binary + otherData.map { NamedValue(name: "other \($0.name)", value: $0.value) }
  }
}
