/// An event that outlives the closure which got its fields, as a copy of its text: whoever keeps many events and needs
/// few of them pays for those few only.
public final class KeptEvent {
  /// Counts the bytes of all kept events that are alive.
  public final class Total {
    /// How many bytes there are.
    public fileprivate(set) var bytes = 0

    /// Makes a total of nothing.
    public init() {}
  }

  enum Content {
    /// A plain event, from `<Event` to `</Event>`.
    case text([UInt8])
    case event(Event)
  }

  /// Where the event stands in its input.
  public let location: EventLocation
  /// When it was written.
  public let time: EventTime?
  let content: Content
  private let total: Total
  private let size: Int

  init(_ content: Content, at location: EventLocation, time: EventTime?, total: Total) {
    self.content = content
    self.location = location
    self.time = time
    self.total = total
    switch content {
    case .text(let bytes): size = bytes.count
    // The strings of an event take about as much as its text; a few kilobytes are common.
    case .event(let event): size = 1024 + event.data.reduce(0) { $0 + $1.value.utf8.count }
    }
    total.bytes += size
  }

  deinit { total.bytes -= size }
}

extension EventFields {
  /// Keeps the event.
  ///
  /// - Parameter total: Counts what is kept.
  /// - Returns: The event, to be made whole by ``ChunkReader/makeEvent(_:)``.
  public func keep(_ total: KeptEvent.Total) -> KeptEvent {
    KeptEvent(source.content, at: location, time: header.timeCreated, total: total)
  }
}
