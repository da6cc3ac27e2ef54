import Crypto

/// Passes bytes on and keeps their SHA-256.
final class DigestByteStream: ByteStream {
  private var source: any ByteStream
  private var hash = SHA256()
  private(set) var count: UInt64 = 0

  init(_ source: any ByteStream) { self.source = source }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    let read = try source.read(into: buffer)
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<read]))
    count += UInt64(read)
    return read
  }

  var hexadecimal: String {
    hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
