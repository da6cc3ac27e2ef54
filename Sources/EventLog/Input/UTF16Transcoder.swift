import CByteSearch

/// Turns a slice of UTF-16 bytes into UTF-8.
final class UTF16Transcoder {
  /// Offsets into ``utf8`` where something was replaced, ascending.
  private(set) var replacements: [Int] = []
  private let text: ChunkBytes

  /// The text as UTF-8; lone surrogates and a torn last unit are U+FFFD. Valid as long as this lives.
  var utf8: UnsafeRawBufferPointer { text.bytes }

  /// - Parameters:
  ///   - source: The UTF-16 bytes.
  ///   - isBigEndian: Whether the high byte stands first.
  ///   - memory: Where memory for the text is taken from.
  init(_ source: UnsafeRawBufferPointer, isBigEndian: Bool, in memory: ChunkMemory = ChunkMemory()) {
    let units = source.count / 2
    // A unit becomes three bytes at most; a pair of surrogates, which are two units, four.
    text = ChunkBytes(capacity: 3 * units + 3, in: memory)
    var writer = Writer(place: text.room)
    let isSwapped = isBigEndian == (UInt16(bigEndian: 1) == 0x0100)
    var index = 0
    while index < units {
      if !isSwapped { index += writer.copyASCII(source, from: index, units: units) }
      guard index < units else { break }
      index = transcode(source, at: index, units: units, isBigEndian, &writer)
    }
    if source.count % 2 == 1 { replace(&writer) }
    text.grow(by: writer.count)
    text.seal()
  }

  /// Some characters one by one, beginning with one that is not ASCII or stands near the end.
  private func transcode(
    _ source: UnsafeRawBufferPointer, at start: Int, units: Int, _ isBigEndian: Bool, _ writer: inout Writer
  ) -> Int {
    var index = start
    let end = min(units, start + 16)
    while index < end {
      let unit = Self.unit(source, index, isBigEndian)
      index += 1
      guard 0xD800...0xDFFF ~= unit else {
        writer.append(UInt32(unit))
        continue
      }
      let next = index < units ? Self.unit(source, index, isBigEndian) : 0
      if unit < 0xDC00, 0xDC00...0xDFFF ~= next {
        writer.append(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(next) - 0xDC00))
        index += 1
      } else {
        replace(&writer)
      }
    }
    return index
  }

  private func replace(_ writer: inout Writer) {
    replacements.append(writer.count)
    writer.append(0xFFFD)
  }

  private static func unit(_ source: UnsafeRawBufferPointer, _ index: Int, _ isBigEndian: Bool) -> UInt16 {
    let raw = source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
    return isBigEndian ? UInt16(bigEndian: raw) : UInt16(littleEndian: raw)
  }

  /// How many bytes of UTF-16 a prefix of ``utf8`` came from.
  static func sourceLength(ofUTF8 bytes: UnsafeRawBufferPointer) -> Int {
    var units = 0
    for byte in bytes { units += (byte & 0xC0 != 0x80 ? 1 : 0) + (byte >= 0xF0 ? 1 : 0) }
    return units * 2
  }
}

/// Writes UTF-8 to memory that has room for all of it.
private struct Writer {
  let place: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(place: UnsafeMutableRawBufferPointer) { self.place = place }

  /// Copies a run of ASCII; returns how many units it has.
  mutating func copyASCII(_ source: UnsafeRawBufferPointer, from index: Int, units: Int) -> Int {
    guard let from = source.baseAddress, let to = place.baseAddress, place.count - count >= units - index else {
      return 0
    }
    let copied = evtriage_narrow(
      (from + 2 * index).assumingMemoryBound(to: UInt8.self), units - index,
      (to + count).assumingMemoryBound(to: UInt8.self))
    count += copied
    return copied
  }

  mutating func append(_ scalar: UInt32) {
    switch scalar {
    case 0..<0x80:
      put(scalar)
    case 0..<0x800:
      put(0xC0 | scalar >> 6)
      put(0x80 | scalar & 0x3F)
    case 0..<0x10000:
      put(0xE0 | scalar >> 12)
      put(0x80 | scalar >> 6 & 0x3F)
      put(0x80 | scalar & 0x3F)
    default:
      put(0xF0 | scalar >> 18)
      put(0x80 | scalar >> 12 & 0x3F)
      put(0x80 | scalar >> 6 & 0x3F)
      put(0x80 | scalar & 0x3F)
    }
  }

  private mutating func put(_ byte: UInt32) {
    place[count] = UInt8(truncatingIfNeeded: byte)
    count += 1
  }
}
