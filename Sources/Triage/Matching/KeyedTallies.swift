/// Values by keys of bytes; the key of the last event is often that of the next.
struct KeyedTallies<Tally: AnyObject> {
  private struct Entry {
    let key: [UInt8]
    let tally: Tally
  }

  private var entries: [Entry] = []
  private var positions: [UInt64: [Int]] = [:]
  private var last = 0

  /// All values.
  var tallies: [Tally] { entries.map(\.tally) }

  /// The value of a key; nil when there is none yet.
  mutating func find(_ key: [UInt8]) -> Tally? {
    if last < entries.count, entries[last].key == key { return entries[last].tally }
    guard let found = positions[Self.hash(key)]?.first(where: { entries[$0].key == key }) else { return nil }
    last = found
    return entries[found].tally
  }

  /// Adds the value of a key that has none.
  mutating func insert(_ tally: Tally, for key: [UInt8]) {
    last = entries.count
    positions[Self.hash(key), default: []].append(last)
    entries.append(Entry(key: key, tally: tally))
  }

  /// Multiplies eight bytes at a time; who makes keys collide makes searches longer, but never wrong, and the number of
  /// entries is bounded.
  private static func hash(_ key: [UInt8]) -> UInt64 {
    key.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count)
      var offset = 0
      while offset + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        offset += 8
      }
      while offset < bytes.count {
        hash = (hash ^ UInt64(bytes[offset])) &* 0x0000_0100_0000_01B3
        offset += 1
      }
      return hash
    }
  }
}
