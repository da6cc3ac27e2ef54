import EventLog
import TestSupport
import Testing

struct GzipTests {
  /// Texts that do not repeat, so that compressed bytes stand for few events each.
  private static let events: [String] = {
    var numbers = SeededGenerator(state: 7)
    return (0..<2000).map { event(data: String(numbers.next(), radix: 36) + String(numbers.next(), radix: 36), id: $0) }
  }()

  @Test func compressedInputIsReadLikePlainInput() throws {
    let text = Self.events.joined(separator: "\n")
    for form in [TextForm.utf8, .utf16LittleEndianWithMark] {
      let plain = readAll(form.bytes(text))
      let compressed = readAll(try gzip(form.bytes(text)))
      #expect(plain.tally.intact == 2000)
      #expect(compressed.events == plain.events)
      #expect(compressed.sha256 != plain.sha256 && compressed.sha256 != nil)
    }
  }

  @Test func severalMembersAreReadOn() throws {
    let halves = [Self.events[..<1000].joined(), Self.events[1000...].joined()]
    let result = readAll(try gzip(Array(halves[0].utf8)) + gzip(Array(halves[1].utf8)))
    #expect(result.tally.intact == 2000)
    #expect(result.failure == nil)
  }

  @Test func aTruncatedFileGivesWhatItHolds() throws {
    let bytes = try gzip(Array(Self.events.joined().utf8))
    let result = readAll(Array(bytes.prefix(bytes.count / 2)))
    #expect((900...1100).contains(result.tally.intact))
    #expect(result.tally.recovered + result.tally.unreadable <= 1)
    #expect(result.failure?.reason == .damagedGzip(byteOffset: UInt64(bytes.count / 2)))
    #expect(result.sha256 == nil)
  }

  @Test func aDamagedFileGivesWhatStandsBeforeTheDamage() throws {
    var bytes = try gzip(Array(Self.events.joined().utf8))
    for index in bytes.count / 2..<bytes.count / 2 + 64 { bytes[index] = 0xFF }
    let result = readAll(bytes)
    #expect(result.tally.intact > 900)
    guard case .damagedGzip(let offset) = result.failure?.reason else {
      Issue.record("\(String(describing: result.failure))")
      return
    }
    #expect(offset >= bytes.count / 2)
  }

  @Test(arguments: [[0x1F, 0x8B], [0x1F, 0x8B, 0x08], [0x1F, 0x8B, 0x00, 0x01, 0x02]] as [[UInt8]])
  func aFileThatOnlyBeginsLikeGzipIsRefused(_ bytes: [UInt8]) {
    guard case .damagedGzip = readAll(bytes).failure?.reason else {
      Issue.record("\(String(describing: readAll(bytes).failure))")
      return
    }
  }

  @Test func paddingAfterTheLastMemberIsIgnored() throws {
    let result = readAll(try gzip(Array(Self.events.joined().utf8)) + [UInt8](repeating: 0, count: 512))
    #expect(result.tally.intact == 2000)
    #expect(result.failure == nil)
  }

  @Test func whatIsCompressedIsJudgedByItsContent() throws {
    #expect(readAll(try gzip([])).failure?.reason == .unsupported(.empty))
    #expect(readAll(try gzip(Array("{}".utf8))).failure?.reason == .unsupported(.json))
  }

  @Test func manyZerosDoNotFillTheMemory() throws {
    let bomb = try gzip([UInt8](repeating: UInt8(ascii: " "), count: 64_000_000) + Array(Self.events[0].utf8))
    #expect(readAll(bomb).failure?.reason == .unsupported(.empty))
  }
}
