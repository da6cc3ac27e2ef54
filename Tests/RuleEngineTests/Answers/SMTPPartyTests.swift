import RuleEngine
import Testing

@Suite("who took part in a mail answer") struct SMTPPartyTests {
  private static let report = """
    Delivery has failed to these recipients or groups:

    Diagnostic information for administrators:

    Generating server: EX02.contoso.com

    carol@contoso.com
    #550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##

    Original message headers:

    Received: from EX01.contoso.com (192.0.2.11) by EX02.contoso.com (192.0.2.12) with
     Microsoft SMTP Server (TLS) id 15.1.2507.6; Mon, 2 Mar 2026 08:00:00 +0100
    Message-ID: <5.7.1.4@contoso.com>

    Reporting-MTA: dns;EX02.contoso.com
    Arrival-Date: Mon, 2 Mar 2026 07:00:00 +0000

    Final-Recipient: rfc822;bob@fabrikam.com
    Action: failed
    Status: 4.4.7
    Diagnostic-Code: smtp;550 4.4.7 QUEUE.Expired; message expired

    Final-Recipient: rfc822; dave@fabrikam.com
    Action: delayed
    Status: 4.7.0
    Remote-MTA: dns; mx.fabrikam.com
    Diagnostic-Code: smtp; 454 4.7.0 Temporary authentication
     failure

    """

  @Test("a pasted report gives an answer for each recipient", arguments: ["\n", "\r\n"])
  func wholeReport(lineEnd: String) throws {
    let answers = SMTPAnswerParser().answers(in: Self.report.replacing("\n", with: lineEnd))
    try #require(answers.map(\.deciding.codes) == ["550 5.1.1", "550 4.4.7", "454 4.7.0"])
    #expect(answers.map(\.parties.sender) == ["EX02.contoso.com", "EX02.contoso.com", "EX02.contoso.com"])
    #expect(answers.map(\.parties.recipient) == [nil, "bob@fabrikam.com", "dave@fabrikam.com"])
    #expect(answers.map(\.parties.action) == [nil, "failed", "delayed"])
    #expect(answers.map(\.parties.receiver) == [nil, nil, "mx.fabrikam.com"])
    #expect(answers[2].deciding.text == "Temporary authentication failure")
  }

  @Test(
    "servers are read from what stands around an answer",
    arguments: [
      ("454 4.7.0 x. The last endpoint attempted was 192.0.2.12:25", nil, nil, "192.0.2.12:25"),
      ("{LED=454 4.7.0 x};{FQDN=ex01.contoso.com};{IP=192.0.2.12}", nil, "ex01.contoso.com", "192.0.2.12"),
      ("<led-454 4.7.0 x>;<FQDN-ex01.contoso.com>;<IP=192.0.2.12>", nil, "ex01.contoso.com", "192.0.2.12"),
      (
        "450 4.4.316 Connection refused [LastAttemptedServerName=mail.contoso.com] [LastAttemptedIP=192.0.2.1:25]", nil,
        "mail.contoso.com", "192.0.2.1:25"
      ),
      (
        "mail.contoso.com #<exchange.contoso.com #5.7.1 smtp;530 5.7.1 no> #SMTP#", "exchange.contoso.com",
        "mail.contoso.com", nil
      ),
      ("<exchange.contoso.com #5.7.1 smtp;530 5.7.1 no>", "exchange.contoso.com", nil, nil),
      ("Remote-MTA: dns;\r\nDiagnostic-Code: smtp;550 5.1.1 no", nil, "Diagnostic-Code:", nil),
    ] as [(String, String?, String?, String?)])
  func servers(text: String, sender: String?, receiver: String?, address: String?) throws {
    let parties = try #require(SMTPAnswerParser().answers(in: text).first).parties
    #expect(parties.sender == sender)
    if receiver != "Diagnostic-Code:" { #expect(parties.receiver == receiver) }
    #expect(parties.receiverAddress == address)
  }
}
