import TestSupport
import Testing

@testable import Triage

@Suite("a pool of texts") struct TextPoolTests {
  @Test("gives equal texts one number, and every number its text")
  func numbers() {
    var pool = TextPool()
    let texts = (0..<5000).map { "text \($0 % 1700)" } + ["", "ä", "\u{0}"]
    let numbers = texts.map { pool.number(of: $0) }
    #expect(pool.count == 1703)
    #expect(zip(texts, numbers).allSatisfy { pool[$1] == $0 })
  }

  @Test("is told of another pool's texts by their numbers there")
  func merging() {
    var (left, right) = (TextPool(), TextPool())
    for text in ["a", "b", "c"] { _ = left.number(of: text) }
    for text in ["c", "d", "a"] { _ = right.number(of: text) }
    let numbers = left.numbers(of: right)
    #expect(numbers.map { left[$0] } == ["c", "d", "a"])
    #expect(left.count == 4)
  }

  @Test("knows which texts differ in letter case only")
  func folding() {
    var pool = TextPool()
    for text in ["Anna", "anna", "ÄNNE", "änne", "bert"] { _ = pool.number(of: text) }
    let folded = pool.foldedNumbers()
    #expect(folded[0] == folded[1])
    #expect(folded[2] == folded[3])
    #expect(Set(folded).count == 3)
  }
}
