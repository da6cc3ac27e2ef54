import CByteSearch

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Searching bytes with the C library's vectorised routines.
extension UnsafeRawBufferPointer {
  /// The first place of a pattern at or after an offset.
  func firstIndex(of pattern: StaticString, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start >= 0, start + pattern.utf8CodeUnitCount <= count,
      let found = evtriage_find(base + start, count - start, pattern.utf8Start, pattern.utf8CodeUnitCount)
    else { return nil }
    return found - base
  }

  /// The first place of a pattern at or after an offset.
  func firstIndex(of pattern: [UInt8], from start: Int = 0) -> Int? {
    guard let base = baseAddress, start >= 0, start + pattern.count <= count else { return nil }
    return pattern.withUnsafeBytes { needle in
      guard let needleBase = needle.baseAddress,
        let found = evtriage_find(base + start, count - start, needleBase, needle.count)
      else { return nil }
      return found - base
    }
  }

  /// The first place of a byte at or after an offset.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start >= 0, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// The last place of a pattern that ends at or before an offset.
  func lastIndex(of pattern: [UInt8], endingBefore end: Int) -> Int? {
    guard let first = pattern.first, end <= count else { return nil }
    var index = end - pattern.count
    while index >= 0 {
      if self[index] == first, matches(pattern, at: index) { return index }
      index -= 1
    }
    return nil
  }

  /// Whether a pattern stands at an offset.
  func matches(_ pattern: [UInt8], at index: Int) -> Bool {
    guard let base = baseAddress, index >= 0, index + pattern.count <= count else { return false }
    return pattern.withUnsafeBytes { needle in
      needle.baseAddress.map { memcmp(base + index, $0, needle.count) == 0 } ?? true
    }
  }

  /// Whether a pattern stands at an offset.
  func matches(_ pattern: StaticString, at index: Int) -> Bool {
    guard let base = baseAddress, index >= 0, index + pattern.utf8CodeUnitCount <= count else { return false }
    return memcmp(base + index, pattern.utf8Start, pattern.utf8CodeUnitCount) == 0
  }

  /// The bytes of a range, with indexes from 0.
  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }
}

extension UInt8 {
  /// Blank, tab, carriage return or line feed: white space in XML 1.0, section 2.3.
  var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
