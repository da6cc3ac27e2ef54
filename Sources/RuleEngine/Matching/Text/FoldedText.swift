/// A text that is equal to all its spellings in other letter case, for use as a key without making a folded copy.
struct FoldedText: Sendable, Hashable {
  /// The text as it was given.
  let spelling: String

  init(_ spelling: String) { self.spelling = spelling }

  static func == (left: FoldedText, right: FoldedText) -> Bool {
    left.withFoldedBytes { leftBytes in right.withFoldedBytes { leftBytes.elementsEqual($0) } }
  }

  func hash(into hasher: inout Hasher) {
    // FNV-1a first: feeding the hasher byte by byte costs several times more.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    withFoldedBytes { bytes in
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    hasher.combine(hash)
  }

  private func withFoldedBytes<Result>(
    _ body: (LazyMapSequence<UnsafeBufferPointer<UInt8>, UInt8>) -> Result
  ) -> Result {
    var copy = spelling
    return copy.withUTF8 { bytes in
      guard CaseFolding.mayChangeBeyondASCII(bytes) else { return body(bytes.lazy.map(CaseFolding.folded)) }
      return CaseFolding.folded(spelling.unicodeScalars).withUnsafeBufferPointer {
        body($0.lazy.map(CaseFolding.folded))
      }
    }
  }
}
