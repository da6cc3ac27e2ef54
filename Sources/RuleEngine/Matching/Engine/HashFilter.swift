/// Says of most hashes that are not in a set that they are not; small enough for the nearest cache.
struct HashFilter: Sendable {
  private var words: [UInt64]
  private let shift: UInt32

  /// - Parameter capacity: How many hashes will be inserted; one in sixteen others passes.
  init(capacity: Int) {
    var bits: UInt32 = 10
    while 1 << bits < capacity * 16, bits < 18 { bits += 1 }
    shift = 32 - bits
    words = Array(repeating: 0, count: 1 << (bits - 6))
  }

  mutating func insert(_ hash: UInt32) {
    let bit = hash >> shift
    words[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
  }

  /// Makes the filter ready to be asked many times.
  @inline(__always)
  func withProbe<Result>(_ body: (Probe) -> Result) -> Result {
    words.withUnsafeBufferPointer { body(Probe(words: $0, shift: shift)) }
  }

  /// The filter's memory.
  struct Probe {
    fileprivate let words: UnsafeBufferPointer<UInt64>
    fileprivate let shift: UInt32

    /// Whether a hash may have been inserted.
    @inline(__always)
    func mayContain(_ hash: UInt32) -> Bool {
      // The shifts are known to be small; asking would cost more than they do.
      let bit = hash &>> shift
      return words[Int(bit &>> 6)] &>> UInt64(bit & 63) & 1 != 0
    }
  }
}
