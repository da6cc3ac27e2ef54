import RuleEngine
import Testing
import Triage

@testable import Reporting

@Suite("writing what a mail answer means") struct AnswerFormatTests {
  private static let pack = """
    rules:
      - {id: mail-1, title: Mail failed, match: {Provider_Name: Mail, EventID: 1}, severity: high}
    answers:
      - id: kerberos
        enhanced: 4.7.0
        text: Temporary authentication failure
        title: Kerberos failed
        meaning: The server could not check who logs on.
        causes:
          - {id: clock, title: The clock, check: [{run: w32tm /monitor}], fix: Set it.}
        events: [{rule: mail-1, on: the receiving server}]
        diagnosis: mail-1
        references: https://example.com/kerberos
      - {id: other, enhanced: 4.7.0, title: Something else}
      - {id: security, enhanced: 5.7.x, title: Security}
    """

  private func text(_ question: String) -> String {
    let loaded = RulePackLoader.load([RuleFile(path: "mail.yaml", text: Self.pack)])
    let explainer = Explainer(rules: RuleSet(rules: loaded.rules, packs: []), answers: loaded.answers)
    return ExplanationFormat().text(of: explainer.explain([question]))
  }

  @Test("a nested answer is told from the outside in, then the events, the causes and the diagnosis")
  func nested() {
    let question =
      #"{LED=451 4.4.0 Primary target IP address responded with: "454 4.7.0 Temporary authentication failure." "#
      + "Attempted failover};{FQDN=ex01.contoso.com};{IP=192.0.2.12}"
    #expect(
      text(question) == """
        # Mail answer 454 4.7.0: Kerberos failed

        Who said what, from the outside in:

        1. The sending server noted `451 4.4.0`: Primary target IP address responded with:
        2. The receiving server (`ex01.contoso.com`, `192.0.2.12`) answered the sending server `454 4.7.0`: Temporary \
        authentication failure. **This is what is wrong.**

        The failure may pass: the sending server keeps the message and tries again, by default for two days, and tells \
        the sender after four hours.

        The server could not check who logs on.

        Events to look for:

        - On the receiving server: `Mail 1`, Mail failed (rule `mail-1`)

        ### 1.1 The clock

        **Check**

        1. Run:

           ```powershell
           w32tm /monitor
           ```

        **Fix**

        Set it.

        References: <https://example.com/kerberos>

        # Mail failed — high

        Rule `mail-1`.

        This rule names no causes.

        """)
  }

  @Test("a code that stands for several things lists them")
  func several() {
    let page = text("4.7.0")
    #expect(page.hasPrefix("# Mail answer 4.7.0\n\nThe failure may pass"))
    #expect(page.contains("- Kerberos failed\n- Something else\n"))
    #expect(page.contains("\n## Kerberos failed\n"))
    #expect(page.contains("\n### 1.1 The clock\n"))
  }

  @Test("a code that is not known and codes that contradict each other are said to be so")
  func doubts() {
    #expect(text("5.7.99").contains("The code itself is not in the catalogue"))
    let page = text("451 5.7.99 no")
    #expect(
      page.contains("The codes contradict each other: `451` says that the failure may pass, `5.7.99` that it lasts."))
    #expect(page.contains("the sending server keeps the message and tries again"))
  }

  @Test(
    "what comes from the answer never becomes markup or a control sequence",
    arguments: [
      "<script>alert(1)</script>", "[x](https://evil.example)", "\u{1B}[31m", "`code` | # x", "\u{202E}abc",
      "![i](https://evil.example/i.png)",
    ])
  func hostile(words: String) {
    let page = text(
      "Generating server: a`b|c<script>\n\nFinal-Recipient: rfc822;<img>`x\nAction: failed\nStatus: 4.7.0\n"
        + "Remote-MTA: dns;[m](https://evil.example)\nDiagnostic-Code: smtp;454 4.7.0 \(words)")
    #expect(!page.contains("<script>"))
    #expect(!page.contains("<img>"))
    #expect(!page.contains("\u{1B}"))
    #expect(!page.contains("\u{202E}"))
    #expect(!page.contains("](https://evil"))
  }
}
