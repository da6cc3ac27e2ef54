import RuleEngine

/// Distinct texts, each stored once in one block of bytes and known by its number.
struct TextPool: Sendable {
  private var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends: [Int] = []
  /// Numbers plus one by hash, 0 for an empty slot; the size is a power of two.
  private var slots: [UInt32] = []

  /// How many texts there are.
  var count: Int { ends.count }

  /// The text of a number.
  subscript(_ number: UInt32) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

  /// The number of a text, which is stored if it is new.
  mutating func number(of text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { number(of: $0) }
  }

  /// The number of each text of another pool.
  mutating func numbers(of other: TextPool) -> [UInt32] {
    other.bytes.withUnsafeBufferPointer { bytes in
      (0..<other.count).map { number(of: UnsafeBufferPointer(rebasing: bytes[other.range(UInt32($0))])) }
    }
  }

  /// Whether the text of one number comes before that of another, byte by byte.
  func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    bytes[range(left)].lexicographicallyPrecedes(bytes[range(right)])
  }

  /// For each number, that of a text which is the same for all its spellings in other letter case, in another pool.
  func foldedNumbers() -> [UInt32] {
    var folded = TextPool()
    return (0..<UInt32(count)).map { folded.number(of: self[$0].caseFolded) }
  }

  private func range(_ number: UInt32) -> Range<Int> {
    (number == 0 ? 0 : ends[Int(number) - 1])..<ends[Int(number)]
  }

  private mutating func number(of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    if ends.count * 4 >= slots.count * 3 { grow() }
    let slot = slot(of: text)
    if slots[slot] > 0 { return slots[slot] - 1 }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    slots[slot] = UInt32(ends.count)
    return UInt32(ends.count - 1)
  }

  /// The slot that has a text, or the empty one where it belongs.
  private func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(text) & mask
    while slots[slot] > 0, !isEqual(slots[slot] - 1, text) { slot = (slot + 1) & mask }
    return slot
  }

  private func isEqual(_ number: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    return range.count == text.count && bytes[range].elementsEqual(text)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(16, slots.count * 2))
    let mask = slots.count - 1
    bytes.withUnsafeBufferPointer { bytes in
      for number in 0..<UInt32(ends.count) {
        var slot = Self.hash(UnsafeBufferPointer(rebasing: bytes[range(number)])) & mask
        while slots[slot] > 0 { slot = (slot + 1) & mask }
        slots[slot] = number + 1
      }
    }
  }

  /// Swift's own hash, seeded anew in every run, so that no log can be made to fill one slot.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(text))
    return hasher.finalize()
  }
}

extension TextPool: Equatable {
  /// Whether two pools have the same texts under the same numbers.
  static func == (left: TextPool, right: TextPool) -> Bool { left.bytes == right.bytes && left.ends == right.ends }
}
