/// Finds bytes in bytes, 32 at a time.
enum ByteSearch {
  private typealias Block = SIMD32<UInt8>
  private static let blockSize = 32

  /// The index of the first byte of a character that is not ASCII.
  static func firstNonASCII(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let raw = UnsafeRawBufferPointer(bytes)
    var position = 0
    while position + blockSize <= raw.count {
      let block = raw.loadUnaligned(fromByteOffset: position, as: Block.self)
      if any(block .>= Block(repeating: 0x80)) { break }
      position += blockSize
    }
    return bytes[position...].firstIndex { $0 >= 0x80 }
  }

  /// Where a needle first begins in a part of the bytes.
  ///
  /// Candidates are the places where both the first and the last byte of the needle fit, which are few.
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
    guard range.lowerBound < end else { return nil }
    let firstMask = caseMask(first, ignoringCase), lastMask = caseMask(last, ignoringCase)
    let raw = UnsafeRawBufferPointer(bytes)
    let lastOffset = needle.count - 1
    var position = range.lowerBound
    while position + blockSize <= end {
      let heads = raw.loadUnaligned(fromByteOffset: position, as: Block.self)
      let tails = raw.loadUnaligned(fromByteOffset: position + lastOffset, as: Block.self)
      let candidates = ((heads | firstMask) .== first) .& ((tails | lastMask) .== last)
      if any(candidates) {
        for index in 0..<blockSize where candidates[index] {
          if starts(with: needle, bytes, at: position + index, ignoringCase) { return position + index }
        }
      }
      position += blockSize
    }
    return (position..<end).first { starts(with: needle, bytes, at: $0, ignoringCase) }
  }

  /// The bit that makes both cases of a letter one; nothing for other bytes.
  private static func caseMask(_ byte: UInt8, _ ignoringCase: Bool) -> UInt8 {
    ignoringCase && byte &- UInt8(ascii: "a") < 26 ? 0x20 : 0
  }

  @inline(__always)
  private static func starts(
    with needle: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ ignoringCase: Bool
  ) -> Bool {
    for index in 0..<needle.count {
      let byte = bytes[start + index]
      if needle[index] != (ignoringCase ? CaseFolding.folded(byte) : byte) { return false }
    }
    return true
  }
}
