/// A text that is equal to all its spellings in other letter case, for use as a key without making a folded copy.
struct FoldedText: Sendable, Hashable {
  /// The text as it was given.
  let spelling: String

  init(_ spelling: String) { self.spelling = spelling }

  static func == (left: FoldedText, right: FoldedText) -> Bool {
    left.withComparableBytes { left in
      right.withComparableBytes { right in
        guard left.count == right.count else { return false }
        for index in 0..<left.count where CaseFolding.folded(left[index]) != CaseFolding.folded(right[index]) {
          return false
        }
        return true
      }
    }
  }

  func hash(into hasher: inout Hasher) {
    // FNV-1a over words first: the hasher costs several times more for each byte. Setting the bit of lower case in
    // every byte makes a few different texts collide, which is harmless.
    let lowerCase: UInt64 = 0x2020_2020_2020_2020
    let prime: UInt64 = 0x100_0000_01B3
    hasher.combine(
      withComparableBytes { bytes in
        let raw = UnsafeRawBufferPointer(bytes)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var position = 0
        while position + 8 <= raw.count {
          hash = (hash ^ (raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) | lowerCase)) &* prime
          position += 8
        }
        while position < raw.count {
          hash = (hash ^ UInt64(raw[position] | 0x20)) &* prime
          position += 1
        }
        return hash
      })
  }

  /// The UTF-8 bytes, with every letter but those of ASCII folded.
  private func withComparableBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let direct = spelling.utf8.withContiguousStorageIfAvailable { bytes -> Result? in
      CaseFolding.mayChangeBeyondASCII(bytes) ? nil : body(bytes)
    }
    if let result = direct.flatMap({ $0 }) { return result }
    return CaseFolding.folded(spelling.unicodeScalars).withUnsafeBufferPointer(body)
  }
}
