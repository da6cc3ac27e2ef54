private import Foundation

/// Finds bytes in bytes, eight at a time.
enum ByteSearch {
  private static let wordSize = 8
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101

  /// Whether two pieces of memory hold the same.
  @inline(__always)
  static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count, let first = left.baseAddress, let second = right.baseAddress else {
      return left.isEmpty && right.isEmpty
    }
    return memcmp(first, second, left.count) == 0
  }

  /// Whether a piece stands at an offset of a text, all of it.
  @inline(__always)
  static func stands(_ piece: UnsafeRawBufferPointer, at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard offset >= 0, piece.count <= text.count - offset else { return false }
    return equal(piece, UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: text[offset..<offset + piece.count])))
  }

  /// The index of the first byte of a character that is not ASCII.
  static func firstNonASCII(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let raw = UnsafeRawBufferPointer(bytes)
    var position = 0
    while position + wordSize <= raw.count {
      if raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & highBits != 0 { break }
      position += wordSize
    }
    while position < bytes.count {
      if bytes[position] >= 0x80 { return position }
      position += 1
    }
    return nil
  }

  /// Whether a byte occurs so many times.
  static func contains(_ byte: UInt8, atLeast count: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    let wanted = lowBits &* UInt64(byte)
    var missing = count
    var position = 0
    while position + wordSize <= bytes.count, missing > 0 {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) ^ wanted
      // Unlike ``zeroBytes(_:)``, this marks nothing else, so that marks can be counted.
      let marks = ~(((word & ~highBits) &+ ~highBits) | word) & highBits
      missing -= marks.nonzeroBitCount
      position += wordSize
    }
    while position < bytes.count, missing > 0 {
      if bytes[position] == byte { missing -= 1 }
      position += 1
    }
    return missing <= 0
  }

  /// Where a needle first begins in a part of the bytes.
  ///
  /// Only places where both the first and the last byte of the needle fit are compared whole; they are few.
  ///
  /// - Parameters:
  ///   - needle: At least one byte; lower case when letter case is ignored.
  ///   - bytes: The bytes to search.
  ///   - range: The part of the bytes that the needle must lie in.
  ///   - ignoringCase: Whether upper-case ASCII letters of the bytes fit lower-case letters of the needle.
  /// - Returns: The index of the needle's first byte, or nil when it does not occur.
  static func firstIndex(
    of needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>, ignoringCase: Bool
  ) -> Int? {
    guard let first = needle.first, let last = needle.last else { return range.lowerBound }
    let end = range.upperBound - needle.count + 1
    let head = Anchor(first, ignoringCase), tail = Anchor(last, ignoringCase)
    let raw = UnsafeRawBufferPointer(bytes)
    var position = range.lowerBound
    while position + wordSize <= end {
      let heads = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let tails = raw.loadUnaligned(fromByteOffset: position + needle.count - 1, as: UInt64.self)
      var hits = zeroBytes(head.difference(heads) | tail.difference(tails))
      while hits != 0 {
        let candidate = position + hits.trailingZeroBitCount / 8
        if starts(with: needle, bytes, at: candidate, ignoringCase) { return candidate }
        hits &= hits - 1
      }
      position += wordSize
    }
    while position < end {
      if starts(with: needle, bytes, at: position, ignoringCase) { return position }
      position += 1
    }
    return nil
  }

  /// A byte of the needle, made ready to be compared with eight bytes at once.
  private struct Anchor {
    /// The bit that makes both cases of a letter one, in every byte.
    private let caseBits: UInt64
    private let wanted: UInt64

    init(_ byte: UInt8, _ ignoringCase: Bool) {
      let isLetter = ignoringCase && byte &- UInt8(ascii: "a") < 26
      caseBits = isLetter ? lowBits &* 0x20 : 0
      wanted = lowBits &* UInt64(byte)
    }

    /// Bytes that fit become zero.
    @inline(__always)
    func difference(_ word: UInt64) -> UInt64 { (UInt64(littleEndian: word) | caseBits) ^ wanted }
  }

  /// Marks the zero bytes of a word by their highest bits; above a zero byte there may be marks too many.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- lowBits) & ~word & highBits }

  @inline(__always)
  private static func starts(
    with needle: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ ignoringCase: Bool
  ) -> Bool {
    var index = 0
    while index < needle.count {
      let byte = bytes[start + index]
      if needle[index] != (ignoringCase ? CaseFolding.folded(byte) : byte) { return false }
      index += 1
    }
    return true
  }
}
