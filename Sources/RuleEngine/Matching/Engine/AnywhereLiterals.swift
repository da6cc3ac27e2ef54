/// Finds which of many literals stand anywhere in a text, in one pass.
///
/// Of each literal the rarest four bytes in a row are its gram. The pass asks at every byte of the text whether the four
/// bytes there may be a gram; one bit in a small table says no nearly always. Compared with an automaton, this has no
/// chain of dependent loads, stays in the nearest cache, and is built in time linear in the literals. Short literals
/// have grams of two bytes.
struct AnywhereLiterals: Sendable {
  private struct Entry: Sendable {
    var gram: UInt32
    var literal: Int32
    /// Where the gram stands in the literal.
    var offset: Int32
    var start: Int32
    var count: Int32
  }

  /// How many bytes a gram has.
  enum GramSize: Int, Sendable {
    case two = 2
    case four = 4
  }

  private let gramSize: GramSize
  /// The hashes of all grams.
  private var filter = HashFilter(capacity: 0)
  /// Where the entries of a hash's highest bits begin.
  private var starts: [UInt32] = []
  private var startShift: UInt32 = 0
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  var isEmpty: Bool { entries.isEmpty }

  /// - Parameters:
  ///   - literals: The folded texts with their numbers; none is shorter than a gram.
  ///   - gramSize: How many bytes of each are looked for first.
  init(_ literals: [(bytes: [UInt8], number: Int32)], gramSize: GramSize) {
    self.gramSize = gramSize
    guard !literals.isEmpty else { return }
    let usage = GramUsage(literals.lazy.map(\.bytes), gramSize)
    entries.reserveCapacity(literals.count)
    for literal in literals {
      let (gram, offset) = literal.bytes.withUnsafeBytes(usage.rarestGram)
      entries.append(
        Entry(
          gram: gram, literal: literal.number, offset: Int32(offset), start: Int32(bytes.count),
          count: Int32(literal.bytes.count)))
      bytes += literal.bytes
    }
    makeTables()
  }

  private mutating func makeTables() {
    var bits: UInt32 = 6
    while 1 << bits < entries.count { bits += 1 }
    startShift = 32 - bits
    filter = HashFilter(capacity: entries.count)
    starts = Array(repeating: 0, count: 1 << bits + 1)
    for entry in entries {
      let hash = Self.hash(entry.gram)
      filter.insert(hash)
      starts[Int(hash >> startShift) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    let unordered = entries
    var ends = starts
    for entry in unordered {
      let bucket = Int(Self.hash(entry.gram) >> startShift)
      entries[Int(ends[bucket])] = entry
      ends[bucket] += 1
    }
  }

  /// Notes every literal that the text contains.
  ///
  /// - Parameters:
  ///   - text: Folded text.
  ///   - hits: Takes the numbers of the literals.
  func findAll(in text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits) {
    let raw = UnsafeRawBufferPointer(text)
    // One loop for each size, so that none asks for it at every byte.
    switch gramSize {
    case .two: findAll(in: text, hits) { AnywhereLiterals.GramSize.two.gram(raw, at: $0) }
    case .four: findAll(in: text, hits) { AnywhereLiterals.GramSize.four.gram(raw, at: $0) }
    }
  }

  @inline(__always)
  private func findAll(in text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits, _ gramAt: (Int) -> UInt32) {
    guard text.count >= gramSize.rawValue, !entries.isEmpty else { return }
    filter.withProbe { filter in
      let end = text.count - gramSize.rawValue
      var position = 0
      while position <= end {
        let gram = gramAt(position)
        let hash = Self.hash(gram)
        if filter.mayContain(hash) { look(up: gram, hash, at: position, in: text, hits) }
        position += 1
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
    bytes.withUnsafeBytes { bytes in
      let literal = bytes[Int(entry.start)..<Int(entry.start + entry.count)]
      return ByteSearch.stands(UnsafeRawBufferPointer(rebasing: literal), at: offset, in: text)
    }
  }

  @inline(__always)
  private static func hash(_ gram: UInt32) -> UInt32 { gram &* 0x9E37_79B1 }

  /// Roughly how many literals have a gram: what many rules look for is common in events too.
  private struct GramUsage {
    private var counts = [UInt16](repeating: 0, count: 1 << 14)
    private let gramSize: GramSize

    init(_ literals: some Sequence<[UInt8]>, _ gramSize: GramSize) {
      self.gramSize = gramSize
      for literal in literals {
        literal.withUnsafeBytes { literal in
          for offset in 0...literal.count - gramSize.rawValue {
            let position = Self.position(gramSize.gram(literal, at: offset))
            if counts[position] < .max { counts[position] += 1 }
          }
        }
      }
    }

    /// The literal's rarest gram, and where it begins.
    func rarestGram(of literal: UnsafeRawBufferPointer) -> (gram: UInt32, offset: Int) {
      var rarest = (gram: gramSize.gram(literal, at: 0), offset: 0)
      for offset in 1..<max(1, literal.count - gramSize.rawValue + 1) {
        let gram = gramSize.gram(literal, at: offset)
        if counts[Self.position(gram)] < counts[Self.position(rarest.gram)] { rarest = (gram, offset) }
      }
      return rarest
    }

    private static func position(_ gram: UInt32) -> Int { Int(hash(gram) >> 18) }
  }
}

extension AnywhereLiterals.GramSize {
  /// The bytes of a gram as a number, the first in the lowest bits.
  @inline(__always)
  fileprivate func gram(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
    switch self {
    case .two: UInt32(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    case .four: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
  }
}
