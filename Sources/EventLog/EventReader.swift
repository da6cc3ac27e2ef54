/// Reads one input front to back and cuts it into chunks that can be decoded on any thread.
///
/// ```swift
/// let reader = try EventReader(InputSource(origin: .file(path: "System.xml"), name: "System.xml"))
/// while let chunk = try reader.next() {
///   let tally = chunk.decode { event in print(event.provider.name, event.eventID ?? 0) }
/// }
/// ```
public final class EventReader {
  /// The input.
  public let source: InputSource
  /// The shape that the content shows.
  public let format: InputFormat
  /// The encoding that the content shows.
  public let encoding: TextEncoding
  /// Whether the input is compressed with gzip.
  public let isCompressed: Bool

  private let index: Int
  private let limits: ReadingLimits
  private let boundary: ChunkBoundary
  private let digest: DigestByteStream
  private var stream: any ByteStream
  private var carry: [UInt8] = []
  private var logNames = CLIXMLLogNames()
  private var byteOffset: UInt64
  private var skipsOversizedEvent = false
  private var isFinished = false
  /// Why reading stopped early; thrown once what was read before has been handed out.
  private var failure: InputFailure.Reason?

  /// Opens an input and looks at its start.
  ///
  /// - Parameters:
  ///   - source: The input.
  ///   - index: The position of the input among all inputs; events carry it.
  ///   - limits: Bounds on hostile input.
  /// - Throws: When the input cannot be opened or is no event export.
  public init(_ source: InputSource, index: Int = 0, limits: ReadingLimits = ReadingLimits()) throws(InputFailure) {
    self.source = source
    self.index = index
    self.limits = limits
    do throws(InputFailure.Reason) {
      digest = DigestByteStream(try Self.open(source.origin))
      let opening = try InputOpening(digest, prefixBytes: limits.chunkBytes)
      format = opening.format
      encoding = opening.encoding
      isCompressed = opening.isCompressed
      carry = opening.prefix
      byteOffset = UInt64(opening.markLength)
      stream = opening.stream
      failure = opening.failure
      boundary = ChunkBoundary(format: format, encoding: encoding)
    } catch {
      throw InputFailure(input: source.name, reason: error)
    }
  }

  /// The number of bytes read from the input so far, compressed ones where it is compressed.
  public var bytesRead: UInt64 { digest.count }

  /// The SHA-256 of the input's bytes in lower-case hexadecimal, once the input has been read to its end.
  public private(set) var sha256: String?

  /// The next chunk; nil at the end of the input.
  ///
  /// - Throws: When reading fails; what was read before stands.
  public func next() throws(InputFailure) -> EventChunk? {
    do throws(InputFailure.Reason) {
      return try nextChunk()
    } catch {
      isFinished = true
      throw InputFailure(input: source.name, reason: error)
    }
  }

  private static func open(_ origin: InputSource.Origin) throws(InputFailure.Reason) -> any ByteStream {
    switch origin {
    case .file(let path): try FileByteStream(path: path)
    case .standardInput: FileByteStream(standardInput: ())
    case .memory(let bytes): MemoryByteStream(bytes)
    }
  }

  private func nextChunk() throws(InputFailure.Reason) -> EventChunk? {
    guard !isFinished else {
      if let failure { throw failure }
      return nil
    }
    if skipsOversizedEvent { skipOversizedEvent() }
    var capacity = max(limits.chunkBytes, carry.count)
    while true {
      let bytes = readOn(to: capacity)
      if bytes.count < capacity {
        isFinished = true
        sha256 = failure == nil ? digest.hexadecimal : nil
        if !bytes.isEmpty { return chunk(bytes) }
        if let failure { throw failure }
        return nil
      }
      if let cut = bytes.withUnsafeBytes({ boundary.lastCut(in: $0) }), cut > 0 {
        carry = Array(bytes[cut...])
        return chunk(Array(bytes[..<cut]))
      }
      if bytes.count > limits.eventBytes * encoding.unitWidth { return oversized(bytes) }
      carry = bytes
      capacity = bytes.count + limits.chunkBytes
    }
  }

  /// What was carried over and as much more as fits; less than that at the end of the input.
  private func readOn(to capacity: Int) -> [UInt8] {
    if failure != nil {
      defer { carry = [] }
      return carry
    }
    let read = stream.fill(carry, upTo: capacity)
    carry = []
    failure = read.failure
    return read.bytes
  }

  private func chunk(_ bytes: [UInt8], endsInOversizedEvent: Bool = false) -> EventChunk {
    defer { byteOffset += UInt64(bytes.count) }
    if format == .clixml { logNames.collect(from: bytes, encoding: encoding) }
    return EventChunk(
      bytes: bytes, byteOffset: byteOffset, source: index, format: format, encoding: encoding, limits: limits,
      endsInOversizedEvent: endsInOversizedEvent, logNames: logNames.names)
  }

  /// There is no place to cut: either an event is too large, or there is no event at all in very much text.
  private func oversized(_ bytes: [UInt8]) -> EventChunk {
    if bytes.withUnsafeBytes({ boundary.hasOpening(in: $0) }) {
      skipsOversizedEvent = true
      return chunk(bytes, endsInOversizedEvent: true)
    }
    let kept = min(bytes.count, 64)
    carry = Array(bytes[(bytes.count - kept)...])
    return chunk(Array(bytes[..<(bytes.count - kept)]))
  }

  private func skipOversizedEvent() {
    while true {
      let bytes = readOn(to: limits.chunkBytes)
      if let resumption = bytes.withUnsafeBytes({ boundary.resumption(in: $0) }) {
        byteOffset += UInt64(resumption)
        carry = Array(bytes[resumption...])
        break
      }
      guard bytes.count == limits.chunkBytes else {
        byteOffset += UInt64(bytes.count)
        break
      }
      let kept = min(bytes.count, 64)
      byteOffset += UInt64(bytes.count - kept)
      carry = Array(bytes[(bytes.count - kept)...])
    }
    skipsOversizedEvent = false
  }
}

/// What the first bytes of an input show, and the stream that gives the bytes after them.
private struct InputOpening {
  let format: InputFormat
  let encoding: TextEncoding
  let isCompressed: Bool
  /// The first bytes after the byte order mark.
  let prefix: [UInt8]
  let markLength: Int
  let stream: any ByteStream
  let failure: InputFailure.Reason?

  init(_ raw: any ByteStream, prefixBytes: Int) throws(InputFailure.Reason) {
    var raw = raw
    let magic = raw.fill(upTo: 2)
    if let failure = magic.failure { throw failure }
    isCompressed = magic.bytes == [0x1F, 0x8B]
    var text: any ByteStream = PrefixedByteStream(prefix: magic.bytes, rest: raw)
    if isCompressed { text = try GzipByteStream(text) }

    let (start, failure) = text.fill(upTo: prefixBytes)
    if let failure, start.isEmpty { throw failure }
    self.failure = failure
    let guess = start.withUnsafeBytes { EncodingGuess(prefix: $0) }
    guard !guess.isUTF32 else { throw .utf32 }
    encoding = guess.encoding
    markLength = guess.markLength
    prefix = Array(start.dropFirst(markLength))
    stream = text
    switch Self.format(of: prefix, encoding: encoding) {
    case .readable(let found): format = found
    case .foreign(let foreign): throw .unsupported(foreign)
    case .documentType: throw .documentType
    }
  }

  private static func format(of prefix: [UInt8], encoding: TextEncoding) -> FormatGuess.Verdict {
    prefix.withUnsafeBytes { raw in
      if let binary = FormatGuess.binaryFormat(raw) { return .foreign(binary) }
      guard encoding.unitWidth == 2 else { return FormatGuess(text: raw).verdict }
      let text = UTF16Transcoder(raw, isBigEndian: encoding == .utf16BigEndian)
      return text.bytes.withUnsafeBytes { FormatGuess(text: $0).verdict }
    }
  }
}
