import Testing

@testable import Reporting

/// Nothing from a log becomes markup.
struct EscapingTests {
  @Test(arguments: [
    ("a|b", "a\\|b"), ("*x*", "\\*x\\*"), ("<b>", "\\<b\\>"), ("[x](y)", "\\[x\\](y)"), ("`x`", "\\`x\\`"),
    ("a_b", "a_b"), ("_a", "\\_a"), ("C:\\Windows", "C:\\Windows"), ("a\nb", "a b"), ("&amp;", "\\&amp;"),
    ("http://x", "http\\://x"), ("EX01$", "EX01\\$"), ("\u{202E}x", "\\u{202e}x"), ("x\u{3}", "x\\u{3}"),
  ])
  func textFromALogIsEscaped(raw: String, escaped: String) {
    #expect(MarkdownText.escape(raw) == escaped)
  }

  @Test func codeSpansHoldBackticksAndPipes() {
    #expect(MarkdownText.code("a`b") == "``a`b``")
    #expect(MarkdownText.code("a|b", inTable: true) == "`a\\|b`")
    #expect(MarkdownText.code("") == "—")
  }

  @Test func rawHTMLOfARuleIsMadeLiteral() {
    #expect(!MarkdownText.authored("<script>x</script>").contains(" <script"))
    #expect(MarkdownText.authored("<script>").hasPrefix("\\<"))
    #expect(MarkdownText.authored("`a < b`") == "`a < b`")
  }

  @Test(arguments: [("=1+1", "'=1+1"), ("+x", "'+x"), ("@x", "'@x"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\"")])
  func csvFieldsAreNoFormulas(raw: String, field: String) {
    #expect(CSVFormat.field(raw) == field)
  }

  @Test func sparklinesShowNothingAsADot() {
    #expect(Wording.sparkline([0, 1, 8]) == "·▁█")
    #expect(Wording.number(1_234_567) == "1,234,567")
    #expect(Wording.list(["a", "b", "c"]) == "a, b and c")
  }
}
