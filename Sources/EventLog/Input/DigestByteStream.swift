/// Passes bytes on, counts them, and digests them until somebody else does.
final class DigestByteStream: ByteStream {
  private var source: any ByteStream
  let digest: InputDigest
  /// Whether bytes are digested when they pass.
  var digestsAtOnce = true
  private(set) var count: UInt64 = 0

  /// - Parameters:
  ///   - source: The bytes.
  ///   - limit: The largest input that is digested, in bytes.
  init(_ source: any ByteStream, limit: UInt64) {
    self.source = source
    let isTooLarge = source.size.map { $0 > limit } ?? false
    digest = InputDigest(limit: isTooLarge ? 0 : limit)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    let read = try source.read(into: buffer)
    if digestsAtOnce { digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<read])) }
    count += UInt64(read)
    return read
  }
}
