import EventLog
import RuleEngine
import TestSupport
import Testing

@testable import Triage

@Suite("matched events are counted by their values") struct MatchLedgerTests {
  private let set: RuleSet
  private let catalog: EvidenceCatalog

  init() throws {
    set = try rules(mailPack)
    catalog = EvidenceCatalog(rules: set)
  }

  /// The chunks of an export of random events, whose times are in no order.
  private func chunks(_ count: Int, seed: UInt64) throws -> [EventChunk] {
    var limits = ReadingLimits()
    limits.chunkBytes = 8192
    let reader = try EventReader(InputSource(text: EventXML.export(randomEvents(count, seed: seed))), limits: limits)
    var chunks: [EventChunk] = []
    while let chunk = try reader.next() { chunks.append(chunk) }
    return chunks
  }

  @Test("as adding every event to a summary does", arguments: [0, 3000, 100_000, 1 << 30], [0, 20_000, 1 << 30])
  func equalsReference(heldLimit: Int, room: Int) throws {
    let restorer = EventRestorer(capacity: room)
    let (reader, scratch) = (ChunkReader(), set.makeScratch())
    var ledger = MatchLedger(rules: set, catalog: catalog, sampleLimit: 6, heldLimit: heldLimit)
    var (counted, expected, flushes) = (TriageSummary(), TriageSummary(), 0)
    for chunk in try chunks(900, seed: 7) {
      _ = chunk.decode { event in
        let matches = set.matches(event)
        expected.addMatches(event, matches.rules.map { set.rules[$0] }, sampleLimit: 6)
        expected.addEvidence(event, matches: matches, catalog)
      }
      _ = reader.read(chunk) { fields in
        let matches = set.matches(fields, scratch)
        if !matches.isEmpty { ledger.take(fields, matches) }
        guard ledger.isFull else { return }
        ledger.flush(into: &counted, restorer)
        flushes += 1
      }
    }
    ledger.flush(into: &counted, restorer)
    expectSame(counted, expected)
    #expect(counted.findings.count > 10)
    #expect(heldLimit > 3000 || flushes > 5)
  }

  @Test("an event is told the same whether or not there was room for it to wait")
  func waiting() throws {
    let rule = try #require(set.rule(id: "mail-failed"))
    let failed = event("Mail", 1, "EX02", "0x5")
    let (waiting, told) = (EventRestorer(), EventRestorer(capacity: 0))
    let samples = [waiting, told].map { EventSample(failed, .finding(rule), $0) }
    #expect(samples[0].sentence == "Mail to EX02 failed with 0x5.")
    #expect(samples[0].reasons?.isEmpty == false)
    #expect(samples[0] == samples[1])
    #expect(samples[0].withoutReasons.reasons == nil)
  }

  @Test("events that rules read from their message take room too, as long as there is any")
  func roomForMessages() {
    let restorer = EventRestorer(capacity: 10_000)
    func room(after size: Int) -> Bool {
      var told = TriageSummary()
      let made = event("Mail", 1, String(repeating: "x", count: size))
      let matches = set.matches(made)
      told.addMatches(made, matches.rules.map { set.rules[$0] }, sampleLimit: 6, restorer)
      told.addEvidence(made, matches: matches, catalog, restorer)
      defer { if restorer.reserve(10_000) { restorer.release(10_000) } }
      return withExtendedLifetime(told) { restorer.reserve(10_000) }
    }
    #expect(!room(after: 1000))
    #expect(room(after: 20_000))
  }

  @Test("an event that waits gives its room back when all of it is told, or when it is forgotten")
  func room() throws {
    let restorer = EventRestorer(capacity: 1000)
    for _ in 0..<5 {
      let sample = EventSample(event("Mail", 1, "EX02"), .plain, restorer)
      #expect(!restorer.reserve(900))
      #expect(sample.sentence == "EX02")
      #expect(!restorer.reserve(900))
      #expect(sample.recordID == 1)
      #expect(sample.sentence == "EX02")
      #expect(restorer.reserve(900))
      restorer.release(900)
      _ = EventSample(event("Mail", 1, "EX03"), .plain, restorer)
    }
  }
}

@Suite("lessons from logons") struct LessonLedgerTests {
  private func logon(_ account: String, from address: String, provider: String = "Microsoft-Windows-Security-Auditing")
    -> Event
  {
    var made = event(provider, 4624)
    made.data = [
      DataItem(name: "TargetUserName", value: account), DataItem(name: "IpAddress", value: address),
      DataItem(name: "LogonGuid", value: "ignored"),
    ]
    return made
  }

  @Test("an account from an address is read once, whatever else its logons say")
  func once() {
    var ledger = LessonLedger()
    func isNew(_ event: Event) -> Bool { event.withFields { ledger.isNew($0) } }
    #expect(isNew(logon("EX02$", from: "10.0.0.2")))
    #expect(!isNew(logon("EX02$", from: "10.0.0.2")))
    #expect(isNew(logon("EX02$", from: "10.0.0.21")))
    #expect(isNew(logon("EX02$1", from: "0.0.0.2")))
    #expect(isNew(logon("EX02$", from: "10.0.0.2", provider: "other")))
    for _ in 0..<2 { #expect(isNew(event("Microsoft-Windows-Eventlog", 104))) }
  }
}
