/// What a first look at a plain event shows: enough to decide whether to look closer.
///
/// All but the time is the same for all events of a kind. The texts are valid while the closure that gets them runs.
public struct EventGlance {
  /// The number of the kind, see ``EventHeader/kind``.
  public var kind: Int
  /// When the event was written.
  public var timeCreated: EventTime?
  private let entry: UnsafePointer<HeaderKind>

  init(kind: Int, timeCreated: EventTime?, entry: UnsafePointer<HeaderKind>) {
    self.kind = kind
    self.timeCreated = timeCreated
    self.entry = entry
  }

  /// `Provider/@Name` as UTF-8; empty when absent.
  public var provider: UnsafeRawBufferPointer { entry.pointee.key.provider }
  /// `Channel` as UTF-8; empty when absent.
  public var channel: UnsafeRawBufferPointer { entry.pointee.key.channel }
  /// `Computer` as UTF-8; empty when absent.
  public var computer: UnsafeRawBufferPointer { entry.pointee.key.computer }
  /// `EventID`.
  public var eventID: Int? { entry.pointee.eventID }
  /// `Level`.
  public var level: Level? { entry.pointee.level }

  /// The header with what the glance shows and nothing else.
  public var header: EventHeader {
    var header = EventHeader()
    header.kind = kind
    header.provider = provider
    header.channel = channel
    header.computer = computer
    header.eventID = eventID
    header.level = level
    header.timeCreated = timeCreated
    return header
  }
}
