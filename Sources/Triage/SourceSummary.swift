public import EventLog

/// What was read of one input.
public struct SourceSummary: Sendable, Hashable, Codable {
  /// The input's name.
  public var name: String
  /// Its size, in bytes; compressed bytes where it is compressed.
  public var bytes: UInt64 = 0
  /// The SHA-256 of its bytes in hexadecimal; nil when it could not be read to the end, or is larger
  /// than ``EventLog/ReadingLimits/digestBytes``.
  public var sha256: String?
  /// The shape that its content shows, such as `event XML`.
  public var format: String?
  /// The encoding that its content shows.
  public var encoding: TextEncoding?
  /// Whether it is compressed with gzip.
  public var isCompressed = false
  /// The events read, and the damaged ones.
  public var tally = ReadingTally()
  /// Why it could not be read, or not to its end.
  public var failure: String?

  /// Makes a summary of nothing read yet.
  public init(name: String) { self.name = name }

  /// Adds what was read of another part of the same input.
  mutating func merge(_ other: SourceSummary) {
    bytes = max(bytes, other.bytes)
    sha256 = sha256 ?? other.sha256
    format = format ?? other.format
    encoding = encoding ?? other.encoding
    isCompressed = isCompressed || other.isCompressed
    tally.merge(other.tally)
    failure = failure ?? other.failure
  }
}
