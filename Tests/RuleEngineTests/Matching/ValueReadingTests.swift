import Testing

@testable import RuleEngine

@Suite struct ValueReadingTests {
  @Test(
    "numbers are read from bytes as from text",
    arguments: [
      "", "0", "7", "007", "-7", "+7", " 7", "1.5", "1e3", "0x1F", "nan", "９", "123456789012345678",
      "1234567890123456789", "9223372036854775807", "9223372036854775808", "-", ".", "12a",
    ])
  func numbers(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes(Number.init(utf8:)) == Number(text))
  }

  @Test(
    "addresses are read from bytes as from text, and what is none is refused",
    arguments: [
      ("10.0.0.1", true), ("255.255.255.255", true), ("010.1.1.1", true), ("", false), ("1.2.3", false),
      ("1.2.3.4.5", false), ("1.2.3.", false), (".1.2.3", false), ("1..2.3", false), ("256.1.1.1", false),
      ("1.2.3.4444", false), ("1.2.3.0004", false), ("a.b.c.d", false), ("1.2.3.4 ", false), ("-", false),
      ("::1", true), ("fe80::1%4", true), ("::ffff:192.0.2.10", true), ("::ffff:192.0.2.300", false), ("1:2", false),
    ])
  func addresses(text: String, isAddress: Bool) {
    let address = Array(text.utf8).withUnsafeBytes(IPAddress.init(utf8:))
    #expect(address == IPAddress(text))
    #expect((address != nil) == isAddress)
  }
}
