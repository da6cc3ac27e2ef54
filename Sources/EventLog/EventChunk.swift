/// A slice of an input that tears no event: the unit of parallel work.
public struct EventChunk: Sendable {
  /// The bytes as they stand in the input.
  let bytes: ChunkBytes
  /// The digest of the input.
  let digest: InputDigest
  /// The offset of the first byte in the (decompressed) input.
  let byteOffset: UInt64
  /// The position of the input among all inputs.
  let source: Int
  let format: InputFormat
  let encoding: TextEncoding
  let limits: ReadingLimits
  /// Whether the chunk ends within an event that was too large to read.
  let endsInOversizedEvent: Bool
  /// The log names of CLIXML type name lists before this chunk.
  var logNames: [Int: String] = [:]

  /// The size of the chunk, in bytes.
  public var size: Int { bytes.count }

  /// Decodes every event of the chunk, in order, each with the parser; ``ChunkReader`` is faster.
  ///
  /// - Parameter body: Is called with each event that could be read, intact or recovered.
  /// - Returns: What was read, and what could not be.
  public func decode(_ body: (Event) -> Void) -> ReadingTally { withText { $0.decode(body) } }

  /// Calls a closure with the text of the chunk.
  func withText<Result>(_ body: (ChunkText) -> Result) -> Result {
    // The closure may use slices of the bytes, which go with the last reference to them.
    withExtendedLifetime(bytes) {
      guard encoding.unitWidth == 2 else { return body(ChunkText(chunk: self, text: bytes.bytes, replacements: [])) }
      let text = UTF16Transcoder(bytes.bytes, isBigEndian: encoding == .utf16BigEndian, in: bytes.memory)
      return withExtendedLifetime(text) {
        body(ChunkText(chunk: self, text: text.utf8, replacements: text.replacements))
      }
    }
  }
}

/// The text of a chunk as UTF-8, and the way back to places in the input.
struct ChunkText {
  let chunk: EventChunk
  /// The text; ``ChunkBytes/bytes`` says what stands behind it.
  let text: UnsafeRawBufferPointer
  /// Offsets into the text where the transcoder replaced something.
  let replacements: [Int]

  private let cursor = Cursor()

  init(chunk: EventChunk, text: UnsafeRawBufferPointer, replacements: [Int]) {
    self.chunk = chunk
    self.text = text
    self.replacements = replacements
  }

  /// Decodes every event, each with the parser.
  func decode(_ body: (Event) -> Void) -> ReadingTally {
    switch chunk.format {
    case .eventXML(let tag):
      var reader = EventXMLReader(self, tag: tag)
      return reader.read(body)
    case .clixml: return CLIXMLReader(self).read(body)
    case .classicText: return ClassicTextReader(self).read(body)
    }
  }

  var limits: ReadingLimits { chunk.limits }
  var isDeclaredWestern: Bool { chunk.encoding == .windows1252 }

  /// Where in the input a byte of the text came from.
  func location(of offset: Int) -> EventLocation {
    let length = chunk.encoding.unitWidth == 2 ? cursor.sourceLength(of: text, upTo: offset) : offset
    return EventLocation(source: chunk.source, byteOffset: chunk.byteOffset + UInt64(length))
  }

  /// Whether the transcoder replaced something in a range.
  func hasReplacement(in range: Range<Int>) -> Bool {
    var (low, high) = (0, replacements.count)
    while low < high {
      let middle = (low + high) / 2
      if replacements[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < replacements.count && range.contains(replacements[low])
  }
}

/// Remembers how much UTF-16 a prefix of the text came from, because places are asked for in ascending order.
private final class Cursor {
  private var offset = 0
  private var length = 0

  func sourceLength(of text: UnsafeRawBufferPointer, upTo end: Int) -> Int {
    if end < offset { (offset, length) = (0, 0) }
    length += UTF16Transcoder.sourceLength(ofUTF8: text.slice(offset..<end))
    offset = end
    return length
  }
}
