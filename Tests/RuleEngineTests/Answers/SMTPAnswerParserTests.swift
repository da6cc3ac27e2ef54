import RuleEngine
import Testing

@Suite("taking mail answers out of texts") struct SMTPAnswerParserTests {
  private func chains(_ text: String, _ strictness: SMTPAnswerParser.Strictness = .strict) -> [[String]] {
    SMTPAnswerParser(strictness).answers(in: text).map { $0.replies.map(\.codes) }
  }

  @Test(
    "replies are told from what they quote",
    arguments: [
      ("454 4.7.0 Temporary authentication failure", [["454 4.7.0"]]),
      (
        #"451 4.4.0 Primary target IP address responded with: "454 4.7.0 Temporary authentication failure." Attempted"#,
        [["451 4.4.0", "454 4.7.0"]]
      ),
      (
        #"451 4.4.0 Primary target IP address responded with "421 4.3.2 Service not active""#,
        [["451 4.4.0", "421 4.3.2"]]
      ),
      (
        "451 4.4.0 Primary target IP address responded with: '421 4.4.1 Connection timed out.'",
        [["451 4.4.0", "421 4.4.1"]]
      ),
      ("451 4.4.0 Primary target responded with: “454 4.7.0 Failure. ” Attempted", [["451 4.4.0", "454 4.7.0"]]),
      ("451 4.4.0 Primary target responded with: „454 4.7.0 Failure.‟ Attempted", [["451 4.4.0", "454 4.7.0"]]),
      ("451 4.4.0 Primary target responded with: «454 4.7.0 Failure.» Attempted", [["451 4.4.0", "454 4.7.0"]]),
      ("451 4.4.0 Prim. target lP addres responded wlth: \"454 4.7.0 Failure.\"", [["451 4.4.0", "454 4.7.0"]]),
      (
        "451 4.4.0 Primary target responded with 454 4.7.0 Temporary authentication failure",
        [["451 4.4.0", "454 4.7.0"]]
      ),
      ("451 4.4.0 Primary target responded with: \"454 4.7.0 Temporary authen", [["451 4.4.0", "454 4.7.0"]]),
      (#"451 4.4.0 Primary target responded with: "421 Service not available" Attempted"#, [["451 4.4.0", "421"]]),
      (
        "450 4.4.101 Proxy session setup failed on Frontend with '451 4.4.0 Primary target IP address responded with "
          + #""451 5.7.3 STARTTLS is required to send mail." Attempted failover to alternate host'"#,
        [["450 4.4.101", "451 4.4.0", "451 5.7.3"]]
      ),
      (
        #"450 4.7.0 Proxy session setup failed on Frontend with "451 4.4.0 Primary target responded with: "421 4.2.1 "#
          + #"Unable to connect." Attempted""#,
        [["450 4.7.0", "451 4.4.0", "421 4.2.1"]]
      ),
      (
        "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect -> SocketTimedout",
        [["451 4.4.397", "421 4.2.1"]]
      ),
      (
        #"[{LRT=11/4/2019 1:31:03 PM};{LED=451 4.4.0 Primary target IP address responded with: "454 4.7.0 Temporary "#
          + #"authentication failure."};{FQDN=ex01.contoso.com};{IP=192.0.2.12}]"#,
        [["451 4.4.0", "454 4.7.0"]]
      ),
      (
        #"[<LRI-2019/11/4 13:31:03>; <led-451 4.4.0 Primary target IP address responded with: "454 4.7.0 Temporary "#
          + #"authentication failure.">;<FQDN-ex01.contoso.com>;<IP=192.0.2.12>]"#,
        [["451 4.4.0", "454 4.7.0"]]
      ),
      ("#550 4.4.7 QUEUE.Expired; message expired ##", [["550 4.4.7"]]),
      ("Remote Server returned '554 4.3.2 mailbox busy; STOREDRV.Deliver'", [["554 4.3.2"]]),
      ("Remote Server returned '421 Service not available'", [["421"]]),
      (
        "mail.contoso.com #<exchange.contoso.com #5.7.1 smtp;530 5.7.1 Client was not authenticated> #SMTP#",
        [["5.7.1", "530 5.7.1"]]
      ),
      ("432-4.3.2 STOREDRV; mailbox server is too busy\n432 4.3.2 try again", [["432 4.3.2"]]),
      ("Status: 4.7.0\nDiagnostic-Code: smtp;454 4.7.0 Temporary authentication failure", [["454 4.7.0"]]),
      ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 no such user", [["5.0.0", "550 5.1.1"]]),
      ("Action: failed\nStatus: 5.4.4\n", [["5.4.4"]]),
      ("host mx.example.net[192.0.2.25] said: 550 5.1.1 <bob@example.net>: User unknown", [["550 5.1.1"]]),
      ("host mx.example.net[192.0.2.25] said: 550 no (in reply to RCPT TO command)", [["550"]]),
      ("It says 'can't' and 'don't'. Then: '550 5.7.1 it isn't allowed' and more", [["550 5.7.1"]]),
      ("'550 5.1.1 no' then '550 5.7.1 no'", [["550 5.1.1"], ["550 5.7.1"]]),
      ("550 5.1.1 no. Later 550 5.7.1 no", [["550 5.1.1"], ["550 5.7.1"]]),
      ("454 4.7.0 x, again 454 4.7.0 x", [["454 4.7.0"]]),
      ("250 2.1.0 Sender OK\n550 5.1.1 User unknown", [["550 5.1.1"]]),
      ("250 2.1.0 Sender OK", [["250 2.1.0"]]),
      ("550 #5.1.1 User unknown", [["550 5.1.1"]]),
      ("DSN 5.3.0 Too many related errors", [["5.3.0"]]),
      ("LastError: DSN 5.3.0 Too many related errors.", [["5.3.0"]]),
      ("5.1.10 RESOLVER.ADR.RecipientNotFound", [["5.1.10"]]),
    ])
  func nesting(text: String, expected: [[String]]) { #expect(chains(text) == expected) }

  @Test(
    "numbers that are no codes are left alone",
    arguments: [
      "", "MSExchangeTransport 1035", "500 MB free, 250 GB used", "version 15.1.2507.6", "IP 4.7.0.1 and 10.5.7.1",
      ".NET 4.7.2 is installed", "2026-03-02 550 events", "at 12:450 4.7 x", "port 554 4,7,0", "4547 4.7.0", "454 4.7",
      "Kerberos 4", "event 454", "C:\\250\\4.7.0", "a/5.7.1/b", "454 4.7.0000", "454 3.7.0", "x454 4.7.0y",
    ])
  func nothing(text: String) { #expect(chains(text).allSatisfy { $0 != ["454 4.7.0"] } && chains(text).isEmpty) }

  @Test(
    "in a question a code alone counts",
    arguments: [
      ("454", [["454"]]), (" \"454\"", [["454"]]), ("5.7.57", [["5.7.57"]]), ("#5.7.1", [["5.7.1"]]),
      ("550 User unknown", [["550"]]), ("451 4.4.0", [["451 4.4.0"]]), ("1035", []), ("4625", []),
      ("Exchange 2019", []), ("454 events", [["454"]]),
    ])
  func query(text: String, expected: [[String]]) { #expect(chains(text, .query) == expected) }

  @Test("three numbers anywhere count only where that was asked for")
  func loose() {
    #expect(chains("error 5.7.57 in the log", .query).isEmpty)
    #expect(chains("error 5.7.57 in the log", .loose) == [["5.7.57"]])
  }

  @Test(
    "the words of a reply end where it ends",
    arguments: [
      ("550 4.4.7 QUEUE.Expired; message expired ##", "QUEUE.Expired; message expired"),
      (
        "Diagnostic-Code: smtp;454 4.7.0 Temporary\n authentication failure\nX-Display-Name: Bob",
        "Temporary authentication failure"
      ),
      ("{LED=454 4.7.0 Failure.};{FQDN=x}", "Failure."),
      ("550 5.1.1 <bob@example.net>: unknown", "<bob@example.net>: unknown"),
      ("550 5.7.1 no\n\nOriginal message headers:", "no"),
      ("550 5.7.1 \u{1}\u{1B}[31m", "\u{1}\u{1B}[31m"),
    ])
  func words(text: String, words: String) throws {
    #expect(try #require(SMTPAnswerParser().answers(in: text).first).deciding.text == words)
  }

  @Test("the component of Exchange is known by its name")
  func tokens() {
    let texts = [
      "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", "432 4.3.2 STOREDRV; too busy",
      "550 5.4.4 SMTPSEND.DNS.NonExistentDomain; x", "554 5.2.0 STOREDRV.Deliver.Exception:StoragePermanent",
      "550 5.7.1 TRANSPORT of goods", "550 5.1.1 User.Unknown",
    ]
    let tokens = texts.map { SMTPAnswerParser().answers(in: $0).first?.deciding.token }
    #expect(
      tokens == [
        "RESOLVER.ADR.RecipientNotFound", "STOREDRV", "SMTPSEND.DNS.NonExistentDomain", "STOREDRV.Deliver.Exception",
        nil, nil,
      ])
  }

  @Test("the innermost enhanced code decides, the outermost basic code says whether to try again")
  func deciding() throws {
    let nested = try #require(
      SMTPAnswerParser().answers(in: #"451 4.4.0 Primary target responded with: "550 5.7.1 no""#).first)
    #expect(nested.deciding.codes == "550 5.7.1")
    #expect(nested.retrying?.basic == 451)
    let plain = try #require(SMTPAnswerParser().answers(in: #"451 4.4.0 target responded with: "421 bye""#).first)
    #expect(plain.deciding.codes == "421")
    let contradicting = try #require(SMTPAnswerParser().answers(in: "451 5.7.3 Not Authorized").first)
    #expect(contradicting.deciding.contradictsItself)
    #expect(!nested.deciding.contradictsItself)
  }
}
