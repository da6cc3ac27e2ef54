/// A dictionary that is written in the order of its keys, so that equal dictionaries have equal bytes.
struct SortedEntries<Key: Hashable & Comparable & Codable, Value: Codable>: Codable {
  private struct Entry: Codable {
    var key: Key
    var value: Value
  }

  let dictionary: [Key: Value]

  init(_ dictionary: [Key: Value]) { self.dictionary = dictionary }

  init(from decoder: any Decoder) throws {
    let entries = try [Entry](from: decoder)
    dictionary = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
  }

  func encode(to encoder: any Encoder) throws {
    try dictionary.sorted { $0.key < $1.key }.map { Entry(key: $0.key, value: $0.value) }.encode(to: encoder)
  }
}

/// A set of names, kept small: of too many, the first in the order of names stay. Written in that order.
struct NameSet: Sendable, Hashable, Codable {
  /// The most names there are.
  static let limit = 1000

  /// The names, sorted.
  private(set) var sorted: [String] = []

  /// Makes an empty set.
  init() {}

  init(from decoder: any Decoder) throws {
    for name in try [String](from: decoder) { insert(name) }
  }

  func encode(to encoder: any Encoder) throws { try sorted.encode(to: encoder) }

  /// Adds a name.
  mutating func insert(_ name: String, limit: Int = NameSet.limit) {
    let index = position(of: name)
    guard index == sorted.count || sorted[index] != name else { return }
    guard index < limit else { return }
    sorted.insert(name, at: index)
    if sorted.count > limit { sorted.removeLast() }
  }

  /// Adds the names of another set.
  mutating func formUnion(_ other: NameSet, limit: Int = NameSet.limit) {
    for name in other.sorted { insert(name, limit: limit) }
  }

  private func position(of name: String) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < name { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
