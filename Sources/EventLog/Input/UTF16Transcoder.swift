/// Turns a slice of UTF-16 bytes into UTF-8.
struct UTF16Transcoder {
  /// The text as UTF-8; lone surrogates and a torn last unit are U+FFFD.
  private(set) var bytes: [UInt8] = []
  /// Offsets into ``bytes`` where something was replaced, ascending.
  private(set) var replacements: [Int] = []

  init(_ source: UnsafeRawBufferPointer, isBigEndian: Bool) {
    let units = source.count / 2
    // Markup is nearly all ASCII, so the worst case of three bytes a unit is reserved for only half of it.
    bytes.reserveCapacity(units + units / 8 + 16)
    var index = 0
    while index < units {
      index = appendASCII(source, from: index, units: units, isBigEndian: isBigEndian)
      guard index < units else { break }
      index = appendScalar(source, at: index, units: units, isBigEndian: isBigEndian)
    }
    if source.count % 2 == 1 { replace() }
  }

  private mutating func replace() {
    replacements.append(bytes.count)
    append(0xFFFD)
  }

  /// Copies a run of ASCII, eight units at a time; returns the index of the first other unit.
  private mutating func appendASCII(
    _ source: UnsafeRawBufferPointer, from start: Int, units: Int, isBigEndian: Bool
  ) -> Int {
    var index = start
    while index + 8 <= units {
      var block = SIMD8<UInt16>(repeating: 0)
      for lane in 0..<8 {
        block[lane] = source.loadUnaligned(fromByteOffset: (index + lane) * 2, as: UInt16.self)
      }
      if isBigEndian { block = (block &>> 8) | (block &<< 8) }
      guard block.max() < 0x80 else { break }
      let narrow = SIMD8<UInt8>(truncatingIfNeeded: block)
      withUnsafeBytes(of: narrow) { bytes.append(contentsOf: $0) }
      index += 8
    }
    while index < units {
      let unit = Self.unit(source, index, isBigEndian)
      guard unit < 0x80 else { break }
      bytes.append(UInt8(truncatingIfNeeded: unit))
      index += 1
    }
    return index
  }

  private mutating func appendScalar(
    _ source: UnsafeRawBufferPointer, at index: Int, units: Int, isBigEndian: Bool
  ) -> Int {
    let unit = Self.unit(source, index, isBigEndian)
    guard 0xD800...0xDFFF ~= unit else {
      append(UInt32(unit))
      return index + 1
    }
    if unit < 0xDC00, index + 1 < units {
      let next = Self.unit(source, index + 1, isBigEndian)
      if 0xDC00...0xDFFF ~= next {
        append(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(next) - 0xDC00))
        return index + 2
      }
    }
    replace()
    return index + 1
  }

  private mutating func append(_ scalar: UInt32) {
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    case 0..<0x800:
      bytes.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
    case 0..<0x10000:
      bytes.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
    default:
      bytes.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 12 & 0x3F))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
    }
  }

  private static func unit(_ source: UnsafeRawBufferPointer, _ index: Int, _ isBigEndian: Bool) -> UInt16 {
    let raw = source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
    return isBigEndian ? UInt16(bigEndian: raw) : UInt16(littleEndian: raw)
  }

  /// How many bytes of UTF-16 a prefix of ``bytes`` came from.
  static func sourceLength(ofUTF8 bytes: UnsafeRawBufferPointer) -> Int {
    var units = 0
    for byte in bytes where byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
    return units * 2
  }
}
