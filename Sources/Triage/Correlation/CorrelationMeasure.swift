import RuleEngine

/// What is known of the matches in a window that slides over the matches of a group.
protocol CorrelationMeasure {
  /// Prepares for the matches of a group; the window is empty.
  mutating func begin(_ group: ArraySlice<CorrelationMatch>)
  /// A match enters the window at its end.
  mutating func enter(_ match: CorrelationMatch)
  /// A match leaves the window at its beginning.
  mutating func leave(_ match: CorrelationMatch)
  /// Whether the condition holds.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - start: The first moment of the window.
  ///   - newest: The matches at its last moment.
  /// - Returns: Whether it holds.
  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool
}

extension CorrelationMeasure {
  mutating func begin(_ group: ArraySlice<CorrelationMatch>) {}
}

/// How many matches there are, of those that count.
struct MatchCount: CorrelationMeasure {
  private var count = 0

  mutating func enter(_ match: CorrelationMatch) { count += Int(match.value) }
  mutating func leave(_ match: CorrelationMatch) { count -= Int(match.value) }

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    condition.holds(count: count)
  }
}

/// How many distinct values there are; matches without one do not count.
struct ValueCount: CorrelationMeasure {
  private var counts: [UInt32: Int] = [:]

  mutating func enter(_ match: CorrelationMatch) {
    if match.value > 0 { counts[match.value, default: 0] += 1 }
  }

  mutating func leave(_ match: CorrelationMatch) {
    guard let count = counts[match.value] else { return }
    counts[match.value] = count > 1 ? count - 1 : nil
  }

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    condition.holds(count: counts.count)
  }
}

/// The share of the newest values among all values, in percent.
struct ValueShare: CorrelationMeasure {
  private var counts: [UInt32: Int] = [:]
  private var total = 0

  mutating func enter(_ match: CorrelationMatch) { change(match, by: 1) }
  mutating func leave(_ match: CorrelationMatch) { change(match, by: -1) }

  private mutating func change(_ match: CorrelationMatch, by step: Int) {
    guard match.value > 0 else { return }
    total += step
    let count = (counts[match.value] ?? 0) + step
    counts[match.value] = count > 0 ? count : nil
  }

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    newest.contains { match in
      counts[match.value].map { condition.holds(sum: FixedPoint($0 * 100), count: total) } ?? false
    }
  }
}

/// How many of the referenced rules match.
struct RuleCount: CorrelationMeasure {
  private var counts: [Int]

  init(rules: Int) { counts = [Int](repeating: 0, count: rules) }

  mutating func enter(_ match: CorrelationMatch) { counts[Int(match.input)] += 1 }
  mutating func leave(_ match: CorrelationMatch) { counts[Int(match.input)] -= 1 }

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    condition.holds(count: counts.count { $0 > 0 })
  }
}

/// How many of the referenced rules match in their order, some left out or not.
///
/// Remembers, for the last rule of a chain and its length, the latest moment at which such a chain can have begun: the
/// chain is in the window when its beginning is. Matches at the same moment come in the order of the rules.
struct RuleOrder: CorrelationMeasure {
  private let rules: Int
  /// The latest beginnings by last rule and length.
  private var beginnings: [[Int64]] = []

  init(rules: Int) { self.rules = rules }

  mutating func begin(_ group: ArraySlice<CorrelationMatch>) {
    beginnings = [[Int64]](repeating: [Int64](repeating: .min, count: rules + 1), count: rules)
  }

  mutating func enter(_ match: CorrelationMatch) {
    let rule = Int(match.input)
    beginnings[rule][1] = match.time
    for earlier in 0..<rule {
      for length in 1...earlier + 1 {
        beginnings[rule][length + 1] = max(beginnings[rule][length + 1], beginnings[earlier][length])
      }
    }
  }

  mutating func leave(_ match: CorrelationMatch) {}

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    let longest = (1...rules).last { length in beginnings.contains { $0[length] >= start } } ?? 0
    return condition.holds(count: longest)
  }
}

/// The sum or the mean of numbers; values that are no numbers do not count, and without any number nothing holds.
struct NumberSum: CorrelationMeasure {
  /// The numbers by value.
  let numbers: [FixedPoint?]
  let isMean: Bool
  private var sum = FixedPoint.zero
  private var count = 0

  init(numbers: [FixedPoint?], isMean: Bool) {
    self.numbers = numbers
    self.isMean = isMean
  }

  mutating func enter(_ match: CorrelationMatch) {
    guard let number = numbers[Int(match.value)] else { return }
    sum += number
    count += 1
  }

  mutating func leave(_ match: CorrelationMatch) {
    guard let number = numbers[Int(match.value)] else { return }
    sum -= number
    count -= 1
  }

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    count > 0 && condition.holds(sum: sum, count: isMean ? count : 1)
  }
}

/// A percentile of numbers by the nearest rank: the smallest number that is not less than so many percent of them.
struct NumberRank: CorrelationMeasure {
  /// The numbers by value.
  let numbers: [FixedPoint?]
  let percentile: Int
  /// The distinct numbers of the group, sorted.
  private var sorted: [FixedPoint] = []
  private var ranks: [UInt32: Int] = [:]
  /// How many of each are in the window, as partial sums (a Fenwick tree).
  private var tree: [Int] = []
  private var count = 0

  init(numbers: [FixedPoint?], percentile: Int) {
    self.numbers = numbers
    self.percentile = percentile
  }

  mutating func begin(_ group: ArraySlice<CorrelationMatch>) {
    sorted = Set(group.compactMap { numbers[Int($0.value)] }).sorted()
    let positions = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    ranks = [:]
    for match in group {
      if let number = numbers[Int(match.value)] { ranks[match.value] = positions[number] }
    }
    tree = [Int](repeating: 0, count: sorted.count + 1)
    count = 0
  }

  mutating func enter(_ match: CorrelationMatch) { change(match, by: 1) }
  mutating func leave(_ match: CorrelationMatch) { change(match, by: -1) }

  private mutating func change(_ match: CorrelationMatch, by step: Int) {
    guard let rank = ranks[match.value] else { return }
    count += step
    var index = rank + 1
    while index < tree.count {
      tree[index] += step
      index += index & -index
    }
  }

  func holds(_ condition: CorrelationCondition, from start: Int64, newest: ArraySlice<CorrelationMatch>) -> Bool {
    guard count > 0 else { return false }
    var rest = max(1, (count * percentile + 99) / 100)
    var index = 0
    var step = 1 << (Int.bitWidth - 1 - tree.count.leadingZeroBitCount)
    while step > 0 {
      if index + step < tree.count, tree[index + step] < rest {
        index += step
        rest -= tree[index]
      }
      step >>= 1
    }
    return sorted.indices.contains(index) && condition.holds(sum: sorted[index])
  }
}
