import EventLog

// What makes a ledger the same in whatever order it was filled.
extension CorrelationLedger {
  /// Dropping many at once is cheaper than one by one.
  mutating func settleIfLarge() {
    if records.count > limit + limit / 4 { self = canonical() }
  }

  /// The ledger with its records in the order of time and no more of them than the limit.
  func settled() -> CorrelationLedger {
    var ledger = self
    ledger.records.sort { precedes($0, $1) }
    for record in ledger.records.dropFirst(limit) { ledger.dropped[rule(of: record), default: 0] += 1 }
    ledger.records.removeLast(max(0, records.count - limit))
    return ledger
  }

  /// The settled ledger with texts and kinds in their own order, and none that no record has: equal content is equal.
  func canonical() -> CorrelationLedger {
    let settled = settled()
    var result = CorrelationLedger(limit: limit)
    result.dropped = settled.dropped
    result.untimed = untimed
    let numbers = result.takeTexts(of: settled)
    let used = Set(settled.records.map(\.kind)).sorted()
    let kinds = used.map { (old: $0, new: settled.kinds[Int($0)].renumbered(numbers)) }.sorted { $0.new < $1.new }
    var kindNumbers: [UInt32: UInt32] = [:]
    for kind in kinds { kindNumbers[kind.old] = result.number(of: kind.new) }
    result.records.reserveCapacity(settled.records.count)
    for var record in settled.records {
      let values = settled.values(of: record)
      record.kind = kindNumbers[record.kind] ?? 0
      record.firstValue = UInt32(result.values.count)
      result.values += values.map { $0 == 0 ? 0 : numbers[Int($0) - 1] + 1 }
      result.records.append(record)
    }
    return result
  }

  /// Takes the texts that the records of another ledger use, sorted; their new numbers by the old ones.
  private mutating func takeTexts(of other: CorrelationLedger) -> [UInt32] {
    var isUsed = [Bool](repeating: false, count: other.texts.count)
    for kind in Set(other.records.map(\.kind)) {
      let kind = other.kinds[Int(kind)]
      for text in [kind.rule, kind.provider, kind.channel, kind.computer, kind.repairs] { isUsed[Int(text)] = true }
    }
    for record in other.records {
      for value in other.values(of: record) where value > 0 { isUsed[Int(value) - 1] = true }
    }
    let used = (0..<UInt32(other.texts.count)).filter { isUsed[Int($0)] }
    var numbers = [UInt32](repeating: 0, count: other.texts.count)
    for old in used.sorted(by: other.texts.precedes) { numbers[Int(old)] = texts.number(of: other.texts[old]) }
    return numbers
  }

  /// By time and place; of one event, by what matched it.
  private func precedes(_ left: Record, _ right: Record) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.source != right.source { return left.source < right.source }
    if left.byteOffset != right.byteOffset { return left.byteOffset < right.byteOffset }
    if left.recordID != right.recordID { return left.recordID < right.recordID }
    return texts(of: left).lexicographicallyPrecedes(texts(of: right))
  }

  private func texts(of record: Record) -> [String] {
    let kind = kinds[Int(record.kind)]
    return [kind.rule, kind.provider, kind.channel, kind.computer, kind.repairs].map { texts[$0] }
      + ["\(kind.eventID ?? -1)", "\(kind.level ?? 0)"] + values(of: record).map { $0 == 0 ? "" : texts[$0 - 1] }
  }
}

extension CorrelationLedger.Kind: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    left.order.lexicographicallyPrecedes(right.order)
  }

  private var order: [Int] {
    [rule, provider, channel, computer, repairs].map { Int($0) } + [eventID ?? -1, Int(level ?? 0), valueCount]
  }
}

extension CorrelationLedger: Hashable {
  /// Whether two ledgers come to the same.
  static func == (left: CorrelationLedger, right: CorrelationLedger) -> Bool {
    let (left, right) = (left.canonical(), right.canonical())
    return left.records == right.records && left.values == right.values && left.kinds == right.kinds
      && left.texts == right.texts && left.dropped == right.dropped && left.untimed == right.untimed
  }

  func hash(into hasher: inout Hasher) {
    let ledger = canonical()
    hasher.combine(ledger.records)
    hasher.combine(ledger.values)
  }
}
