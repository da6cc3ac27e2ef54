/// One value of an event's payload, as slices.
public struct EventField {
  /// Where in the event a value stands.
  public enum Kind: UInt8, Sendable {
    /// `<EventData>`, as in ``Event/data``.
    case data
    /// `<UserData>`, as in ``Event/userData``.
    case userData
    /// `<Binary>`, as in ``Event/binary``.
    case binary
    /// `<DebugData>` and other children of `<Event>`, as in ``Event/otherData``.
    case other
  }

  /// Where the value stands.
  public var kind: Kind
  /// The name as UTF-8, empty for an unnamed `<Data>`; a path for `userData` and `other`.
  public var name: UnsafeRawBufferPointer
  /// The text as UTF-8, the very bytes that ``Event`` has.
  public var value: UnsafeRawBufferPointer

  /// Makes a field.
  public init(kind: Kind, name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    self.kind = kind
    self.name = name
    self.value = value
  }
}

/// What rules can ask of one event, as slices: no string is made for an event that nobody asks for.
///
/// Valid only while the closure that gets it runs; the memory is used again for the next event.
public struct EventFields {
  /// The `<System>` block.
  public var header: EventHeader
  /// The payload: data, then user data, binary and other values, each in the order of the document. So the insertion
  /// string `%1` is the first field.
  public var fields: UnsafeBufferPointer<EventField>
  /// `RenderingInfo/Message`; empty when the exporter rendered none.
  public var message: UnsafeRawBufferPointer
  /// A number that events of one ``ChunkReader`` share only when their fields have the same kinds and names in the same
  /// order; 0 where that is not known.
  public var shape = 0

  let source: EventSource

  init(
    header: EventHeader, fields: UnsafeBufferPointer<EventField>, message: UnsafeRawBufferPointer, shape: Int = 0,
    _ source: EventSource
  ) {
    self.header = header
    self.fields = fields
    self.message = message
    self.shape = shape
    self.source = source
  }

  /// Where the event stands in its input.
  public var location: EventLocation { source.location }

  /// Makes the whole event, with a string for everything in it.
  public func makeEvent() -> Event { source.makeEvent() }
}

/// Makes the event that fields were taken from.
class EventSource {
  func makeEvent() -> Event { Event() }
  var location: EventLocation { EventLocation() }
  /// The text of a plain event, from `<Event` to `</Event>`; nil when there is none.
  var plainText: UnsafeRawBufferPointer? { nil }
}

extension Event {
  /// Calls a closure with the fields of this event.
  public func withFields<Result>(_ body: (EventFields) -> Result) -> Result {
    let layout = FieldLayout()
    return body(layout.fields(of: self))
  }
}
