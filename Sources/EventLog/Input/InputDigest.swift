import Synchronization

#if canImport(CryptoKit)
import CryptoKit
#else
import CLibCrypto
#endif

/// The SHA-256 of an input, which can only be computed front to back and takes about as long as reading the events.
///
/// So it is no part of reading: what was read queues up, and whichever thread has finished with a chunk digests what
/// waits, unless another is at it. Of an input beyond a limit there is none.
final class InputDigest: Sendable {
  /// Some of the bytes of a chunk.
  private struct Part {
    var bytes: ChunkBytes
    var range: Range<Int>
  }

  private struct Queue {
    var parts: [Part] = []
    /// How many more bytes may come; below 0 when too many have.
    var room: Int64

    var isOpen: Bool { room >= 0 }

    mutating func take(_ count: Int) -> Bool {
      guard isOpen else { return false }
      room -= Int64(count)
      if !isOpen { parts = [] }
      return isOpen
    }
  }

  /// How many parts may wait; each holds the memory of a chunk.
  private static let backlog = 4

  private let waiting: Mutex<Queue>
  private let digest = Mutex(SHA256Digest())

  /// - Parameter limit: The largest input that is digested, in bytes.
  init(limit: UInt64) { waiting = Mutex(Queue(room: Int64(clamping: limit))) }

  /// Digests bytes at once; those that queue come later.
  func update(_ bytes: UnsafeRawBufferPointer) {
    guard waiting.withLock({ $0.take(bytes.count) }) else { return }
    digest.withLock { $0.update(bytes) }
  }

  /// Queues bytes that will not change any more.
  func enqueue(_ bytes: ChunkBytes, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let count = waiting.withLock { waiting in
      if waiting.take(range.count) { waiting.parts.append(Part(bytes: bytes, range: range)) }
      return waiting.parts.count
    }
    if count > Self.backlog { digest.withLock { digestAll($0) } }
  }

  /// Digests what waits unless another thread is at it.
  func advance() { _ = digest.withLockIfAvailable { digestAll($0) } }

  /// The digest of everything in lower-case hexadecimal, nil when that is too much or the library failed; can be asked
  /// for once.
  func finish() -> String? {
    guard waiting.withLock(\.isOpen) else { return nil }
    let bytes = digest.withLock { digest in
      digestAll(digest)
      return digest.finish()
    }
    return bytes?.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  private func digestAll(_ digest: SHA256Digest) {
    while let part = waiting.withLock({ $0.parts.isEmpty ? nil : $0.parts.removeFirst() }) {
      // The memory is used again as soon as nobody holds it.
      withExtendedLifetime(part) { digest.update(part.bytes.slice(part.range)) }
    }
  }
}

#if canImport(CryptoKit)
/// SHA-256 by the system's library; used under a lock only.
private final class SHA256Digest: @unchecked Sendable {
  private var hash = SHA256()

  func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  func finish() -> [UInt8]? { Array(hash.finalize()) }
}
#else
/// SHA-256 by OpenSSL's libcrypto (https://docs.openssl.org/3.0/man3/EVP_DigestInit/); used under a lock only.
private final class SHA256Digest: @unchecked Sendable {
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
