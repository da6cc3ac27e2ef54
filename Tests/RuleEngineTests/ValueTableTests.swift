import RuleEngine
import Testing

@Suite struct ValueTableTests {
  static let table = ValueTable([
    "0xC000006A": "wrong password", "5": "access denied", "1053": "timeout", "KDC_ERR": "skew", "-1": "unknown",
    "0x0": "success",
  ])

  @Test(
    "codes are found in all their spellings",
    arguments: [
      ("0xC000006A", "wrong password"), ("0xc000006a", "wrong password"), ("0XC000006A", "wrong password"),
      ("0x00000000C000006A", "wrong password"), ("3221225578", "wrong password"), ("-1073741718", "wrong password"),
      ("5", "access denied"), ("0x5", "access denied"), ("005", "access denied"), ("%%5", "access denied"),
      ("%%1053", "timeout"), ("kdc_err", "skew"), ("0xFFFFFFFF", "unknown"), ("0", "success"), ("6", nil), ("", nil),
      ("0x", nil), ("%%", nil), ("5 ", nil),
    ] as [(String, String?)])
  func lookUp(code: String, words: String?) {
    #expect(Self.table.words(for: code) == words)
  }
}
