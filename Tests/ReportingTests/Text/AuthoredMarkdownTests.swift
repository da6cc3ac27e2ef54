import Testing

@testable import Reporting

@Suite("Markdown by authors") struct AuthoredMarkdownTests {
  @Test(
    "keeps its markup, but no HTML",
    arguments: [
      ("**bold** and `code`", "**bold** and `code`"), ("a <b> c", #"a \<b> c"#), ("`<b>` <b>", #"`<b>` \<b>"#),
      ("``a ` <b>`` <i>", #"``a ` <b>`` \<i>"#), ("x ` <b>", #"x ` \<b>"#), (#"\` <b> `"#, #"\` \<b> `"#),
      (#"\<b>"#, #"\<b>"#), (#"\\<b>"#, #"\\\<b>"#), ("`a` ` <b>", #"`a` ` \<b>"#),
      ("see <https://example.com/a>", "see <https://example.com/a>"), ("<https://x y>", #"\<https://x y>"#),
      ("a ` b\nc ` <b> ` d", "a ` b\nc ` \\<b> ` d"), ("a ` b\n\nc ` <b> ` d", "a ` b\n\nc ` <b> ` d"),
      ("```\n<b>\n```\n<b>", "```\n<b>\n```\n\\<b>"), ("\n\nx\n\n", "x"), ("```x\n<b>", "```x\n<b>\n```"),
      ("``` a`b\n<b>", "``` a`b\n\\<b>"), ("~~~\n```\n<b>\n~~~", "~~~\n```\n<b>\n~~~"),
      ("1. a\n   ```\n   <b>\n<i>", "1. a\n   ```\n   <b>\n   ```\n\\<i>"),
      ("1. a\n   ```\n   <b>\n```\n<i>", "1. a\n   ```\n   <b>\n   ```\n\\<i>"),
      ("```\n<b>\n     ```\n<i>", "```\n<b>\n```\n\\<i>"), ("a\n      ```\n<b>", "a\n      ```\n\\<b>"),
      ("```\n<b>\n```x\n<i>\n```", "```\n<b>\n```x\n<i>\n```"), ("a\r\n<b>", "a\n\\<b>"),
    ])
  func blocks(text: String, expected: String) {
    #expect(AuthoredMarkdown.blocks(text) == expected)
  }

  @Test(
    "on one line begins no block",
    arguments: [
      ("[a](javascript:x)", #"[a\](javascript:x)"#), ("[a]( javascript:x)", #"[a\]( javascript:x)"#),
      ("[a](<javascript:x>)", #"[a\](\<javascript:x>)"#), ("![a](https://b)", #"\![a](https://b)"#),
      ("[a]: javascript:x", #"[a\]: javascript:x"#), ("[a][b]", #"[a\][b]"#), ("[a](#b) [x]!", "[a](#b) [x]!"),
      ("# a\n- b", ##"\# a - b"##), ("```x", #"\```x"#), ("1. a", #"1\. a"#), ("`code` first", "`code` first"),
      ("*a*", "*a*"), ("a | b", "a | b"), ("<b>", #"\<b>"#), ("[a](https://b)", "[a](https://b)"),
    ])
  func line(text: String, expected: String) {
    #expect(AuthoredMarkdown.line(text) == expected)
  }

  @Test(
    "in a table and in a link stays in its place",
    arguments: [
      ("a | b", #"a \| b"#), (#"a \| b"#, #"a \| b"#), (#"a \\| b"#, #"a \\\| b"#), ("`a|b`", #"`a\|b`"#),
      ("[a](b)", #"\[a\](b)"#), (#"a\"#, #"a\\"#), ("`[a]`", "`[a]`"),
    ])
  func tableAndLink(text: String, expected: String) {
    #expect(AuthoredMarkdown.line(text, inTable: true, inLink: true) == expected)
  }
}
