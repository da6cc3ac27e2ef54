import EventLog
import Foundation
import TestSupport
import Testing

@Suite("the SHA-256 of large inputs") struct DigestLimitTests {
  private func digest(_ source: InputSource, limit: UInt64) throws -> String? {
    var limits = ReadingLimits()
    limits.digestBytes = limit
    limits.chunkBytes = 1024
    let reader = try EventReader(source, limits: limits)
    while try reader.next() != nil {}
    return reader.sha256
  }

  @Test("is computed up to the limit, whether or not the size is known before", arguments: [true, false])
  func limit(isFile: Bool) throws {
    let text = EventXML.export((1...50).map { _ in Event() })
    let file = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString).xml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = isFile ? InputSource(origin: .file(path: file.path), name: "file") : InputSource(text: text)
    let size = UInt64(text.utf8.count)
    #expect(try digest(source, limit: size)?.count == 64)
    #expect(try digest(source, limit: size) == digest(source, limit: .max))
    #expect(try digest(source, limit: size - 1) == nil)
    #expect(try digest(source, limit: 0) == nil)
  }
}
