import RuleEngine
import Testing

@Suite struct EventFilterTests {
  static let sample = event(
    "MSExchangeTransport", 1035, data: ["Status": "0xC000006A", "Name": "a and b", "Size": "120", "Path": #"C:\x y"#])

  @Test(
    "filters",
    arguments: [
      ("EventID=1035", true), ("EventID=1036", false), ("EventID!=1036", true), ("EventID != 1035", false),
      ("EventID=1035 and Channel=application", true), ("EventID=1035 AND Channel=System", false),
      ("  EventID = 1035  and  Channel!=System ", true), ("Provider_Name=MSExchange*", true),
      ("Provider_Name|endswith=transport", true), ("Status|contains|cased=c000", false),
      ("Provider_Name|contains!=Exchange", false), ("Size|gt=100", true), ("Size|gt=100.5 and Size|lt=119", false),
      ("Name='a and b'", true), (#"Name="a and b" and EventID=1035"#, true), ("Name='a'", false),
      (#"Path=C:\x y"#, true), ("Missing=null", true), ("Name=null", false), ("Missing='null'", false),
      ("Missing|exists=false", true), ("Name|exists=true", true), ("Name|re=^a.*b$", true), ("Missing=", false),
      ("Status|re=^0xC(0+)6A$ and Size=120", true), ("Name|contains==", false),
    ])
  func filters(text: String, isExpected: Bool) throws {
    #expect(try EventFilter(parsing: text).matches(Self.sample) == isExpected)
  }

  @Test(
    "mistakes are named with their place",
    arguments: [
      ("", 0, "'=' is missing"), ("EventID", 0, "'=' is missing"), ("EventID=1 and Level", 14, "'=' is missing"),
      ("=1", 0, "the field is missing"), ("EventID=1 and =2", 14, "the field is missing"),
      ("Name='a", 5, "the quote ' is not closed"), ("Name='a' b", 9, "'and' is missing"),
      ("Name|contian=a", 5, "unknown modifier 'contian'"),
      ("A=1 and Name|all|contian=a", 17, "unknown modifier 'contian'"),
      ("Size|gt=big", 8, "modifier 'gt' can't work on the text 'big'"),
      ("Name|re= (a", 9, "'(a' is no valid regular expression"), ("EventID=1 and ", 14, "'=' is missing"),
    ])
  func mistakes(text: String, offset: Int, message: String) {
    let error = mistake { () throws(MatchError) in _ = try EventFilter(parsing: text) }
    #expect(error?.message == message)
    #expect(error?.culprit == .condition(utf8Offset: offset))
  }
}
