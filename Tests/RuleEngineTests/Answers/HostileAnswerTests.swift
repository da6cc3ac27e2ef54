import RuleEngine
import Testing

@Suite("mail answers in hostile texts") struct HostileAnswerTests {
  @Test(
    "the time grows with the text only",
    arguments: [
      ("\"'", 10_000_000), ("5.7.1 ", 2_000_000), ("     ", 2_000_000), ("454 4.7.0 \"", 1_000_000),
      ("'451 4.4.0 responded with: \"", 1_000_000), ("454-", 1_000_000), ("#<a #", 1_000_000), ("with ", 1_000_000),
      ("]};{LED=", 1_000_000), ("Status: 5.7.1\n", 1_000_000), ("\u{201C}\u{2018}", 1_000_000),
      ("\u{0}\u{1B}", 1_000_000), ("Final-Recipient: rfc822;\n\n", 1_000_000),
    ])
  func large(part: String, size: Int) {
    let text = String(repeating: part, count: size / part.utf8.count)
    let clock = ContinuousClock()
    var answers: [SMTPAnswer] = []
    let time = clock.measure { answers = SMTPAnswerParser(.query).answers(in: text) }
    #expect(answers.count <= SMTPAnswerParser.answerLimit)
    #expect(answers.flatMap(\.replies).allSatisfy { $0.text.utf8.count <= 3 * SMTPReply.textLimit })
    #expect(time < .seconds(60), "took \(time)")
  }

  @Test("quotation marks that never close are followed to a depth only")
  func depth() {
    let text = String(repeating: "451 4.4.0 responded with: \"", count: 5_000)
    let answers = SMTPAnswerParser().answers(in: text)
    #expect(!answers.isEmpty)
    #expect(answers.allSatisfy { $0.replies.count <= SMTPAnswerParser.replyLimit })
  }

  @Test("any bytes are survived, whatever stands around codes")
  func anyBytes() {
    var generator = SeededGenerator(state: 20)
    let pieces = [
      "454", " ", "4.7.0", "\"", "'", "“", "”", "-", "\n", "#", "<", ">", "{LED=", "}", "with", "smtp;", "Status:", "é",
      "\u{0}", "5.7.1", "RESOLVER.ADR.x", "\r\n", "55", "0", ".", "->",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0..<40, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      for strictness in [SMTPAnswerParser.Strictness.strict, .query, .loose] {
        for answer in SMTPAnswerParser(strictness).answers(in: text) {
          #expect(!answer.replies.isEmpty)
          #expect(answer.replies.allSatisfy { !$0.codes.isEmpty })
        }
      }
    }
  }
}
