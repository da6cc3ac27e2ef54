/// One Windows event, as it was exported: the `<System>` header, the payload and what the exporter rendered.
///
/// Names follow the event schema (`SystemPropertiesType`,
/// https://learn.microsoft.com/windows/win32/wes/eventschema-systempropertiestype-complextype).
/// Every element of `<System>` is optional in real exports, so every property here is too; an element whose text
/// does not fit its type (a `Level` written as a word, a redacted time) is kept verbatim in ``unparsedSystemFields``.
public struct Event: Sendable, Hashable {
  /// Who wrote the event (`System/Provider`).
  public var provider: Provider = Provider()
  /// The number of the event, unique within its provider (`System/EventID`).
  public var eventID: Int?
  /// The high word of a classic message identifier (`System/EventID/@Qualifiers`).
  public var qualifiers: UInt16?
  /// The version of the event's definition.
  public var version: UInt8?
  /// How serious the provider thinks the event is; never matched on by shipped rules.
  public var level: Level?
  /// The category of the event within its provider.
  public var task: UInt16?
  /// The step within the task.
  public var opcode: UInt8?
  /// The keyword bit mask.
  public var keywords: UInt64?
  /// When the event was written, UTC, in units of 100 ns.
  public var timeCreated: EventTime?
  /// The number of the record in its log; a collector renumbers forwarded events.
  public var recordID: UInt64?
  /// Links events of one activity (`System/Correlation/@ActivityID`).
  public var activityID: String?
  /// Links to another activity (`System/Correlation/@RelatedActivityID`).
  public var relatedActivityID: String?
  /// The process that wrote the event.
  public var processID: UInt32?
  /// The thread that wrote the event.
  public var threadID: UInt32?
  /// The log that the event was written to, such as `Application`; stays the original log for forwarded events.
  public var channel: String = ""
  /// The computer that the event happened on, as spelt in the export.
  public var computer: String = ""
  /// The security identifier of the user (`System/Security/@UserID`).
  public var userID: String?
  /// Elements and attributes of `<System>` that have no property above, or whose text did not fit it.
  public var unparsedSystemFields: [NamedValue] = []

  /// The `Name` attribute of `<EventData>`: the name of the event's template.
  public var dataTemplate: String?
  /// The `<Data>` elements (and `<ComplexData>`) of `<EventData>`, in order: named, unnamed, repeated and empty ones.
  public var data: [DataItem] = []
  /// The hexadecimal text of `<Binary>`.
  public var binary: String?
  /// The leaves of `<UserData>` in order, each with its path of local names below `<UserData>` joined by `/`;
  /// attributes are leaves named `path/@name`.
  public var userData: [NamedValue] = []
  /// The texts that the exporting computer rendered, in its language.
  public var rendering: RenderingInfo?
  /// The leaves of `<ProcessingErrorData>`: why Windows could not render the payload.
  public var processingErrors: [NamedValue] = []
  /// The leaves of `<DebugData>` and of any other child of `<Event>`, with their paths.
  public var otherData: [NamedValue] = []

  /// Where the event stands in its input.
  public var location: EventLocation = EventLocation()
  /// What had to be mended before the event could be read; empty for an intact event.
  public var repairs: Repairs = []

  /// Makes an empty event.
  public init() {}
}

/// The component that wrote an event (`System/Provider`).
public struct Provider: Sendable, Hashable {
  /// The registered name, such as `MSExchangeTransport`; its letter case differs between exports.
  public var name: String
  /// The GUID as exported, with or without braces.
  public var guid: String?
  /// The classic event source name, where it differs from the name.
  public var eventSourceName: String?

  /// Makes a provider.
  public init(name: String = "", guid: String? = nil, eventSourceName: String? = nil) {
    self.name = name
    self.guid = guid
    self.eventSourceName = eventSourceName
  }
}

/// One `<Data>` element; `name` is nil for the insertion strings of classic events.
public struct DataItem: Sendable, Hashable {
  /// The `Name` attribute.
  public var name: String?
  /// The text, with character references resolved and line breaks kept.
  public var value: String

  /// Makes an item.
  public init(name: String? = nil, value: String) {
    self.name = name
    self.value = value
  }
}

/// A value with the name or path it was found under.
public struct NamedValue: Sendable, Hashable {
  /// The name, or the path of names joined by `/`.
  public var name: String
  /// The text.
  public var value: String

  /// Makes a pair.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What the exporting computer rendered (`RenderingInfo`); in its language, so for display only.
public struct RenderingInfo: Sendable, Hashable {
  /// The culture, such as `en-US`.
  public var culture: String?
  /// The event's message.
  public var message: String?
  /// The level's name.
  public var level: String?
  /// The task's name.
  public var task: String?
  /// The opcode's name.
  public var opcode: String?
  /// The channel's display name.
  public var channel: String?
  /// The provider's display name.
  public var provider: String?
  /// The keywords' names.
  public var keywords: [String] = []

  /// Makes an empty rendering.
  public init() {}
}

/// Where an event stands in its input.
public struct EventLocation: Sendable, Hashable, Comparable {
  /// The position of the input among all inputs, from 0.
  public var source: Int
  /// The offset of the event's first byte in the (decompressed) input, in bytes.
  public var byteOffset: UInt64

  /// Makes a location.
  public init(source: Int = 0, byteOffset: UInt64 = 0) {
    self.source = source
    self.byteOffset = byteOffset
  }

  /// Whether an event stands before another, in the order of the inputs.
  public static func < (left: EventLocation, right: EventLocation) -> Bool {
    (left.source, left.byteOffset) < (right.source, right.byteOffset)
  }
}
