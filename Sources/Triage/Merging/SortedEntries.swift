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

extension KeyedDecodingContainer {
  /// A power of two that a bin's width may have; a damaged summary must not make shifts overflow.
  func widthExponent(forKey key: Key) throws -> Int64 {
    let exponent = try decode(Int64.self, forKey: key)
    guard (0...40).contains(exponent) else {
      throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "no width of a bin")
    }
    return exponent
  }
}
