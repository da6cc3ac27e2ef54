import CZlib

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A sequence of bytes that is read front to back.
protocol ByteStream {
  /// Fills the start of a buffer; 0 at the end of the stream.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int
  /// How many bytes there are; nil where only reading tells.
  var size: UInt64? { get }
}

extension ByteStream {
  var size: UInt64? { nil }

  /// Reads bytes behind some that are there already until so many are there or the stream ends.
  ///
  /// - Returns: The bytes, and why there are no more when reading failed on the way: what came before still counts.
  mutating func fill(_ start: [UInt8] = [], upTo capacity: Int) -> (bytes: [UInt8], failure: InputFailure.Reason?) {
    var failure: InputFailure.Reason?
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      raw.copyBytes(from: start)
      count = start.count
      do throws(InputFailure.Reason) {
        while count < capacity {
          let read = try read(into: UnsafeMutableRawBufferPointer(rebasing: raw[count...]))
          if read == 0 { break }
          count += read
        }
      } catch {
        failure = error
      }
    }
    return (bytes, failure)
  }

  /// Reads bytes behind those that are there already until so many are there or the stream ends.
  ///
  /// - Returns: Why there are no more when reading failed on the way.
  mutating func fill(_ bytes: ChunkBytes, upTo capacity: Int) -> InputFailure.Reason? {
    do throws(InputFailure.Reason) {
      while bytes.count < capacity {
        let room = UnsafeMutableRawBufferPointer(rebasing: bytes.room.prefix(capacity - bytes.count))
        let read = try read(into: room)
        if read == 0 { break }
        bytes.grow(by: read)
      }
      return nil
    } catch {
      return error
    }
  }
}

/// Bytes of a file descriptor. Reading into own memory, not mapping it, keeps a file that shrinks meanwhile harmless.
final class FileByteStream: ByteStream {
  private let descriptor: Int32
  private let closes: Bool

  init(path: String) throws(InputFailure.Reason) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    closes = true
    guard descriptor >= 0 else { throw .system(String(cString: strerror(errno))) }
  }

  init(standardInput: Void) {
    descriptor = STDIN_FILENO
    closes = false
  }

  deinit {
    if closes { close(descriptor) }
  }

  var size: UInt64? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return UInt64(exactly: status.st_size)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    guard buffer.count > 0 else { return 0 }
    while true {
      #if canImport(Glibc)
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR { throw .system(String(cString: strerror(errno))) }
    }
  }
}

/// Bytes in memory.
struct MemoryByteStream: ByteStream {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}

/// A stream whose first bytes were read already, to see what it is.
struct PrefixedByteStream: ByteStream {
  private var prefix: MemoryByteStream
  private var rest: any ByteStream

  init(prefix: [UInt8], rest: any ByteStream) {
    self.prefix = MemoryByteStream(prefix)
    self.rest = rest
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    let count = prefix.read(into: buffer)
    return count > 0 ? count : try rest.read(into: buffer)
  }
}

/// Decompresses gzip (RFC 1952), also of several members one after the other.
final class GzipByteStream: ByteStream {
  private var source: any ByteStream
  private var stream = z_stream()
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
  private var consumed: UInt64 = 0
  private var isInsideMember = true
  private var sourceEnded = false

  init(_ source: any ByteStream) throws(InputFailure.Reason) {
    self.source = source
    guard evtriage_inflate_init(&stream) == Z_OK else { throw .system("zlib could not be initialised") }
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure.Reason) -> Int {
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(clamping: buffer.count)
    let room = stream.avail_out
    while stream.avail_out == room {
      try refill()
      if stream.avail_in == 0 && sourceEnded {
        if isInsideMember { throw .damagedGzip(byteOffset: position) }
        break
      }
      if !isInsideMember {
        skipPadding()
        if stream.avail_in == 0 { continue }
        try beginNextMember()
      }
      let status = inflate(&stream, Z_NO_FLUSH)
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isInsideMember = false
      // What came out before the damage counts; the next call meets the damage again.
      default: if stream.avail_out == room { throw .damagedGzip(byteOffset: position) }
      }
    }
    return Int(room - stream.avail_out)
  }

  private var position: UInt64 { consumed - UInt64(stream.avail_in) }

  /// Zeros fill up the blocks of tapes and some file systems.
  private func skipPadding() {
    while stream.avail_in > 0, stream.next_in.pointee == 0 {
      stream.next_in += 1
      stream.avail_in -= 1
    }
  }

  private func beginNextMember() throws(InputFailure.Reason) {
    guard inflateReset(&stream) == Z_OK else { throw .damagedGzip(byteOffset: position) }
    isInsideMember = true
  }

  private func refill() throws(InputFailure.Reason) {
    guard stream.avail_in == 0, !sourceEnded else { return }
    let count = try source.read(into: input)
    sourceEnded = count == 0
    consumed += UInt64(count)
    stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
  }
}
