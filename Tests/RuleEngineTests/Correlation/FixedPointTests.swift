import Testing

@testable import RuleEngine

@Suite("numbers of correlations") struct FixedPointTests {
  @Test(
    "are read from decimal text, to nine decimals",
    arguments: [
      ("0", "0"), ("-5", "-5"), ("1.5", "1.5"), ("-0.25", "-0.25"), ("1e3", "1000"), ("0.1234567894", "0.123456789"),
      ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
      ("0x10", nil), ("", nil), (" 1", nil), ("nan", nil), ("inf", nil), ("1e18", nil), ("-1e300", nil), ("ten", nil),
    ] as [(String, String?)])
  func reading(text: String, number: String?) { #expect(FixedPoint(text)?.description == number) }

  @Test("add up exactly, in any order")
  func sums() throws {
    let tenth = try #require(FixedPoint("0.1"))
    var sum = FixedPoint.zero
    for _ in 0..<10 { sum += tenth }
    #expect(sum == FixedPoint(1))
    sum -= tenth
    #expect(sum.description == "0.9")
  }

  @Test("compare as means without dividing")
  func means() throws {
    let condition = CorrelationCondition(bounds: [.init(order: .eq, value: try #require(FixedPoint("3.5")))])
    #expect(condition.holds(sum: FixedPoint(7), count: 2))
    #expect(!condition.holds(sum: FixedPoint(7), count: 3))
  }
}
