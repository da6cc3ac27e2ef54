import EventLog
import TestSupport
import Testing

/// Where an input is cut changes nothing of what is read.
struct ChunkBoundaryTests {
  @Test(arguments: ExportShape.all + ExportShape.tricky, [TextForm.utf8, .utf16LittleEndianWithMark, .utf16BigEndian])
  func smallChunksGiveTheSameAsLargeOnes(_ shape: ExportShape, _ form: TextForm) {
    let bytes = form.bytes(shape.text + "\n" + shape.text + "\n" + shape.text)
    expectSame(bytes, chunkBytes: [64, 101, 256, 1000, 4096], shape.name)
  }

  @Test(arguments: 0..<8)
  func smallChunksGiveTheSameOfDamagedTexts(_ seed: Int) {
    var numbers = SeededGenerator(state: UInt64(seed))
    let texts = (ExportShape.all + ExportShape.tricky).map(\.text)
    for _ in 0..<40 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 2...6, using: &numbers) {
        let text = Array((texts.randomElement(using: &numbers) ?? "").utf8)
        let start = Bool.random(using: &numbers) ? 0 : Int.random(in: 0..<text.count, using: &numbers)
        bytes += text[start..<Int.random(in: start...text.count, using: &numbers)]
      }
      for _ in 0..<Int.random(in: 0...4, using: &numbers) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      expectSame(bytes, chunkBytes: [64, Int.random(in: 64...4096, using: &numbers)], "seed \(seed)")
    }
  }

  @Test func chunksFollowEachOtherWithoutGaps() throws {
    let bytes = Array(ExportShape.all.map(\.text).joined().utf8)
    var limits = ReadingLimits()
    limits.chunkBytes = 700
    let reader = try EventReader(InputSource(origin: .memory(bytes), name: "memory"), limits: limits)
    var sizes: [Int] = []
    while let chunk = try reader.next() { sizes.append(chunk.size) }
    #expect(sizes.reduce(0, +) == bytes.count)
    #expect(sizes.count > 20)
    #expect(reader.bytesRead == UInt64(bytes.count))
  }

  private func expectSame(_ bytes: [UInt8], chunkBytes: [Int], _ name: String) {
    let whole = readAll(bytes)
    for size in chunkBytes {
      var limits = ReadingLimits()
      limits.chunkBytes = size
      let parts = readAll(bytes, limits: limits)
      #expect(parts.events == whole.events, "\(name), chunks of \(size)")
      #expect(parts.tally == whole.tally, "\(name), chunks of \(size)")
      #expect(parts.failure == whole.failure, "\(name), chunks of \(size)")
    }
  }
}
