import EventLog

/// A value that an event has in its header, or a slice of its payload: what a test is asked about.
enum MatchedValue {
  /// Text as it lies in memory.
  case text(UnsafeRawBufferPointer)
  /// A number, or text that is made of one.
  case value(FieldValue)

  /// The value as text.
  var asText: String {
    switch self {
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    case .value(let value): value.text
    }
  }

  /// Calls a closure with the value as UTF-8 text.
  @inline(__always)
  func withText(_ body: (UnsafeRawBufferPointer) -> Void) {
    switch self {
    case .text(let bytes): body(bytes)
    case .value(let value):
      var text = value.text
      text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
  }
}

extension SystemField {
  /// The field's value; nil when the header does not have it.
  func value(in header: EventHeader) -> MatchedValue? {
    switch self {
    case .providerName: Self.text(header.provider)
    case .providerGUID: Self.text(header.providerGUID)
    case .providerEventSourceName: Self.text(header.providerEventSourceName)
    case .eventID: Self.number(header.eventID)
    case .qualifiers: Self.number(header.qualifiers)
    case .version: Self.number(header.version)
    case .level: Self.number(header.level?.rawValue)
    case .task: Self.number(header.task)
    case .opcode: Self.number(header.opcode)
    case .keywords: header.keywords.map { .value(Self.keywords($0)) }
    case .timeCreated: header.timeCreated.map { .value(.text($0.description)) }
    case .recordID: Self.number(header.recordID)
    case .activityID: Self.text(header.activityID)
    case .relatedActivityID: Self.text(header.relatedActivityID)
    case .processID: Self.number(header.processID)
    case .threadID: Self.number(header.threadID)
    case .channel: Self.text(header.channel)
    case .computer: Self.text(header.computer)
    case .userID: Self.text(header.userID)
    }
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> MatchedValue? { bytes.isEmpty ? nil : .text(bytes) }

  private static func number(_ number: (some BinaryInteger)?) -> MatchedValue? { FieldValue(number).map { .value($0) } }
}
