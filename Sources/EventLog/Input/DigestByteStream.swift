/// Passes bytes on, counts them, and digests them until somebody else does.
final class DigestByteStream: ByteStream {
  private var source: any ByteStream
  let digest = InputDigest()
  /// Whether bytes are digested when they pass.
  var digestsAtOnce = true
  private(set) var count: UInt64 = 0

  init(_ source: any ByteStream) { self.source = source }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    let read = try source.read(into: buffer)
    if digestsAtOnce { digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<read])) }
    count += UInt64(read)
    return read
  }
}
