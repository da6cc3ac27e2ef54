import Testing

@testable import Reporting

@Suite("text in Markdown") struct MarkdownTextTests {
  @Test(
    "from a log is shown as it is",
    arguments: [
      ("plain text, with punctuation: (a) - b.", "plain text, with punctuation: (a) - b."),
      ("a*b_c_d`e`", #"a\*b_c_d\`e\`"#), ("_a_", #"\_a\_"#), ("<b>&amp;", #"\<b\>\&amp;"#), ("a & b", "a & b"),
      ("[x](y)", #"\[x\](y)"#), ("http://x", #"http\://x"#), ("www.x", #"www\.x"#), (#"C:\x\"#, #"C:\x\\"#),
      (#"\\server"#, #"\\\server"#), ("# x", ##"\# x"##), ("1. x", #"1\. x"#), ("12) x", #"12\) x"#), ("1.5", #"1\.5"#),
      ("- x", #"\- x"#), ("  x  ", "x"), ("a\n\nb", "a b"), ("a\r\nb", "a b"), ("a\tb", "a b"),
      ("\u{1B}[0m", #"\u{1b}\[0m"#), ("\u{202E}x\u{61C}", #"\u{202e}x\u{61c}"#), ("", ""), ("日本語 é", "日本語 é"),
    ])
  func escape(text: String, expected: String) {
    #expect(MarkdownText.escape(text) == expected)
  }

  @Test(
    "as code is shown as it is",
    arguments: [
      ("x", "`x`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a|b", "`a|b`"), ("", "—"), ("\n", "—"), (" ", "`   `"),
      ("a\nb", "`a b`"), ("\u{7}", #"`\u{7}`"#),
    ])
  func code(text: String, expected: String) {
    #expect(MarkdownText.code(text) == expected)
  }

  @Test("as code in a table has its pipes escaped")
  func codeInTable() {
    #expect(MarkdownText.code("a|b", inTable: true) == #"`a\|b`"#)
  }

  @Test("a block of code is longer fenced than what it holds")
  func block() {
    #expect(MarkdownText.block("a\n```\nb", language: "x") == "````x\na\n```\nb\n````")
  }

  @Test(
    "an address becomes a link only when it is one",
    arguments: [
      ("https://example.com/a?b=c", "<https://example.com/a?b=c>"), ("javascript:alert(1)", "`javascript:alert(1)`"),
      ("https://x> y", "`https://x> y`"), ("https://x\u{202E}", #"`https://x\u{202e}`"#),
    ])
  func link(address: String, expected: String) {
    #expect(MarkdownText.link(address) == expected)
  }
}
