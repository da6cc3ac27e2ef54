import EventLog
import Foundation

extension CorrelationLedger: Codable {
  private enum CodingKeys: String, CodingKey {
    case texts, kinds, times, byteOffsets, recordIDs, sources, recordKinds, values, dropped, untimed
  }

  /// A kind in a summary's file.
  private struct StoredKind: Codable {
    var texts: [UInt32]
    var eventID: Int?
    var level: UInt8?
    var values: Int
  }

  /// Reads what ``encode(to:)`` wrote, and refuses what does not fit together.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func column<Number: FixedWidthInteger>(_ key: CodingKeys) throws -> [Number] {
      try container.decode(PackedNumbers<Number>.self, forKey: key).numbers
    }
    self.init()
    dropped = try container.decode(SortedEntries<String, Int>.self, forKey: .dropped).dictionary
    untimed = try container.decode(SortedEntries<String, Int>.self, forKey: .untimed).dictionary
    let numbers = try container.decode([String].self, forKey: .texts).map { texts.number(of: $0) }
    let stored = try container.decode([StoredKind].self, forKey: .kinds)
    guard
      stored.allSatisfy({ kind in
        kind.texts.count == 5 && kind.texts.allSatisfy { $0 < numbers.count } && (0...10_000).contains(kind.values)
      })
    else { throw Self.damaged(decoder) }
    let kindNumbers = stored.map { kind in
      number(
        of: Kind(
          rule: kind.texts[0], provider: kind.texts[1], channel: kind.texts[2], computer: kind.texts[3],
          repairs: kind.texts[4], eventID: kind.eventID, level: kind.level, valueCount: kind.values
        ).renumbered(numbers))
    }
    values = try column(.values)
    guard values.allSatisfy({ $0 <= numbers.count }) else { throw Self.damaged(decoder) }
    values = values.map { $0 == 0 ? 0 : numbers[Int($0) - 1] + 1 }
    let times: [Int64] = try column(.times)
    let offsets: [UInt64] = try column(.byteOffsets)
    let recordIDs: [UInt64] = try column(.recordIDs)
    let sources: [Int32] = try column(.sources)
    let kindIndexes: [UInt32] = try column(.recordKinds)
    guard [offsets.count, recordIDs.count, sources.count, kindIndexes.count].allSatisfy({ $0 == times.count }),
      kindIndexes.allSatisfy({ $0 < kindNumbers.count }), sources.allSatisfy({ (0..<1_000_000).contains($0) }),
      times.allSatisfy({ abs($0 / EventTime.ticksPerSecond) < 400_000_000_000 })
    else { throw Self.damaged(decoder) }
    var firstValue = 0
    for index in times.indices {
      let kind = kindNumbers[Int(kindIndexes[index])]
      records.append(
        Record(
          time: times[index], byteOffset: offsets[index], recordID: recordIDs[index], source: sources[index],
          kind: kind, firstValue: UInt32(clamping: firstValue)))
      firstValue += kinds[Int(kind)].valueCount
    }
    guard firstValue == values.count else { throw Self.damaged(decoder) }
  }

  /// Writes the canonical form, so that equal ledgers have equal bytes.
  func encode(to encoder: any Encoder) throws {
    let ledger = canonical()
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode((0..<UInt32(ledger.texts.count)).map { ledger.texts[$0] }, forKey: .texts)
    try container.encode(
      ledger.kinds.map { kind in
        StoredKind(
          texts: [kind.rule, kind.provider, kind.channel, kind.computer, kind.repairs], eventID: kind.eventID,
          level: kind.level, values: kind.valueCount)
      }, forKey: .kinds)
    try container.encode(PackedNumbers(ledger.records.map(\.time)), forKey: .times)
    try container.encode(PackedNumbers(ledger.records.map(\.byteOffset)), forKey: .byteOffsets)
    try container.encode(PackedNumbers(ledger.records.map(\.recordID)), forKey: .recordIDs)
    try container.encode(PackedNumbers(ledger.records.map(\.source)), forKey: .sources)
    try container.encode(PackedNumbers(ledger.records.map(\.kind)), forKey: .recordKinds)
    try container.encode(PackedNumbers(ledger.values), forKey: .values)
    try container.encode(SortedEntries(ledger.dropped), forKey: .dropped)
    try container.encode(SortedEntries(ledger.untimed), forKey: .untimed)
  }

  private static func damaged(_ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "the parts do not fit together"))
  }
}

/// Numbers as base64 of their bytes, the lowest first: millions of them are read and written fast.
private struct PackedNumbers<Number: FixedWidthInteger>: Codable {
  let numbers: [Number]

  init(_ numbers: [Number]) { self.numbers = numbers }

  init(from decoder: any Decoder) throws {
    let data = try decoder.singleValueContainer().decode(Data.self)
    let width = MemoryLayout<Number>.size
    guard data.count.isMultiple(of: width) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "cut off"))
    }
    numbers = data.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: width).map {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Number.self))
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var data = Data(capacity: numbers.count * MemoryLayout<Number>.size)
    for number in numbers { withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) } }
    var container = encoder.singleValueContainer()
    try container.encode(data)
  }
}
