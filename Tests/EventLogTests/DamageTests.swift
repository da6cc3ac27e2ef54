import EventLog
import TestSupport
import Testing

/// Damage costs the damaged event at most, and is counted with its place.
struct DamageTests {
  private static let good = event(data: "good", id: 1)

  /// Reads a damaged piece between two intact events.
  private func between(_ piece: String) -> ReadResult {
    readAll("<Events>\n" + Self.good + "\n" + piece + "\n" + Self.good + "\n</Events>")
  }

  @Test(
    arguments: [
      ("a raw control character", event(data: "a\u{3}b"), "a\u{3}b", Repairs.controlCharacters),
      ("a zero", event(data: "a\u{0}"), "a\u{0}", .controlCharacters),
      ("a reference to a control character", event(data: "a&#x1;b&#0;&#31;"), "a\u{1}b\u{0}\u{1F}", .controlCharacters),
      ("a reference to a surrogate", event(data: "a&#xD800;b"), "a\u{FFFD}b", .invalidText),
      ("a reference beyond Unicode", event(data: "a&#99999999999;b"), "a\u{FFFD}b", .invalidText),
      ("a character that XML forbids", event(data: "a\u{FFFF}"), "a\u{FFFD}", .invalidText),
      ("an unescaped ampersand", event(data: "R&D &co; a && b &"), "R&D &co; a && b &", .strayAmpersand),
      ("an unescaped less-than", event(data: "1 < 2 <= 3 <"), "1 < 2 <= 3 <", .strayLessThan),
      ("a comment that does not end", event(data: "<!-- x"), "<!-- x", .strayLessThan),
      ("a CDATA section that does not end", event(data: "<![CDATA[ x"), "<![CDATA[ x", .strayLessThan),
      ("a document type", event(data: "<!DOCTYPE x>"), "<!DOCTYPE x>", .strayLessThan),
      (
        "a CDATA section beside other damage", event(data: "R&D <![CDATA[a&b <c> \u{1}]]>"), "R&D a&b <c> \u{1}",
        [.strayAmpersand, .controlCharacters]
      ),
      (
        "a noncharacter beside a control character", event(data: noncharacter + "\u{1}"), "\u{FFFD}\u{1}",
        [.controlCharacters, .invalidText]
      ),
    ] as [(String, String, String, Repairs)])
  func badCharactersAreMended(_ name: String, _ text: String, _ value: String, _ repairs: Repairs) {
    let result = between(text)
    #expect(result.counts == "2 intact, 1 recovered, 0 unreadable", "\(result.tally.damage)")
    #expect(result.events.count == 3)
    #expect(result.events.dropFirst().first?.data == [DataItem(value: value)])
    #expect(result.events.dropFirst().first?.repairs == repairs)
    #expect(result.tally.damage.first?.reason == repairs.descriptions.joined(separator: ", "))
    #expect(result.tally.damage.first?.byteOffset == UInt64("<Events>\n".utf8.count + Self.good.utf8.count + 1))
  }

  @Test func controlCharactersInAttributesAreKept() throws {
    let event = try recoveredEvent(
      event("<EventData Name='t\u{4}'><Data Name='a\u{3}b&#2;'>v</Data></EventData><RenderingInfo Culture='\u{5}'/>"))
    #expect(event.data == [DataItem(name: "a\u{3}b\u{2}", value: "v")])
    #expect((event.dataTemplate, event.rendering?.culture) == ("t\u{4}", "\u{5}"))
  }

  @Test func typographicQuotesAroundAttributesAreMended() throws {
    let event = try recoveredEvent(
      "<Event xmlns=”urn:x”><System><Provider Name=“Demo” /><EventID Qualifiers=‘3’>4</EventID></System>"
        + "<EventData><Data>“quoted”</Data></EventData></Event>")
    #expect((event.provider.name, event.eventID, event.qualifiers) == ("Demo", 4, 3))
    #expect(event.data == [DataItem(value: "“quoted”")])
    #expect(event.repairs == .typographicQuotes)
  }

  @Test(arguments: [
    ("the end is missing", "<Event><System><EventID>2</EventID></System><EventData><Data>x</Data>", 1, 0),
    ("the end is missing in the header", "<Event><System><EventID>2</EventID>", 0, 1),
    ("the end is missing in a tag", "<Event><System><EventID>2</EventID></System><EventData><Da", 1, 0),
    ("the end is missing in the payload", "<Event><System><EventID>2</EventID></System><UserData><A><B>x", 1, 0),
    ("the start is missing", "Name='a'>x</Data></EventData></Event>", 0, 1),
    ("two starts are missing", "x</Data></EventData></Event>\ny</EventData></Event>", 0, 2),
    ("the opening tag is missing", "<System><EventID>2</EventID></System>", 0, 1),
    ("tags do not match", "<Event><System><EventID>2</EventID></System><EventData><Data>x</EventData></Event>", 1, 0),
    (
      "a tag is broken", "<Event><System><EventID>2</EventID></System><EventData><Da ta>x</Data></EventData></Event>",
      1, 0
    ),
    ("an attribute stands twice", "<Event><System><EventID a='1' a='2'>2</EventID></System></Event>", 1, 0),
    ("there is no header", "<Event><EventData/></Event>", 0, 1),
    ("the header says nothing", "<Event><System><Level>2</Level></System></Event>", 0, 1),
    ("the event is empty", "<Event/>", 0, 1),
    ("only garbage", "garbage > & \u{1} between", 0, 0),
  ])
  func structureIsKeptAsFarAsItGoes(_ name: String, _ piece: String, _ recovered: Int, _ unreadable: Int) {
    let result = between(piece)
    #expect(result.tally.intact == 2, "\(result.tally.damage)")
    #expect((result.tally.recovered, result.tally.unreadable) == (recovered, unreadable), "\(result.tally.damage)")
    #expect(result.events.count == 2 + recovered)
    #expect(result.identifiers.first == 1 && result.identifiers.last == 1)
    #expect(result.tally.damage.count == recovered + unreadable)
  }

  @Test func whatStandsBeforeTheDamageIsKept() throws {
    let event = try recoveredEvent(
      "<Event><System><Provider Name='Demo'/><EventID>2</EventID></System><EventData><Data>a</Data><Data Name='b'>torn")
    #expect(event.data == [DataItem(value: "a"), DataItem(name: "b", value: "torn")])
    #expect(event.repairs == .truncated)
  }

  @Test(arguments: [0, 1, 7])
  func anEventWithoutEndSwallowsNoOther(_ missing: Int) {
    let torn = "<Event><System><EventID>2</EventID></System><UserData><A><B>x"
    let text =
      String(repeating: torn, count: missing) + String(repeating: Self.good, count: 50) + "x</EventData></Event>"
      + Self.good
    let result = readAll(text)
    #expect(result.counts == "51 intact, \(missing) recovered, 1 unreadable")
  }

  @Test func aCommentSwallowsNoEvent() {
    let damaged = event(data: "<!-- x", id: 2)
    #expect(between(damaged + Self.good + event(data: "--> y", id: 3)).identifiers == [1, 2, 1, 3, 1])
  }

  @Test func cdataMayHoldAnEventAsText() {
    let quoted = event(data: "<![CDATA[" + Self.good + "]]>", id: 2)
    let result = between(quoted)
    #expect(result.counts == "3 intact, 0 recovered, 0 unreadable")
    #expect(result.events.map { $0.data.first?.value } == ["good", Self.good, "good"])
  }

  @Test(
    arguments: [
      ([0x44, 0xE9, 0x66], "Déf", Repairs.windows1252), ([0x93, 0x61, 0x94], "“a”", .windows1252),
      ([0xE9, 0xA0, 0x3A], "é\u{A0}:", .windows1252), ([0x81], "\u{FFFD}", .invalidText),
      ([0xC3, 0xA9, 0x20, 0xE9], "é é", .windows1252), ([0xC3, 0xA9, 0x20, 0xE2, 0x80], "é \u{FFFD}", .invalidText),
      ([0xC3, 0xA9, 0xED, 0xA0, 0x80], "é\u{FFFD}", .invalidText),
      ([0xC3, 0xA9, 0xC0, 0x80], "éÀ\u{20AC}", .windows1252),
    ] as [([UInt8], String, Repairs)])
  func bytesThatAreNoUTF8AreMended(_ bytes: [UInt8], _ value: String, _ repairs: Repairs) {
    let parts = event(data: "#").utf8.split(separator: UInt8(ascii: "#"))
    let result = readAll(Array(parts[0]) + bytes + Array(parts[1]))
    #expect(result.events.first?.data == [DataItem(value: value)])
    #expect(result.events.first?.repairs == repairs)
    #expect(result.counts == "0 intact, 1 recovered, 0 unreadable")
  }

  @Test(arguments: [TextForm.utf16LittleEndian, .utf16LittleEndianWithMark, .utf16BigEndian, .utf16BigEndianWithMark])
  func loneSurrogatesAreReplacedAndCounted(_ form: TextForm) {
    var bytes = form.bytes("<Events>" + Self.good + "\n\u{20AC}🦊" + event(data: "a\u{F8FF}b", id: 2) + Self.good)
    // The private-use character becomes a high surrogate without a partner.
    for index in bytes.indices.dropLast() where bytes[index] == 0xF8 || bytes[index] == 0xFF {
      let isBig = bytes[index] == 0xF8 && bytes[index + 1] == 0xFF && form.encoding == .utf16BigEndian
      let isLittle = bytes[index] == 0xFF && bytes[index + 1] == 0xF8 && form.encoding == .utf16LittleEndian
      if isBig { bytes.replaceSubrange(index...index + 1, with: [0xD8, 0x3D]) }
      if isLittle { bytes.replaceSubrange(index...index + 1, with: [0x3D, 0xD8]) }
    }
    let result = readAll(bytes)
    #expect(result.counts == "2 intact, 1 recovered, 0 unreadable")
    #expect(result.events.dropFirst().first?.data == [DataItem(value: "a\u{FFFD}b")])
    let mark = form.bytes("").count
    let before = ("<Events>" + Self.good + "\n\u{20AC}🦊").utf16.count * 2
    #expect(result.tally.damage.map(\.byteOffset) == [UInt64(mark + before)])
  }

  @Test func aTornLastUnitIsDamageOfTheLastEventOnly() {
    var bytes = TextForm.utf16LittleEndian.bytes(Self.good + event(data: "last", id: 2).dropLast(40))
    bytes.removeLast()
    let result = readAll(bytes)
    #expect(result.identifiers == [1, 2])
    #expect(result.counts == "1 intact, 1 recovered, 0 unreadable")
  }

  @Test func moreDamageThanIsListedIsCounted() {
    let result = readAll(String(repeating: event(data: "\u{1}"), count: 150))
    #expect(result.counts == "0 intact, 150 recovered, 0 unreadable")
    #expect(result.tally.damage.count == ReadingTally.damageLimit)
  }
}
