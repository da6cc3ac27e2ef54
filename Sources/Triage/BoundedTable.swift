/// A value to which others of its kind can be added, in any order and grouping.
protocol Mergeable {
  /// Adds another value.
  mutating func merge(_ other: Self)
}

extension Mergeable {
  /// The sum of both.
  func merging(_ other: Self) -> Self {
    var sum = self
    sum.merge(other)
    return sum
  }
}

/// Values by key, of which only those of the smallest keys are told apart; the values of all other keys are one sum.
///
/// Which keys are kept depends on the keys only, never on the order of adding or merging: of all keys that were ever
/// seen, the smallest. A key among them is among the smallest of every part too, so no part of its value is ever lost.
struct BoundedTable<Key: Hashable & Comparable, Value: Mergeable> {
  private let limit: Int
  /// Up to twice as many as are kept: dropping many at once is cheaper than one by one.
  private var values: [Key: Value] = [:]
  /// The sum of the values of the keys that were dropped.
  private var dropped: Value?
  /// The smallest key that was dropped.
  private var end: Key?

  /// Makes an empty table that keeps a number of keys.
  init(limit: Int) { self.limit = limit }

  /// The values that are told apart.
  var kept: [Key: Value] { settled().values }

  /// The sum of the values of all other keys; nil when there are none.
  var rest: Value? { settled().dropped }

  /// What is known of a key's value so far; nil when there is none or it is told apart no more.
  func value(of key: Key) -> Value? { values[key] }

  /// Changes the value of a key.
  mutating func update(_ key: Key, default value: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    if let end, key >= end {
      var sum = dropped ?? value()
      dropped = nil
      change(&sum)
      dropped = sum
    } else {
      change(&values[key, default: value()])
      if values.count > 2 * limit { settle() }
    }
  }

  /// Adds the values of another table.
  mutating func merge(_ other: BoundedTable) {
    for (key, value) in other.values where values[key]?.merge(value) == nil { values[key] = value }
    if let value = other.dropped { drop(value) }
    if let key = other.end { end = min(end ?? key, key) }
    if values.count > 2 * limit { settle() }
  }

  private func settled() -> BoundedTable {
    guard values.count > limit || end != nil else { return self }
    var table = self
    table.settle()
    return table
  }

  private mutating func settle() {
    let keys = values.keys.sorted()
    for (position, key) in keys.enumerated() where position >= limit || end.map({ key >= $0 }) ?? false {
      if let value = values.removeValue(forKey: key) { drop(value) }
      end = min(end ?? key, key)
    }
  }

  private mutating func drop(_ value: Value) {
    if dropped?.merge(value) == nil { dropped = value }
  }
}

extension BoundedTable: Sendable where Key: Sendable, Value: Sendable {}

extension BoundedTable: Equatable where Value: Equatable {
  /// Whether two tables come to the same, however far each has dropped what it will not keep.
  static func == (left: BoundedTable, right: BoundedTable) -> Bool {
    let (left, right) = (left.settled(), right.settled())
    return left.limit == right.limit && left.values == right.values && left.dropped == right.dropped
  }
}

extension BoundedTable: Hashable where Value: Hashable {
  func hash(into hasher: inout Hasher) {
    let table = settled()
    hasher.combine(table.values)
    hasher.combine(table.dropped)
  }
}

extension BoundedTable {
  /// The table with every value replaced.
  func mapValues(_ transform: (Value) -> Value) -> BoundedTable {
    var table = self
    table.values = values.mapValues(transform)
    table.dropped = dropped.map(transform)
    return table
  }
}

private enum BoundedTableKeys: String, CodingKey { case limit, values, rest, end }

extension BoundedTable: Codable where Key: Codable, Value: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: BoundedTableKeys.self)
    limit = try container.decode(Int.self, forKey: .limit)
    values = try container.decode(SortedEntries<Key, Value>.self, forKey: .values).dictionary
    dropped = try container.decodeIfPresent(Value.self, forKey: .rest)
    end = try container.decodeIfPresent(Key.self, forKey: .end)
  }

  func encode(to encoder: any Encoder) throws {
    let table = settled()
    var container = encoder.container(keyedBy: BoundedTableKeys.self)
    try container.encode(table.limit, forKey: .limit)
    try container.encode(SortedEntries(table.values), forKey: .values)
    try container.encodeIfPresent(table.dropped, forKey: .rest)
    try container.encodeIfPresent(table.end, forKey: .end)
  }
}
