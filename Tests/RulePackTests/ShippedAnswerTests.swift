import RuleEngine
import ShippedRules
import Testing
import Triage

/// The catalogue of mail answers that comes with evtriage.
@Suite("the shipped mail answers") struct ShippedAnswerTests {
  private static let loaded = ShippedRules.load()
  private static let catalog = loaded.answers.opened()
  private static let explainer = Explainer(
    rules: RuleSet(rules: loaded.rules, packs: loaded.packs, indexesEvidence: false), answers: catalog)

  /// The codes that administrators meet, in the spelling of reports.
  static let codes = [
    "4.0.0", "4.1.8", "4.2.1", "4.2.2", "4.3.1", "4.3.2", "4.3.5", "4.4.0", "4.4.1", "4.4.2", "4.4.3", "4.4.4",
    "4.4.6", "4.4.7", "4.4.8", "4.4.9", "4.4.101", "4.4.316", "4.4.317", "4.5.3", "4.7.0", "4.7.1", "4.7.5",
    "4.7.26", "4.7.321", "4.7.322", "4.7.323", "4.7.324", "4.7.325", "4.7.500", "4.7.699", "4.7.850", "4.7.899",
    "5.0.0", "5.0.350", "5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6", "5.1.7", "5.1.8",
    "5.1.10", "5.1.20", "5.1.90", "5.2.0", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.121", "5.2.122", "5.3.0",
    "5.3.2", "5.3.3", "5.3.4", "5.3.5", "5.3.190", "5.4.0", "5.4.1", "5.4.4", "5.4.6", "5.4.8", "5.4.14",
    "5.4.300", "5.5.0", "5.5.2", "5.5.3", "5.5.4", "5.5.6", "5.6.0", "5.6.1", "5.6.3", "5.6.11", "5.7.0",
    "5.7.1", "5.7.3", "5.7.4", "5.7.5", "5.7.8", "5.7.9", "5.7.10", "5.7.11", "5.7.12", "5.7.13", "5.7.124",
    "5.7.133", "5.7.134", "5.7.135", "5.7.136", "5.7.20", "5.7.21", "5.7.22", "5.7.23", "5.7.25", "5.7.26",
    "5.7.27", "5.7.54", "5.7.57", "5.7.60", "5.7.64", "5.7.232", "5.7.233", "5.7.321", "5.7.325", "5.7.501",
    "5.7.502", "5.7.503", "5.7.504", "5.7.505", "5.7.506", "5.7.507", "5.7.508", "5.7.509", "5.7.510",
    "5.7.511", "5.7.512", "5.7.513", "5.7.606", "5.7.649", "5.7.700", "5.7.703", "5.7.750", "5.7.800",
    "5.7.900", "5.7.999",
  ]
  static let replies = [
    211, 214, 220, 221, 235, 250, 251, 252, 334, 354, 412, 421, 430, 431, 432, 441, 442, 449, 450, 451, 452,
    454, 455, 500, 501, 502, 503, 504, 521, 523, 530, 534, 535, 538, 541, 550, 551, 552, 553, 554, 555, 556,
  ]
  static let tokens = [
    "RESOLVER.ADR.RecipientNotFound", "RESOLVER.ADR.ExRecipNotFound", "RESOLVER.RST.RecipSizeLimit",
    "RESOLVER.RST.NotAuthorized", "RESOLVER.FWD.Loop", "RESOLVER.GRP.Expansion",
    "ROUTING.NoConnectorForAddressType", "SMTPSEND.DNS.NonExistentDomain", "STOREDRV.Submit",
    "STOREDRV.Deliver", "STOREDRV", "QUEUE.Expired", "TRANSPORT.RULES.RejectMessage", "APPROVAL.InvalidExpiry",
    "AGENT.Refused", "CAT.InvalidContent", "CONVERSION.Failed",
  ]

  @Test("every code is explained by an entry of its own", arguments: codes)
  func explains(code: String) throws {
    let explanation = Self.explainer.explain([code])
    let answer = try #require(explanation.answers.first)
    #expect(answer.answer.deciding.codes == code)
    #expect(!answer.isGeneric)
    #expect(!answer.entries.isEmpty)
  }

  @Test("every reply code is explained", arguments: replies)
  func explains(reply: Int) throws {
    let answer = try #require(Self.explainer.explain([String(reply)]).answers.first)
    #expect(!answer.entries.isEmpty)
  }

  @Test("every component of Exchange is explained", arguments: tokens)
  func explains(token: String) throws {
    for text in [token, "550 5.9.9 \(token); some words"] {
      let answer = try #require(Self.explainer.explain([text]).answers.first, "\(text)")
      #expect(!answer.entries.isEmpty, "\(text)")
    }
  }

  @Test("classes, subjects and details of the standards stand in for unknown codes")
  func standards() throws {
    for (code, id) in [
      ("5.7.99", "status-subject-security"), ("4.42.1", "status-temporary"), ("5.7.6", "status-detail-7-6"),
      ("5.2.9", "status-subject-mailbox"), ("2.1.5", "status-detail-1-5"), ("2.0.0", "status-success"),
    ] {
      let answer = try #require(Self.explainer.explain([code]).answers.first)
      #expect(answer.entries.map(\.id) == [id])
      #expect(answer.isGeneric)
    }
  }

  @Test("an entry's examples are answered by it")
  func examples() throws {
    for entry in Self.catalog.entries {
      for example in entry.examples {
        let answer = try #require(SMTPAnswerParser(.query).answers(in: example).first, "\(example)")
        #expect(Self.catalog.lookUp(answer.deciding).entries.map(\.id) == [entry.id], "\(example)")
      }
    }
  }

  @Test("an entry says what it means and where that is from; a failure also why, how to check and how to fix it")
  func complete() {
    var ids: Set<String> = []
    for entry in Self.catalog.entries {
      #expect(ids.insert(entry.id).inserted, "\(entry.id) is there twice")
      #expect(entry.meaning != nil, "\(entry.id)")
      #expect(!entry.references.isEmpty, "\(entry.id)")
      let isNumbers = entry.id.hasPrefix("status-")
      let isFailure = !isNumbers && !["reply-2", "reply-3"].contains { entry.id.hasPrefix($0) }
      #expect(!isFailure || !entry.causes.isEmpty || !entry.diagnosis.isEmpty, "\(entry.id)")
      for cause in entry.causes { #expect(!cause.checks.isEmpty && cause.fix != nil, "\(entry.id) \(cause.id)") }
      for rule in entry.events.map(\.ruleID) + entry.diagnosis {
        #expect(Self.loaded.rules.contains { $0.id == rule }, "\(entry.id) names \(rule)")
      }
    }
  }

  @Test("the answer that began it all leads to the events on both servers and to the causes in their order")
  func seed() throws {
    let text =
      #"451 4.4.0 Primary target IP address responded with: "454 4.7.0 Temporary authentication failure." Attempted "#
      + "failover to alternate host, but that did not succeed. Either there are no alternate hosts, or delivery failed to "
      + "all alternate hosts."
    let explanation = Self.explainer.explain([text])
    let answer = try #require(explanation.answers.first)
    #expect(answer.entries.map(\.id) == ["smtp-4-7-0-authentication"])
    let events = answer.entries.flatMap(\.events).prefix(2)
    #expect(events.map(\.ruleID) == ["exchange-transport-2017", "exchange-transport-1035"])
    #expect(events.map(\.place.english) == ["the sending server", "the receiving server"])
    #expect(answer.eventRules["exchange-transport-1035"]?.eventNames == "MSExchangeTransport 1035")
    #expect(explanation.rules.first?.id == "exchange-transport-1035")
    let causes = explanation.rules.first?.guidance.causes.map(\.id) ?? []
    #expect(causes.prefix(4) == ["clock-skew", "replication", "spn", "kerberos-ports"])
  }
}
