#if canImport(CryptoKit)
import CryptoKit
#else
import CLibCrypto
#endif

/// Passes bytes on and keeps their SHA-256.
final class DigestByteStream: ByteStream {
  private var source: any ByteStream
  private let digest = SHA256Digest()
  private(set) var count: UInt64 = 0

  init(_ source: any ByteStream) { self.source = source }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    let read = try source.read(into: buffer)
    digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
    count += UInt64(read)
    return read
  }

  /// The digest of what was read so far in lower-case hexadecimal; nil when the library failed.
  var hexadecimal: String? {
    digest.finish()?.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}

#if canImport(CryptoKit)
/// SHA-256 by the system's library.
private final class SHA256Digest {
  private var hash = SHA256()

  func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  func finish() -> [UInt8]? { Array(hash.finalize()) }
}
#else
/// SHA-256 by OpenSSL's libcrypto (https://docs.openssl.org/3.0/man3/EVP_DigestInit/).
private final class SHA256Digest {
  private let context = EVP_MD_CTX_new()
  private var isGood: Bool

  init() { isGood = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0 else { return }
    isGood = isGood && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
  }

  /// Can be asked for once.
  func finish() -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard isGood, EVP_DigestFinal_ex(context, &digest, &length) == 1 else { return nil }
    isGood = false
    return Array(digest.prefix(Int(length)))
  }
}
#endif
