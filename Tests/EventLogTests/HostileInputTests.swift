import EventLog
import Foundation
import TestSupport
import Testing

/// Hostile input is refused within bounds of time and memory.
@Suite(.timeLimit(.minutes(5)))
struct HostileInputTests {
  private static let good = event(data: "good", id: 1)

  @Test(arguments: [
    #"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>"#,
    #"<!DOCTYPE Events SYSTEM "file:///etc/passwd">"#,
    #"<!DOCTYPE Events [<!ENTITY x SYSTEM "http://192.0.2.1/">]>"#,
  ])
  func documentTypesAreRefused(_ prolog: String) {
    #expect(readAll(prolog + "<Events>" + event(data: "&b;") + "</Events>").failure?.reason == .documentType)
    #expect(readAll(prolog + "<Events>").failure?.reason == .documentType)
    #expect(readAll(TextForm.utf16LittleEndian.bytes(prolog + Self.good)).failure?.reason == .documentType)
  }

  @Test func entitiesAreTextEvenWhenADocumentTypeComesLater() {
    let result = readAll(Self.good + #"<!DOCTYPE x [<!ENTITY a "boom">]>"# + event(data: "&a;", id: 2))
    #expect(result.events.last?.data == [DataItem(value: "&a;")])
    #expect(result.counts == "1 intact, 1 recovered, 0 unreadable")
  }

  @Test(arguments: [(250, true), (252, true), (260, false), (100_000, false)])
  func nestingIsBounded(_ depth: Int, _ isRead: Bool) {
    let open = (0..<depth).map { "<a\($0 % 7)>" }.joined()
    let close = (0..<depth).reversed().map { "</a\($0 % 7)>" }.joined()
    let result = readAll(event("<UserData>" + open + close + "</UserData>") + Self.good)
    #expect(result.tally.unreadable == (isRead ? 0 : 1))
    #expect(result.identifiers.last == 1)
    if !isRead { #expect(result.tally.damage.first?.reason == "elements nest deeper than 256") }
  }

  @Test func anEventThatIsTooLargeIsSkippedWithoutGrowth() throws {
    let huge = Array(event(data: String(repeating: "x", count: 40_000_000), id: 2).utf8)
    let bytes = Array(Self.good.utf8) + huge + Array(Self.good.utf8)
    let reader = try EventReader(InputSource(origin: .memory(bytes), name: "memory"))
    var tally = ReadingTally()
    var identifiers: [Int?] = []
    while let chunk = try reader.next() {
      #expect(chunk.size < 24 * 1024 * 1024)
      tally.append(chunk.decode { identifiers.append($0.eventID) })
    }
    #expect(identifiers == [1, 1])
    #expect((tally.intact, tally.unreadable) == (2, 1))
    #expect(
      tally.damage == [
        Damage(
          byteOffset: UInt64(Self.good.utf8.count), reason: "the event is larger than 16 MiB", isRecovered: false)
      ])
  }

  @Test(arguments: [TextForm.utf8, .utf16LittleEndian, .utf16BigEndian], [64, 1000, 1001, 65_536])
  func readingGoesOnAfterAnEventThatIsTooLarge(_ form: TextForm, _ chunkBytes: Int) {
    var limits = ReadingLimits()
    limits.eventBytes = 4000
    limits.chunkBytes = chunkBytes
    let huge = event(data: String(repeating: "x€", count: 20_000), id: 2)
    let unclosed = event(data: String(repeating: "y", count: 20_000), id: 3).dropLast(9)
    let text = Self.good + "\n" + huge + "\n" + Self.good + unclosed + Self.good + "\n" + Self.good
    let result = readAll(form.bytes(text), limits: limits)
    #expect(result.identifiers == [1, 1, 1, 1])
    #expect(result.counts == "4 intact, 0 recovered, 2 unreadable", "\(result.tally.damage)")
  }

  @Test func veryMuchTextWithoutAnEventIsSkipped() {
    var limits = ReadingLimits()
    limits.eventBytes = 4000
    limits.chunkBytes = 1001
    let text = Self.good + String(repeating: "prose without end ", count: 2000) + Self.good
    #expect(readAll(text, limits: limits).counts == "2 intact, 0 recovered, 0 unreadable")
  }

  @Test func aCDATASectionThatDoesNotEndCostsItsEventOnly() {
    var limits = ReadingLimits()
    limits.eventBytes = 4000
    limits.chunkBytes = 500
    let text = Self.good + event(data: "<![CDATA[", id: 2) + String(repeating: Self.good, count: 100)
    let result = readAll(text, limits: limits)
    #expect(result.counts == "101 intact, 1 recovered, 0 unreadable")
  }

  @Test(arguments: [
    ("openings", "<Event "), ("openings with an end", "<Event >"), ("closings", "</Event>"),
    ("torn closings", "</Event "),
    ("openings of the payload", "<Event><UserData>"), ("comments", "<!--"), ("CDATA sections", "<![CDATA["),
    ("headers", "<Event><System>"), ("complete headers", "<Event><System><EventID>1</EventID></System>"),
    ("ends of sections", "]]>-->"), ("stray brackets", "<<<<<<<<"), ("ampersands", "&&&&&&&&"),
    ("exclamations", "!<!<!"),
    ("prefixes", "<a:Eventually "), ("labels", "Event Type: Event ID: "), ("objects", "<Obj><LST>"),
  ])
  func repeatedTagsTakeLinearTime(_ name: String, _ tag: String) {
    let heads = [
      "", "<Objs>", "Event Type: Error\nEvent Source: a\nEvent ID: 5\n", event("").dropLast(8) + "<UserData>",
    ]
    for head in heads {
      let (short, long) = (
        seconds(reading: tag, head: head, bytes: 25_000), seconds(reading: tag, head: head, bytes: 200_000)
      )
      // Eight times the text: quadratic time would be sixty-four times as long.
      #expect(long < 24 * max(short, 0.005), "after \(head)")
    }
  }

  /// The time that this thread alone takes, so that a busy machine does not matter.
  private func seconds(reading tag: String, head: String, bytes: Int) -> Double {
    let text = Array((head + String(repeating: tag, count: bytes / tag.utf8.count)).utf8)
    let start = threadSeconds()
    _ = readAll(text)
    return threadSeconds() - start
  }

  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test func loneSurrogatesInManyEventsTakeLinearTime() {
    let bytes = TextForm.utf16LittleEndian.bytes(String(repeating: event(data: "\u{F8FF}\u{F8FF}"), count: 5000))
    let damaged = bytes.map { $0 == 0xFF ? 0x3D : $0 == 0xF8 ? 0xD8 : $0 }
    #expect(readAll(damaged).counts == "0 intact, 5000 recovered, 0 unreadable")
  }

  @Test func anElementWithAMillionAttributesIsRefused() {
    let attributes = (0..<1_000_000).map { " a\($0)='1'" }.joined()
    let result = readAll(event("<UserData><A\(attributes)/></UserData>") + Self.good)
    #expect(result.tally.damage.first?.reason == "an element has more than 1000 attributes")
    #expect(result.identifiers == [1])
  }

  @Test func manyNamespacesAreRefused() {
    let tags = (0..<200).map { level in
      "<a" + (0..<900).map { " xmlns:n\(level)_\($0)='u'" }.joined() + ">"
    }
    let leaves = String(repeating: "<b/>", count: 500_000)
    let result = readAll(event("<UserData>" + tags.joined() + leaves + "</UserData>") + Self.good)
    #expect(result.tally.damage.map(\.reason) == ["it declares more than 1000 namespaces"])
    #expect(result.identifiers == [1])
  }

  @Test func manyAttributesInAllAreRead() {
    let text = event("<EventData>" + String(repeating: "<Data Name='a'>b=c d=e</Data>", count: 50_000) + "</EventData>")
    #expect(readAll(text).counts == "1 intact, 0 recovered, 0 unreadable")
  }

  @Test func longPathsTimesManyLeavesAreRefused() {
    let name = String(repeating: "n", count: 1_000_000)
    let text = event("<UserData><\(name)>" + String(repeating: "<a/>", count: 100_000) + "</\(name)></UserData>")
    let result = readAll(text + Self.good)
    #expect(result.tally.damage.map(\.reason) == ["the names of its elements are too long"])
    #expect(result.identifiers == [1])
  }
}
