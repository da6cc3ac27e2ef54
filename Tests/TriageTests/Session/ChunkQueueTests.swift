import EventLog
import TestSupport
import Testing

@testable import Triage

@Suite("chunks for several threads") struct ChunkQueueTests {
  @Test("a thread that helps with the input of another loses nothing")
  func helping() {
    let text = EventXML.export(randomEvents(200, seed: 1))
    var limits = ReadingLimits()
    limits.chunkBytes = 2000
    let queue = ChunkQueue([InputSource(text: text)], limits: limits)
    let owner = queue.next(after: nil)
    var sizes = [owner?.chunk.size ?? 0]
    while let item = queue.next(after: nil) {
      #expect(item.index == sizes.count)
      sizes.append(item.chunk.size)
    }
    #expect(sizes.count > 10)
    #expect(sizes.reduce(0, +) == text.utf8.count)
    #expect(queue.bytesRead == UInt64(text.utf8.count))
    #expect(queue.summaries[0].sha256?.count == 64)
  }
}
