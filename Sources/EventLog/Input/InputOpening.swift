/// What the first bytes of an input show, and the stream that gives the bytes after them.
struct InputOpening {
  let format: InputFormat
  let encoding: TextEncoding
  let isCompressed: Bool
  /// The length of the byte order mark, in bytes.
  let markLength: Int
  /// The text after the byte order mark.
  let stream: any ByteStream

  /// How far into an input its first event is looked for, in bytes; nearly always it stands within the first step.
  private static let reach = [64 * 1024, 4 * 1024 * 1024]

  init(_ raw: any ByteStream) throws(InputFailure.Reason) {
    var raw = raw
    let magic = raw.fill(upTo: 2)
    if let failure = magic.failure { throw failure }
    isCompressed = magic.bytes == [0x1F, 0x8B]
    var text: any ByteStream = PrefixedByteStream(prefix: magic.bytes, rest: raw)
    if isCompressed { text = try GzipByteStream(text) }

    var start: [UInt8] = []
    var guess = EncodingGuess(prefix: UnsafeRawBufferPointer(start: nil, count: 0))
    var verdict = FormatGuess.Verdict.foreign(.empty)
    for reach in Self.reach {
      // A failure after the first bytes comes again when the stream is read on.
      let read = text.fill(start, upTo: reach)
      if let failure = read.failure, read.bytes.isEmpty { throw failure }
      start = read.bytes
      guess = start.withUnsafeBytes { EncodingGuess(prefix: $0) }
      guard !guess.isUTF32 else { throw .utf32 }
      verdict = Self.format(of: Array(start.dropFirst(guess.markLength)), encoding: guess.encoding)
      if case .readable(.eventXML) = verdict { break }
      if start.count < reach { break }
    }
    switch verdict {
    case .readable(let found): format = found
    case .foreign(let foreign): throw .unsupported(foreign)
    case .documentType: throw .documentType
    }
    encoding = guess.encoding
    markLength = guess.markLength
    stream = PrefixedByteStream(prefix: Array(start.dropFirst(markLength)), rest: text)
  }

  private static func format(of prefix: [UInt8], encoding: TextEncoding) -> FormatGuess.Verdict {
    prefix.withUnsafeBytes { raw in
      if let binary = FormatGuess.binaryFormat(raw) { return .foreign(binary) }
      guard encoding.unitWidth == 2 else { return FormatGuess(text: raw).verdict }
      let text = UTF16Transcoder(raw, isBigEndian: encoding == .utf16BigEndian)
      return withExtendedLifetime(text) { FormatGuess(text: text.utf8).verdict }
    }
  }
}
