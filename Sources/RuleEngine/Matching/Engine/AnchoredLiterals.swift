/// Finds which of many literals a text begins or ends with, or is.
///
/// Hashes the text from its anchored end on, byte by byte, and looks up the hash at every length that a literal has. The
/// time does not depend on how many literals there are.
struct AnchoredLiterals: Sendable {
  private struct Entry: Sendable {
    var hash: UInt32
    var literal: Int32
    var start: Int32
    var count: Int32
  }

  /// Entries by hash, with empty ones in between; the count is a power of two.
  private var table: [Entry] = []
  private var filter = HashFilter(capacity: 0)
  private var bytes: [UInt8] = []
  private var hasLength: [Bool] = []
  private let isBackward: Bool

  private static let empty = Entry(hash: 0, literal: -1, start: 0, count: 0)

  var isEmpty: Bool { table.isEmpty }

  /// - Parameters:
  ///   - literals: The folded texts, with their numbers.
  ///   - isBackward: Whether they end texts rather than begin them.
  init(_ literals: [(bytes: [UInt8], number: Int32)], isBackward: Bool) {
    self.isBackward = isBackward
    guard let longest = literals.map(\.bytes.count).max() else { return }
    hasLength = Array(repeating: false, count: longest + 1)
    var capacity = 4
    while capacity < literals.count * 3 { capacity *= 2 }
    table = Array(repeating: Self.empty, count: capacity)
    filter = HashFilter(capacity: literals.count)
    for literal in literals {
      hasLength[literal.bytes.count] = true
      insert(literal.bytes, literal.number)
    }
  }

  private mutating func insert(_ literal: [UInt8], _ number: Int32) {
    var hash: UInt32 = 0
    for index in literal.indices { hash = Self.extend(hash, literal[isBackward ? literal.count - 1 - index : index]) }
    var position = Self.position(hash, table.count)
    while table[position].literal >= 0 { position = (position + 1) & (table.count - 1) }
    filter.insert(hash)
    table[position] = Entry(hash: hash, literal: number, start: Int32(bytes.count), count: Int32(literal.count))
    bytes += literal
  }

  /// Notes every literal that begins, or ends, the text.
  func findAll(in text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits) {
    guard !table.isEmpty else { return }
    filter.withProbe { filter in
      var hash: UInt32 = 0
      let most = min(text.count, hasLength.count - 1)
      var length = 0
      while length < most {
        hash = Self.extend(hash, text[isBackward ? text.count - 1 - length : length])
        length += 1
        if filter.mayContain(hash), hasLength[length] { look(up: hash, length: length, in: text, hits) }
      }
    }
  }

  /// Notes every literal that the text is.
  func findWhole(_ text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits) {
    guard text.count < hasLength.count, hasLength[text.count] else { return }
    var hash: UInt32 = 0
    for byte in text { hash = Self.extend(hash, byte) }
    look(up: hash, length: text.count, in: text, hits)
  }

  @inline(never)
  private func look(up hash: UInt32, length: Int, in text: UnsafeBufferPointer<UInt8>, _ hits: LiteralHits) {
    var position = Self.position(hash, table.count)
    while table[position].literal >= 0 {
      let entry = table[position]
      if entry.hash == hash, Int(entry.count) == length, !hits.has(entry.literal), isFound(entry, in: text) {
        hits.add(entry.literal)
      }
      position = (position + 1) & (table.count - 1)
    }
  }

  private func isFound(_ entry: Entry, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
      let literal = bytes[Int(entry.start)..<Int(entry.start + entry.count)]
      let offset = isBackward ? text.count - literal.count : 0
      return ByteSearch.stands(UnsafeRawBufferPointer(rebasing: literal), at: offset, in: text)
    }
  }

  @inline(__always)
  private static func extend(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash &+ UInt32(byte) &+ 1) &* 0x9E37_79B1 }

  @inline(__always)
  private static func position(_ hash: UInt32, _ count: Int) -> Int { Int((hash ^ hash >> 15)) & (count - 1) }
}
