import Foundation

/// Remembers the content of rule files in a form that needs no YAML parser, by the hash of their text.
///
/// The file is a cache only: one that is torn, of another version or not to be written costs time and nothing else.
struct RuleCache: Sendable {
  /// Changes with the stored form, and with what reading YAML makes of a text.
  private static let header = "evtriage rule cache 2\n"
  /// Fewer bytes of rules are read as fast without a cache.
  private static let smallest = 128 * 1024
  private static let largest = 256 * 1024 * 1024

  private let path: String
  private let bytes: StoredBytes
  private let places: [ContentHash: Place]

  /// Where the documents of a text stand.
  fileprivate struct Place: Sendable {
    var range: Range<Int>
    var hasMistakes: Bool
  }

  /// What a cache holds, or shall hold, of a text.
  struct Entry: Sendable {
    fileprivate let hash: ContentHash
    fileprivate let textSize: Int
    fileprivate var place: Place?
    fileprivate var added: String?
    /// The documents of the text; nil when the cache does not know them.
    fileprivate(set) var nodes: [ConfigNode]?
    /// Whether there was something to tell about the text the last time.
    fileprivate(set) var hasMistakes = true

    /// Whether the cache shall hold something else than it does.
    fileprivate var isNew: Bool { added != nil || place.map { $0.hasMistakes != hasMistakes } ?? false }

    /// Remembers the documents.
    mutating func keep(_ nodes: [ConfigNode]) { added = nodes.map(ConfigNodeCoder.encode).joined() }

    /// The entry, knowing what came of its text.
    func noting(hasMistakes: Bool) -> Entry {
      var copy = self
      copy.hasMistakes = hasMistakes
      return copy
    }
  }

  /// Opens a cache; nothing is known when there is none, or it is damaged.
  init(path: String) {
    self.path = path
    let data = FileManager.default.contents(atPath: path) ?? Data()
    places = Self.places(in: data) ?? [:]
    bytes = StoredBytes(data)
  }

  /// What is known of the bytes of a text.
  func entry(for bytes: [UInt8]) -> Entry {
    var entry = Entry(hash: bytes.withUnsafeBytes { ContentHash($0) }, textSize: bytes.count)
    guard let place = places[entry.hash], let nodes = try? ConfigNodeCoder.decode(self.bytes, place.range),
      !nodes.isEmpty
    else { return entry }
    (entry.place, entry.nodes, entry.hasMistakes) = (place, nodes, place.hasMistakes)
    return entry
  }

  /// Writes the entries of all texts, when any of them is new.
  func save(_ entries: [Entry]) {
    guard entries.contains(where: \.isNew), entries.reduce(0, { $0 + $1.textSize }) >= Self.smallest else { return }
    var body = Data()
    for entry in Dictionary(entries.map { ($0.hash, $0) }, uniquingKeysWith: Self.worse).values.sorted(by: <) {
      guard let nodes = entry.added.map({ Data($0.utf8) }) ?? entry.place.map({ bytes.data(in: $0.range) }) else {
        continue
      }
      body.append(Data("\(entry.hash) \(entry.hasMistakes ? 1 : 0) \(nodes.count)\n".utf8))
      body.append(nodes)
    }
    guard body.count <= Self.largest else { return }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let head = Data((Self.header + "\(ContentHash(body))\n").utf8)
    try? (head + body).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// Two files of one text may differ in mistakes, as when the second has the ID of the first.
  private static func worse(_ left: Entry, _ right: Entry) -> Entry {
    left.noting(hasMistakes: left.hasMistakes || right.hasMistakes)
  }

  /// Where the documents of each text stand; nil for anything but a whole cache of this version.
  private static func places(in data: Data) -> [ContentHash: Place]? {
    data.withUnsafeBytes { bytes in
      var reader = Reader(bytes: bytes)
      guard bytes.count <= largest, reader.skip(header), let sum = reader.hash(end: "\n"),
        sum == ContentHash(UnsafeRawBufferPointer(rebasing: bytes[reader.position...]))
      else { return nil }
      var places: [ContentHash: Place] = [:]
      while reader.position < bytes.count {
        guard let hash = reader.hash(end: " "), let mistakes = reader.number(end: " "),
          let count = reader.number(end: "\n"), count <= bytes.count - reader.position
        else { return nil }
        places[hash] = Place(range: reader.position..<reader.position + count, hasMistakes: mistakes != 0)
        reader.position += count
      }
      return places
    }
  }

  /// Reads the parts of a cache.
  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    mutating func skip(_ text: String) -> Bool {
      guard bytes.dropFirst(position).starts(with: text.utf8) else { return false }
      position += text.utf8.count
      return true
    }

    mutating func hash(end: String) -> ContentHash? {
      guard position + ContentHash.length < bytes.count else { return nil }
      let text = String(decoding: bytes[position..<position + ContentHash.length], as: UTF8.self)
      position += ContentHash.length
      return skip(end) ? ContentHash(hexadecimal: text) : nil
    }

    mutating func number(end: String) -> Int? {
      let digits = bytes[position...].prefix(10).prefix { 0x30...0x39 ~= $0 }
      position += digits.count
      return skip(end) ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }
  }
}

extension RuleCache.Entry {
  fileprivate static func < (left: Self, right: Self) -> Bool { left.hash < right.hash }
}

/// A hash of 128 bits that tells contents apart; it is no protection against someone who makes two of one hash.
struct ContentHash: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The length of the text form.
  static let length = 32

  private var high: UInt64 = 0xcbf2_9ce4_8422_2325
  private var low: UInt64 = 0x9e37_79b9_7f4a_7c15

  init(_ bytes: UnsafeRawBufferPointer) {
    var position = 0
    while position + 8 <= bytes.count {
      combine(bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    for byte in bytes[position...] { combine(UInt64(byte)) }
    combine(UInt64(bytes.count))
  }

  init(_ data: Data) { self = data.withUnsafeBytes { ContentHash($0) } }

  init?(hexadecimal text: String) {
    guard text.utf8.count == Self.length, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  private mutating func combine(_ word: UInt64) {
    high = (high ^ word) &* 0x0000_0100_0000_01b3
    high ^= high >> 29
    low = (low ^ word) &* 0xff51_afd7_ed55_8ccd
    low ^= low >> 33
  }

  var description: String { Self.digits(high) + Self.digits(low) }

  private static func digits(_ word: UInt64) -> String {
    let text = String(word, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  static func < (left: ContentHash, right: ContentHash) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
