import TestSupport
import Testing

@testable import Triage

@Suite("a bounded table") struct BoundedTableTests {
  typealias Table = BoundedTable<Int, Occurrences>

  private func table(_ keys: some Sequence<Int>, limit: Int = 10) -> Table {
    var table = Table(limit: limit)
    for key in keys { table.update(key, default: Occurrences()) { $0.add(after(key)) } }
    return table
  }

  private func merged(_ tables: [Table], limit: Int = 10) -> Table {
    tables.reduce(into: Table(limit: limit)) { $0.merge($1) }
  }

  @Test("keeps the smallest keys and adds up the rest", arguments: 1...20 as ClosedRange<UInt64>)
  func smallest(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys = (0..<400).map { _ in Int.random(in: 0..<60, using: &random) }
    let whole = merged([table(keys)])
    let expected = Set(keys).sorted().prefix(10)
    #expect(whole.kept.keys.sorted() == Array(expected))
    for key in expected { #expect(whole.kept[key]?.count == keys.count { $0 == key }) }
    #expect(whole.rest?.count == keys.count { !expected.contains($0) })
  }

  @Test("does not depend on order and grouping", arguments: 1...20 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys = (0..<400).map { _ in Int.random(in: 0..<60, using: &random) }
    let whole = merged([table(keys)])
    #expect(merged([table(keys.shuffled(using: &random))]) == whole)
    let cut = Int.random(in: 0...keys.count, using: &random)
    #expect(merged([table(keys[..<cut]), table(keys[cut...])]) == whole)
    #expect(merged([table(keys[cut...]), table(keys[..<cut])]) == whole)
  }

  @Test("has no rest while there is room")
  func room() {
    let table = merged([table(0..<10)])
    #expect(table.kept.count == 10)
    #expect(table.rest == nil)
  }
}
