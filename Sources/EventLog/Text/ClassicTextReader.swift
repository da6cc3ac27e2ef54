/// Reads events as Event Viewer copies them and people paste them in tickets: labels with values, on lines of their own
/// or run together.
///
/// ```
/// Event Type:     Error
/// Event Source:   MSExchangeTransport
/// Event ID:       1035
/// Description:    Inbound authentication failed with error IllegalMessage …
/// ```
public struct ClassicTextReader {
  private let context: ChunkText

  init(_ context: ChunkText) { self.context = context }

  func read(_ body: (Event) -> Void) -> ReadingTally {
    var tally = ReadingTally()
    for block in ClassicTextBlock.all(in: context.text) {
      let location = context.location(of: block.range.lowerBound)
      guard var event = Self.event(block, in: context.text, isDeclaredWestern: context.isDeclaredWestern) else {
        tally.note(Damage(byteOffset: location.byteOffset, reason: "no event source or ID", isRecovered: false))
        continue
      }
      event.location = location
      if context.hasReplacement(in: block.range) { event.repairs.insert(.invalidText) }
      tally.note(event)
      body(event)
    }
    return tally
  }

  /// The events in a text; empty when it has none.
  public static func events(in text: String) -> [Event] {
    Array(text.utf8).withUnsafeBytes { bytes in
      ClassicTextBlock.all(in: bytes).compactMap { event($0, in: bytes) }
    }
  }

  /// Whether a text has the labels of at least one event.
  static func looksLikeEvents(_ text: UnsafeRawBufferPointer) -> Bool {
    let head = text.slice(0..<min(text.count, 64 * 1024))
    return ClassicTextBlock.all(in: head).contains { event($0, in: head) != nil }
  }

  private static func event(
    _ block: ClassicTextBlock, in text: UnsafeRawBufferPointer, isDeclaredWestern: Bool = false
  ) -> Event? {
    let decoded = block.values.mapValues {
      LenientUTF8.decode(text.slice($0), isDeclaredWestern: isDeclaredWestern)
    }
    func value(_ label: ClassicTextBlock.Label) -> String? {
      let text = decoded[label]?.text.trimmingXMLSpace() ?? ""
      return text.isEmpty || text == "N/A" || text == "None" ? nil : text
    }
    var event = Event()
    event.repairs = decoded.values.reduce(into: []) { $0.formUnion($1.repairs) }
    event.provider.name = value(.source) ?? ""
    event.eventID = value(.eventID).flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
    guard !event.provider.name.isEmpty, event.eventID != nil else { return nil }
    event.channel = value(.logName) ?? ""
    event.computer = value(.computer) ?? ""
    event.setLevel((value(.type) ?? value(.level) ?? "").lowercased())
    var rendering = RenderingInfo()
    rendering.message = value(.description)
    rendering.task = value(.category)
    event.rendering = rendering
    if let user = value(.user) { event.unparsedSystemFields.append(NamedValue(name: "UserName", value: user)) }
    event.setTime(date: value(.date), time: value(.time))
    return event
  }
}

extension Event {
  fileprivate mutating func setLevel(_ name: String) {
    switch name {
    case "critical": level = .critical
    case "error": level = .error
    case "warning": level = .warning
    case "information": level = .information
    case "success audit": (level, keywords) = (.logAlways, 0x8020_0000_0000_0000)
    case "failure audit": (level, keywords) = (.logAlways, 0x8010_0000_0000_0000)
    default: break
    }
  }

  /// A local date in the language of the computer is no point in time: it is kept as text unless it is ISO 8601.
  fileprivate mutating func setTime(date: String?, time: String?) {
    let text = [date, time].compactMap { $0 }.joined(separator: " ")
    guard !text.isEmpty else { return }
    timeCreated = EventTime(text)
    if timeCreated == nil { unparsedSystemFields.append(NamedValue(name: "TimeCreated", value: text)) }
  }
}
