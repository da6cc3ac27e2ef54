/// A value to which others of its kind can be added, in any order and grouping.
protocol Mergeable {
  /// Adds another value.
  mutating func merge(_ other: Self)
}

/// Values by key, of which only those of the smallest keys are told apart; the values of all other keys are one sum.
///
/// Which keys are kept depends on the keys only, never on the order of adding or merging: of all keys that were ever
/// seen, the smallest. A key among them is among the smallest of every part too, so no part of its value is ever lost.
struct BoundedTable<Key: Hashable & Comparable, Value: Mergeable> {
  private let limit: Int
  /// Between merges, up to twice as many as are kept: dropping many at once is cheaper than one by one.
  private var values: [Key: Value] = [:]
  /// The sum of the values of all keys that are not kept.
  private(set) var rest: Value?
  /// The smallest key that is not kept.
  private var end: Key?

  /// Makes an empty table that keeps a number of keys.
  init(limit: Int) { self.limit = limit }

  /// The values that are told apart.
  var kept: [Key: Value] { settled.values }

  /// Changes the value of a key.
  mutating func update(_ key: Key, default value: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    if let end, key >= end {
      var sum = rest ?? value()
      rest = nil
      change(&sum)
      rest = sum
    } else {
      change(&values[key, default: value()])
      if values.count > 2 * limit { settle() }
    }
  }

  /// Adds the values of another table.
  mutating func merge(_ other: BoundedTable) {
    for (key, value) in other.values where values[key]?.merge(value) == nil { values[key] = value }
    if let value = other.rest { addToRest(value) }
    if let key = other.end { end = min(end ?? key, key) }
    settle()
  }

  private mutating func settle() {
    guard values.count > limit || end != nil else { return }
    let keys = values.keys.sorted()
    for (position, key) in keys.enumerated() where position >= limit || end.map({ key >= $0 }) ?? false {
      if let value = values.removeValue(forKey: key) { addToRest(value) }
      end = min(end ?? key, key)
    }
  }

  private mutating func addToRest(_ value: Value) {
    if rest?.merge(value) == nil { rest = value }
  }
}

extension BoundedTable: Sendable where Key: Sendable, Value: Sendable {}

extension BoundedTable {
  /// The table without what is only kept between merges.
  private var settled: BoundedTable {
    var table = self
    table.settle()
    return table
  }

  /// The table with every value replaced.
  func mapValues(_ transform: (Value) -> Value) -> BoundedTable {
    var table = self
    table.values = values.mapValues(transform)
    table.rest = rest.map(transform)
    return table
  }
}

extension BoundedTable: Equatable where Value: Equatable {
  static func == (left: BoundedTable, right: BoundedTable) -> Bool {
    let (left, right) = (left.settled, right.settled)
    return left.limit == right.limit && left.values == right.values && left.rest == right.rest && left.end == right.end
  }
}

extension BoundedTable: Hashable where Value: Hashable {
  func hash(into hasher: inout Hasher) {
    let settled = settled
    hasher.combine(settled.values)
    hasher.combine(settled.rest)
  }
}

private enum BoundedTableKeys: String, CodingKey { case limit, values, rest, end }

extension BoundedTable: Codable where Key: Codable, Value: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: BoundedTableKeys.self)
    limit = try container.decode(Int.self, forKey: .limit)
    values = try container.decode(SortedEntries<Key, Value>.self, forKey: .values).dictionary
    rest = try container.decodeIfPresent(Value.self, forKey: .rest)
    end = try container.decodeIfPresent(Key.self, forKey: .end)
  }

  func encode(to encoder: any Encoder) throws {
    let settled = settled
    var container = encoder.container(keyedBy: BoundedTableKeys.self)
    try container.encode(settled.limit, forKey: .limit)
    try container.encode(SortedEntries(settled.values), forKey: .values)
    try container.encodeIfPresent(settled.rest, forKey: .rest)
    try container.encodeIfPresent(settled.end, forKey: .end)
  }
}
