/// What stands in the `<System>` block of an event that needs no parser: plain, well-formed, nothing to mend.
///
/// The texts are slices of the input and valid only while a closure that gets the header runs. They are the very texts
/// that the event's fields would have: a header with references or white space around a value is not given out.
public struct EventHeader {
  /// `Provider/@Name` as UTF-8; empty when absent.
  public var provider = UnsafeRawBufferPointer(start: nil, count: 0)
  /// `Channel` as UTF-8; empty when absent.
  public var channel = UnsafeRawBufferPointer(start: nil, count: 0)
  /// `Computer` as UTF-8; empty when absent.
  public var computer = UnsafeRawBufferPointer(start: nil, count: 0)
  /// `EventID`.
  public var eventID: Int?
  /// `Level`.
  public var level: Level?
  /// `TimeCreated/@SystemTime`.
  public var timeCreated: EventTime?
}
