/// What stands in the `<System>` block of an event, as slices instead of strings.
///
/// The texts are UTF-8, the very bytes that the properties of ``Event`` have, and valid only while the closure that gets
/// the header runs. A text is empty when the event does not have it.
public struct EventHeader {
  /// A number that is the same for all events of one ``ChunkReader`` that agree in provider, event ID, channel, computer
  /// and level; counted from 0, so that what was decided for a kind can be looked up in an array.
  public var kind = 0
  /// `Provider/@Name`.
  public var provider = EventHeader.absent
  /// `Provider/@Guid`.
  public var providerGUID = EventHeader.absent
  /// `Provider/@EventSourceName`.
  public var providerEventSourceName = EventHeader.absent
  /// `EventID`.
  public var eventID: Int?
  /// `EventID/@Qualifiers`.
  public var qualifiers: UInt16?
  /// `Version`.
  public var version: UInt8?
  /// `Level`.
  public var level: Level?
  /// `Task`.
  public var task: UInt16?
  /// `Opcode`.
  public var opcode: UInt8?
  /// `Keywords`.
  public var keywords: UInt64?
  /// `TimeCreated/@SystemTime`.
  public var timeCreated: EventTime?
  /// `EventRecordID`.
  public var recordID: UInt64?
  /// `Correlation/@ActivityID`.
  public var activityID = EventHeader.absent
  /// `Correlation/@RelatedActivityID`.
  public var relatedActivityID = EventHeader.absent
  /// `Execution/@ProcessID`.
  public var processID: UInt32?
  /// `Execution/@ThreadID`.
  public var threadID: UInt32?
  /// `Channel`.
  public var channel = EventHeader.absent
  /// `Computer`.
  public var computer = EventHeader.absent
  /// `Security/@UserID`.
  public var userID = EventHeader.absent

  /// A text that the event does not have.
  public static var absent: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  /// Makes an empty header.
  public init() {}
}
