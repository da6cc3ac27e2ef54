import Synchronization

/// An event that outlives the closure which got its fields, as a copy of its text: whoever keeps many events and needs
/// few of them pays for those few only. An ``EventRestorer`` makes it whole again.
public struct KeptEvent: Sendable {
  fileprivate enum Content: Sendable {
    /// A plain event, from `<Event` to `</Event>`.
    case text([UInt8])
    indirect case event(Event)
  }

  /// Where the event stands in its input.
  public private(set) var location: EventLocation
  /// When it was written.
  public private(set) var time: EventTime?
  fileprivate private(set) var content: Content

  /// Keeps an event.
  public init(_ event: Event) {
    location = event.location
    time = event.timeCreated
    content = .event(event)
  }

  /// Keeps the event of some fields.
  public init(_ fields: borrowing EventFields) {
    location = fields.location
    time = fields.header.timeCreated
    content = .text([])
    copy(fields)
  }

  /// About how many bytes of memory this takes.
  public var size: Int {
    switch content {
    case .text(let bytes): bytes.count
    // The strings of an event take about as much as its text; a few hundred bytes are common.
    case .event(let event):
      event.data.reduce(512) { $0 + $1.value.utf8.count } + event.userData.reduce(0) { $0 + $1.value.utf8.count }
    }
  }

  /// Keeps another event instead, in the same memory.
  ///
  /// - Returns: The new ``size``.
  public mutating func replace(with fields: borrowing EventFields) -> Int {
    location = fields.location
    time = fields.header.timeCreated
    copy(fields)
    return size
  }

  private mutating func copy(_ fields: borrowing EventFields) {
    guard let text = fields.source.plainText else {
      content = .event(fields.makeEvent())
      return
    }
    var bytes = content.takeText()
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: text)
    content = .text(bytes)
  }
}

extension KeptEvent.Content {
  /// The bytes of the text, which the content lets go, so that they can be changed without being copied.
  fileprivate mutating func takeText() -> [UInt8] {
    guard case .text(let bytes) = self else { return [] }
    self = .text([])
    return bytes
  }
}

/// Makes kept events whole, on any thread.
public final class EventRestorer: Sendable {
  /// A parser that is used by whoever took it, and by nobody else.
  private struct Parser: @unchecked Sendable {
    let parser: PlainEventParser
  }

  private let parsers = Mutex<[Parser]>([])
  private let room: Atomic<Int>

  /// - Parameter capacity: How many bytes of events may wait to be made whole.
  public init(capacity: Int = 64 * 1024 * 1024) { room = Atomic(capacity) }

  /// Asks whether an event may wait to be made whole; then ``release(_:)`` must be called when it waits no more.
  public func reserve(_ size: Int) -> Bool {
    if room.subtract(size, ordering: .relaxed).newValue >= 0 { return true }
    release(size)
    return false
  }

  /// Gives back what ``reserve(_:)`` granted.
  public func release(_ size: Int) { room.add(size, ordering: .relaxed) }

  /// Makes a kept event whole.
  public func event(_ kept: KeptEvent) -> Event {
    switch kept.content {
    case .event(let event): return event
    case .text(let bytes):
      guard let parser = parsers.withLock({ $0.popLast() }) ?? PlainEventParser().map(Parser.init) else {
        return Event()
      }
      var event = bytes.withUnsafeBytes { parser.parser.event($0) }
      parsers.withLock { $0.append(parser) }
      event.location = kept.location
      return event
    }
  }
}
