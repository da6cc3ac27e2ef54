import EventLog

/// Reads arbitrary bytes as an export and stops the process when something that must always hold does not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReader(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  // The sizes vary with the input and are the same whenever it is run again.
  let variety = bytes.reduce(count) { ($0 &* 31 &+ Int($1)) & 0xFFFF }

  var large = ReadingLimits()
  // Every input fits one chunk of this size; clearing more memory than that would take most of the time.
  large.chunkBytes = 128 * 1024
  let whole = read(bytes, large)
  check(whole, bytes)

  var small = ReadingLimits()
  small.chunkBytes = 64 << (variety % 7)
  let parts = read(bytes, small)
  precondition(parts.events == whole.events, "chunks of \(small.chunkBytes) bytes change the events")
  precondition(parts.tally == whole.tally, "chunks of \(small.chunkBytes) bytes change the counts")
  precondition(parts.failure == whole.failure, "chunks of \(small.chunkBytes) bytes change the failure")

  checkShapes(bytes, large, whole)

  // Tight limits refuse much, but never count wrongly.
  small.eventBytes = 512 + variety % 2048
  small.depth = 4 + variety % 8
  check(read(bytes, small), bytes)

  _ = ClassicTextReader.events(in: String(decoding: bytes, as: UTF8.self))
  return 0
}

private struct Reading {
  var events: [Event] = []
  var tally = ReadingTally()
  var failure: InputFailure?
  var isCompressed = false
}

private func read(_ bytes: [UInt8], _ limits: ReadingLimits) -> Reading {
  var reading = Reading()
  do throws(InputFailure) {
    let reader = try EventReader(InputSource(origin: .memory(bytes), name: "fuzz"), limits: limits)
    reading.isCompressed = reader.isCompressed
    while let chunk = try reader.next() {
      let tally = chunk.decode { reading.events.append($0) }
      reading.tally.append(tally)
    }
  } catch {
    reading.failure = error
    _ = error.description
  }
  return reading
}

/// Reading by shapes must give what the parser gives. The second time all shapes are known.
private func checkShapes(_ bytes: [UInt8], _ limits: ReadingLimits, _ parsed: Reading) {
  let (chunks, skipping, restorer) = (ChunkReader(), ChunkReader(), EventRestorer())
  var kept: KeptEvent?
  for _ in 0..<2 {
    var (events, tally, skippingTally): ([Event], ReadingTally, ReadingTally) = ([], ReadingTally(), ReadingTally())
    let reader = try? EventReader(InputSource(origin: .memory(bytes), name: "fuzz"), limits: limits)
    while let chunk = try? reader?.next() {
      let found = chunks.read(chunk) { fields in
        let event = fields.makeEvent()
        let mismatches = fields.mismatches(with: event)
        precondition(mismatches.isEmpty, "fields differ from their event: \(mismatches)")
        precondition(restorer.event(KeptEvent(fields)) == event, "a kept event differs")
        if kept?.replace(with: fields) == nil { kept = KeptEvent(fields) }
        precondition(kept.map(restorer.event) == event, "an event that was kept in another's memory differs")
        events.append(event)
      }
      tally.append(found)
      skippingTally.append(skipping.read(chunk, skips: { _ in true }, { _ in }))
    }
    precondition(events == parsed.events, "reading by shapes changes the events")
    precondition(tally == parsed.tally && skippingTally == parsed.tally, "reading by shapes changes the counts")
  }
}

private func check(_ reading: Reading, _ bytes: [UInt8]) {
  let tally = reading.tally
  precondition(tally.intact + tally.recovered == reading.events.count, "an event was not counted or not handed out")
  precondition(
    tally.damage.count == min(tally.recovered + tally.unreadable, ReadingTally.damageLimit), "damage has no place")
  precondition(tally.recovered == reading.events.count { !$0.repairs.isEmpty }, "a repair was not counted")
  let offsets = reading.events.map(\.location.byteOffset)
  precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 }, "events stand at the same place")
  if let last = offsets.last, !reading.isCompressed {
    precondition(last < UInt64(bytes.count), "an event stands behind the end")
  }
}
