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
    let (text, repairs) = Self.decode(context.text, encoding: context.chunk.encoding)
    for block in Self.blocks(text) {
      let offset = text.utf8.distance(from: text.startIndex, to: block.start)
      let location = context.location(of: min(offset, context.text.count))
      guard var event = Self.event(block) else {
        tally.note(Damage(byteOffset: location.byteOffset, reason: "no event source or ID", isRecovered: false))
        continue
      }
      event.location = location
      event.repairs = repairs
      if repairs.isEmpty {
        tally.intact += 1
      } else {
        let reason = repairs.descriptions.joined(separator: ", ")
        tally.note(Damage(byteOffset: location.byteOffset, reason: reason, isRecovered: true))
      }
      body(event)
    }
    return tally
  }

  /// The events in a text; empty when it has none.
  public static func events(in text: String) -> [Event] {
    blocks(text).compactMap(event)
  }

  /// Whether a text has the labels of at least one event.
  static func looksLikeEvents(_ text: UnsafeRawBufferPointer) -> Bool {
    let head = String(decoding: text.prefix(64 * 1024), as: UTF8.self)
    return blocks(head).contains { event($0) != nil }
  }

  private static func decode(_ text: UnsafeRawBufferPointer, encoding: TextEncoding) -> (String, Repairs) {
    if let text = String(validating: text, as: UTF8.self) { return (text, []) }
    return (String(decoding: text, as: UTF8.self), [.invalidText])
  }

  // MARK: Labels

  enum Label: CaseIterable {
    case type, logName, source, category, eventID, date, time, level, keywords, user, computer, opcode, description

    /// The spellings, longer ones first.
    var spellings: [String] {
      switch self {
      case .type: ["Event Type:"]
      case .logName: ["Log Name:"]
      case .source: ["Event Source:", "Source:"]
      case .category: ["Event Category:", "Task Category:"]
      case .eventID: ["Event ID:", "EventID:"]
      case .date: ["Date:"]
      case .time: ["Time:"]
      case .level: ["Level:"]
      case .keywords: ["Keywords:"]
      case .user: ["User:"]
      case .computer: ["Computer:"]
      case .opcode: ["OpCode:"]
      case .description: ["Description:"]
      }
    }
  }

  /// The labelled values of one event.
  struct Block {
    var start: String.Index
    var values: [Label: Substring] = [:]
  }

  static func blocks(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var block: Block?
    var open: (label: Label, start: String.Index)?
    func close(at end: String.Index) {
      if let open { block?.values[open.label] = text[open.start..<end] }
      open = nil
    }
    for (label, range) in labels(in: text) {
      let repeats = block?.values[label] != nil || open?.label == label
      let begins = block == nil || label == .type || label == .logName || (label == .source && repeats)
      // Descriptions may hold words that look like labels; only the head of another event ends one.
      if open?.label == .description, !begins { continue }
      if repeats, !begins { continue }
      let continues = block.map { $0.values.isEmpty && open == nil } ?? false
      close(at: range.lowerBound)
      if begins, !continues, startsEvent(label, block) {
        if let block { blocks.append(block) }
        block = Block(start: range.lowerBound)
      }
      open = (label, range.upperBound)
    }
    close(at: text.endIndex)
    if let block { blocks.append(block) }
    return blocks
  }

  /// Whether a heading label begins another event rather than standing late in the head of the current one.
  private static func startsEvent(_ label: Label, _ block: Block?) -> Bool {
    guard let block else { return true }
    return block.values[label] != nil || block.values[.description] != nil || block.values[.eventID] != nil
  }

  private static func labels(in text: String) -> [(Label, Range<String.Index>)] {
    let bytes = text.utf8
    var found: [(Label, Range<String.Index>)] = []
    var index = bytes.startIndex
    var isWordStart = true
    while index < bytes.endIndex {
      if isWordStart, let (label, end) = label(at: index, in: bytes) {
        found.append((label, index..<end))
        index = end
        isWordStart = true
        continue
      }
      isWordStart = !Self.isWordByte(bytes[index])
      index = bytes.index(after: index)
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  private static func label(at start: String.Index, in bytes: String.UTF8View) -> (Label, String.Index)? {
    guard 0x41...0x7A ~= bytes[start] else { return nil }
    for label in Label.allCases {
      for spelling in label.spellings {
        if let end = matchIgnoringCase(spelling, at: start, in: bytes) { return (label, end) }
      }
    }
    return nil
  }

  private static func matchIgnoringCase(
    _ spelling: String, at start: String.Index, in bytes: String.UTF8View
  ) -> String.Index? {
    var index = start
    for expected in spelling.utf8 {
      // Blanks may stand before the colon.
      if expected == UInt8(ascii: ":") {
        while index < bytes.endIndex, bytes[index] == 0x20 || bytes[index] == 0x09 { index = bytes.index(after: index) }
      }
      guard index < bytes.endIndex, bytes[index] | 0x20 == expected | 0x20 else { return nil }
      index = bytes.index(after: index)
    }
    return index
  }

  // MARK: Values

  static func event(_ block: Block) -> Event? {
    func value(_ label: Label) -> String? {
      let text = block.values[label].map { String($0).trimmingXMLSpace() } ?? ""
      return text.isEmpty || text == "N/A" || text == "None" ? nil : text
    }
    var event = Event()
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
