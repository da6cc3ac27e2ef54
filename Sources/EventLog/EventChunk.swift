/// A slice of an input that tears no event: the unit of parallel work.
public struct EventChunk: Sendable {
  /// The bytes as they stand in the input.
  let bytes: [UInt8]
  /// The offset of the first byte in the (decompressed) input.
  let byteOffset: UInt64
  /// The position of the input among all inputs.
  let source: Int
  let format: InputFormat
  let encoding: TextEncoding
  let limits: ReadingLimits
  /// Whether the chunk ends within an event that was too large to read.
  let endsInOversizedEvent: Bool
  /// The log names of CLIXML type name lists up to this chunk.
  var logNames: [Int: String] = [:]

  /// The size of the chunk, in bytes.
  public var size: Int { bytes.count }

  /// Decodes every event of the chunk, in order.
  ///
  /// - Parameters:
  ///   - skips: Is asked about the header of each plain event; an event that it says yes to counts as intact and is
  ///     not decoded. Events of other shapes are always decoded.
  ///   - body: Is called with each decoded event that could be read, intact or recovered.
  /// - Returns: What was read, and what could not be.
  public func decode(skipping skips: ((EventHeader) -> Bool)? = nil, _ body: (Event) -> Void) -> ReadingTally {
    bytes.withUnsafeBytes { raw in
      guard encoding.unitWidth == 2 else { return decode(raw, replacements: [], skips, body) }
      let text = UTF16Transcoder(raw, isBigEndian: encoding == .utf16BigEndian)
      return text.bytes.withUnsafeBytes { decode($0, replacements: text.replacements, skips, body) }
    }
  }

  /// Decodes every event of the chunk, in order, without making strings for what nobody asks for.
  ///
  /// - Parameters:
  ///   - skips: As in ``decode(skipping:_:)``.
  ///   - body: Is called with the fields of each event that could be read, intact or recovered; they are valid only
  ///     while it runs.
  /// - Returns: What was read, and what could not be.
  public func decode(
    skipping skips: ((EventHeader) -> Bool)? = nil, fields body: (EventFields) -> Void
  ) -> ReadingTally {
    let layout = FieldLayout()
    return decode(skipping: skips) { body(layout.fields(of: $0)) }
  }

  private func decode(
    _ text: UnsafeRawBufferPointer, replacements: [Int], _ skips: ((EventHeader) -> Bool)?, _ body: (Event) -> Void
  ) -> ReadingTally {
    let context = ChunkText(chunk: self, text: text, replacements: replacements)
    switch format {
    case .eventXML(let tag): return EventXMLReader(context, tag: tag).read(skipping: skips, body)
    case .clixml: return CLIXMLReader(context).read(body)
    case .classicText: return ClassicTextReader(context).read(body)
    }
  }
}

/// The text of a chunk as UTF-8, and the way back to places in the input.
struct ChunkText {
  let chunk: EventChunk
  let text: UnsafeRawBufferPointer
  /// Offsets into the text where the transcoder replaced something.
  let replacements: [Int]

  private let cursor = Cursor()

  init(chunk: EventChunk, text: UnsafeRawBufferPointer, replacements: [Int]) {
    self.chunk = chunk
    self.text = text
    self.replacements = replacements
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
