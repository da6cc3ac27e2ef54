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
  private let chunkBytes: Int
  private let boundary: ChunkBoundary
  private let raw: DigestByteStream
  private var stream: any ByteStream
  private var carry: ChunkBytes?
  private let memory: ChunkMemory
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
  ///   - memory: Where memory for chunks is taken from; sharing it between readers of many small inputs saves time.
  /// - Throws: When the input cannot be opened or is no event export.
  public init(
    _ source: InputSource, index: Int = 0, limits: ReadingLimits = ReadingLimits(), memory: ChunkMemory = ChunkMemory()
  ) throws(InputFailure) {
    self.memory = memory
    self.source = source
    self.index = index
    self.limits = limits
    chunkBytes = max(limits.chunkBytes, 64) & ~1
    do throws(InputFailure.Reason) {
      raw = DigestByteStream(try Self.open(source.origin), limit: limits.digestBytes)
      let opening = try InputOpening(raw)
      format = opening.format
      encoding = opening.encoding
      isCompressed = opening.isCompressed
      byteOffset = UInt64(opening.markLength)
      stream = opening.stream
      // Compressed bytes are not those of chunks.
      raw.digestsAtOnce = opening.isCompressed
      boundary = ChunkBoundary(format: format, encoding: encoding)
    } catch {
      throw InputFailure(input: source.name, reason: error)
    }
  }

  /// The number of bytes read from the input so far, compressed ones where it is compressed.
  public var bytesRead: UInt64 { raw.count }

  /// The SHA-256 of the input's bytes in lower-case hexadecimal, once the input has been read to its end; nil for one
  /// larger than ``ReadingLimits/digestBytes``.
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
    var capacity = max(chunkBytes, carry?.count ?? 0)
    while true {
      let bytes = readOn(to: capacity)
      if bytes.count < capacity {
        isFinished = true
        sha256 = failure == nil ? raw.digest.finish() : nil
        if bytes.count > 0 { return chunk(bytes) }
        if let failure { throw failure }
        return nil
      }
      if let cut = boundary.lastCut(in: bytes.bytes), cut > 0 {
        carryOver(bytes, from: cut)
        return chunk(bytes)
      }
      if bytes.count > max(limits.eventBytes * encoding.unitWidth, 2 * Self.overlap) { return forcedChunk(bytes) }
      carry = bytes
      capacity = bytes.count + chunkBytes
    }
  }

  /// What was carried over and as much more as fits; less than that at the end of the input.
  private func readOn(to capacity: Int) -> ChunkBytes {
    let bytes = ChunkBytes(capacity: capacity, in: memory)
    if let carry { bytes.append(carry.bytes) }
    carry = nil
    let before = raw.count
    if failure == nil { failure = stream.fill(bytes, upTo: capacity) }
    bytes.seal()
    if !raw.digestsAtOnce { raw.digest.enqueue(bytes, bytes.count - Int(raw.count - before)..<bytes.count) }
    return bytes
  }

  /// Takes the end off some bytes and keeps it for the next chunk.
  private func carryOver(_ bytes: ChunkBytes, from cut: Int) {
    let rest = bytes.bytes.slice(cut..<bytes.count)
    let kept = ChunkBytes(capacity: rest.count, in: memory)
    kept.append(rest)
    carry = kept
    bytes.cut(at: cut)
  }

  private func chunk(_ bytes: ChunkBytes, endsInOversizedEvent: Bool = false) -> EventChunk {
    defer {
      byteOffset += UInt64(bytes.count)
      if format == .clixml { logNames.collect(from: bytes.bytes, encoding: encoding) }
    }
    return EventChunk(
      bytes: bytes, digest: raw.digest, byteOffset: byteOffset, source: index, format: format, encoding: encoding,
      limits: limits,
      endsInOversizedEvent: endsInOversizedEvent, logNames: logNames.names)
  }

  /// What is kept of bytes that are let go, because a tag may begin in them; a multiple of every code unit's width.
  private static let overlap = 512

  private func forcedChunk(_ bytes: ChunkBytes) -> EventChunk {
    switch boundary.forcedCut(in: bytes.bytes) {
    case .between(let cut):
      carryOver(bytes, from: cut)
      return chunk(bytes)
    case .withinEvent:
      skipsOversizedEvent = true
      return chunk(bytes, endsInOversizedEvent: true)
    case .anywhere:
      carryOver(bytes, from: Self.cut(bytes))
      return chunk(bytes)
    }
  }

  /// A cut at a whole code unit that leaves the overlap behind it.
  private static func cut(_ bytes: ChunkBytes) -> Int { max(0, (bytes.count - overlap) & ~1) }

  private func skipOversizedEvent() {
    var resumption: Int?
    var isAtEnd = false
    while resumption == nil, !isAtEnd {
      let capacity = (carry?.count ?? 0) + chunkBytes
      let bytes = readOn(to: capacity)
      isAtEnd = bytes.count < capacity
      resumption = boundary.resumption(in: bytes.bytes)
      let skipped = resumption ?? (isAtEnd ? bytes.count : Self.cut(bytes))
      byteOffset += UInt64(skipped)
      carryOver(bytes, from: skipped)
    }
    skipsOversizedEvent = false
  }
}
