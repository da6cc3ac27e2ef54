/// Finds which of many literals stand anywhere in a text, in one pass.
///
/// Of each literal the rarest four bytes in a row are its gram. The pass asks at every byte of the text whether the four
/// bytes there may be a gram; one bit in a small table says no nearly always. Compared with an automaton, this has no
/// chain of dependent loads, stays in the nearest cache, and is built in time linear in the literals.
struct AnywhereLiterals: Sendable {
  private struct Entry: Sendable {
    var gram: UInt32
    var literal: Int32
    /// Where the gram stands in the literal.
    var offset: Int32
    var start: Int32
    var count: Int32
  }

  private static let gramSize = 4

  /// The bit of every hash that a gram has.
  private var filter: [UInt64] = []
  private var filterShift: UInt32 = 0
  /// Where the entries of a hash's highest bits begin.
  private var starts: [UInt32] = []
  private var startShift: UInt32 = 0
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  var isEmpty: Bool { entries.isEmpty }

  /// - Parameter literals: The folded texts, each of at least four bytes, with their numbers.
  init(_ literals: [(bytes: [UInt8], number: Int32)]) {
    guard !literals.isEmpty else { return }
    let usage = GramUsage(literals.lazy.map(\.bytes))
    for literal in literals {
      let offset = usage.rarestGram(of: literal.bytes)
      entries.append(
        Entry(
          gram: Self.gram(literal.bytes, at: offset), literal: literal.number, offset: Int32(offset),
          start: Int32(bytes.count), count: Int32(literal.bytes.count)))
      bytes += literal.bytes
    }
    makeTables()
  }

  private mutating func makeTables() {
    var bits: UInt32 = 6
    while 1 << bits < entries.count { bits += 1 }
    // Sixteen times as many bits as grams let through one in sixteen of the other hashes at most.
    filterShift = 32 - min(bits + 4, 18)
    startShift = 32 - bits
    filter = Array(repeating: 0, count: 1 << (32 - filterShift - 6))
    entries.sort { (Self.hash($0.gram), $0.literal) < (Self.hash($1.gram), $1.literal) }
    starts = Array(repeating: 0, count: 1 << bits + 1)
    for entry in entries {
      let hash = Self.hash(entry.gram)
      let bit = hash >> filterShift
      filter[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
      starts[Int(hash >> startShift) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
  }

  /// Notes every literal that the text contains.
  ///
  /// - Parameters:
  ///   - text: Folded text.
  ///   - hits: Takes the numbers of the literals.
  func findAll(in text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits) {
    guard text.count >= Self.gramSize, !entries.isEmpty else { return }
    let raw = UnsafeRawBufferPointer(text)
    let shift = filterShift
    filter.withUnsafeBufferPointer { filter in
      for position in 0...text.count - Self.gramSize {
        let gram = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt32.self))
        let hash = Self.hash(gram)
        let bit = hash >> shift
        if filter[Int(bit >> 6)] >> UInt64(bit & 63) & 1 != 0 { look(up: gram, hash, at: position, in: text, hits) }
      }
    }
  }

  @inline(never)
  private func look(
    up gram: UInt32, _ hash: UInt32, at position: Int, in text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits
  ) {
    let bucket = Int(hash >> startShift)
    for index in Int(starts[bucket])..<Int(starts[bucket + 1]) where entries[index].gram == gram {
      let entry = entries[index]
      if !hits.has(entry.literal), isFound(entry, at: position - Int(entry.offset), in: text) {
        hits.add(entry.literal)
      }
    }
  }

  private func isFound(_ entry: Entry, at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard offset >= 0, offset + Int(entry.count) <= text.count else { return false }
    for index in 0..<Int(entry.count) where bytes[Int(entry.start) + index] != text[offset + index] { return false }
    return true
  }

  @inline(__always)
  private static func hash(_ gram: UInt32) -> UInt32 { gram &* 0x9E37_79B1 }

  fileprivate static func gram(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    (0..<gramSize).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  /// Roughly how many literals have a gram: what many rules look for is common in events too.
  private struct GramUsage {
    private var counts = [UInt16](repeating: 0, count: 1 << 16)

    init(_ literals: some Sequence<[UInt8]>) {
      for literal in literals {
        for offset in 0...literal.count - gramSize {
          let position = Self.position(gram(literal, at: offset))
          if counts[position] < .max { counts[position] += 1 }
        }
      }
    }

    /// Where the literal's rarest gram begins.
    func rarestGram(of literal: [UInt8]) -> Int {
      let offsets = 0...literal.count - gramSize
      return offsets.min { use(of: literal, $0) < use(of: literal, $1) } ?? 0
    }

    private func use(of literal: [UInt8], _ offset: Int) -> UInt16 { counts[Self.position(gram(literal, at: offset))] }

    private static func position(_ gram: UInt32) -> Int { Int(hash(gram) >> 16) }
  }
}
