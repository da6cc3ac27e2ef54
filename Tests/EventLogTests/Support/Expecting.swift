import EventLog
import TestSupport
import Testing

extension ExportShape: CustomTestStringConvertible {
  var testDescription: String { name }
}

extension SampleEvents {
  /// An event as one line, for comparing.
  static func describe(_ event: Event) -> String {
    let qualifiers = event.qualifiers.map { "\($0)" } ?? "-"
    let keywords = event.keywords.map { "0x" + String($0, radix: 16) } ?? "-"
    let data = event.data.map { " \($0.name ?? "-")=\($0.value)" }.joined()
    let userData = event.userData.map { " \($0.name)=\($0.value)" }.joined()
    return "\(event.provider.name) \(event.eventID ?? -1)/\(qualifiers) level \(event.level?.rawValue ?? 99) "
      + "task \(event.task ?? 0) \(keywords) \(event.timeCreated?.description ?? "-") #\(event.recordID ?? 0) "
      + "\(event.channel) \(event.computer) |\(data) |\(userData) |"
  }
}

extension TextForm {
  /// What the reader should find the text to be.
  var encoding: TextEncoding {
    switch self {
    case .utf8, .utf8WithMark, .utf8DeclaredAsUTF16: .utf8
    case .utf16LittleEndian, .utf16LittleEndianWithMark, .utf16DeclaredAsWestern: .utf16LittleEndian
    case .utf16BigEndian, .utf16BigEndianWithMark: .utf16BigEndian
    case .windows1252: .windows1252
    }
  }
}

/// The only event of a text, which must be intact.
func intactEvent(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Event {
  let result = readAll(text)
  #expect(result.tally.intact == 1 && result.tally.total == 1, "\(result.tally)", sourceLocation: sourceLocation)
  return try #require(result.events.first, sourceLocation: sourceLocation)
}

/// The only event of a text, which must be recovered.
func recoveredEvent(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Event {
  let result = readAll(text)
  #expect(result.tally.recovered == 1 && result.tally.total == 1, "\(result.tally)", sourceLocation: sourceLocation)
  return try #require(result.events.first, sourceLocation: sourceLocation)
}

extension ReadResult {
  /// The counts as one line.
  var counts: String { "\(tally.intact) intact, \(tally.recovered) recovered, \(tally.unreadable) unreadable" }

  /// The event identifiers in order.
  var identifiers: [Int] { events.map { $0.eventID ?? -1 } }
}
