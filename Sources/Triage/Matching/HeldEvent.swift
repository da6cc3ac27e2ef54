import EventLog

/// An event that a thread holds while it may still be among the first or last of something; its memory is used again
/// for the next one.
final class HeldEvent: TimedSample {
  /// Counts the bytes of all events that a thread holds.
  final class Total {
    fileprivate(set) var bytes = 0
  }

  /// The place of the event in the order of reports.
  private(set) var position: SamplePosition
  private(set) var kept: KeptEvent
  private var size: Int
  private var shared: WaitingEvent?
  private let total: Total

  var time: EventTime? { kept.time }
  var location: EventLocation { kept.location }

  init(_ fields: borrowing EventFields, at position: SamplePosition, _ total: Total) {
    self.position = position
    self.total = total
    kept = KeptEvent(fields)
    size = kept.size
    total.bytes += size
  }

  deinit { total.bytes -= size }

  /// The event as all samples of it share it, once it will not be replaced any more.
  func waiting(_ restorer: EventRestorer) -> WaitingEvent {
    let waiting = shared ?? WaitingEvent(kept, restorer)
    shared = waiting
    return waiting
  }

  /// Holds another event instead.
  func replace(with fields: EventFields, at position: SamplePosition) {
    let newSize = kept.replace(with: fields)
    total.bytes += newSize - size
    size = newSize
    self.position = position
  }
}

extension HeldEvent? {
  /// Holds another event instead, in the same memory when nobody else has this one.
  mutating func hold(_ fields: EventFields, at position: SamplePosition, _ total: HeldEvent.Total) {
    if isKnownUniquelyReferenced(&self) {
      self?.replace(with: fields, at: position)
    } else {
      self = HeldEvent(fields, at: position, total)
    }
  }
}

/// The first and the last of many events, as ``TimedLedger`` keeps them.
struct EdgeEvents {
  private let limit: Int
  private let head: Int
  /// In the order of reports.
  private(set) var events: [HeldEvent] = []

  init(limit: Int) {
    self.limit = max(1, limit)
    head = (self.limit + 1) / 2
    events.reserveCapacity(self.limit)
  }

  /// Offers an event.
  ///
  /// - Returns: The event as it is held; nil when it is neither among the first nor among the last.
  mutating func add(_ fields: EventFields, at position: SamplePosition, _ total: HeldEvent.Total) -> HeldEvent? {
    if events.count < limit { return insert(HeldEvent(fields, at: position, total)) }
    let isAfterHead = events[head - 1].position < position
    // Where all are among the first, later ones are not wanted.
    if isAfterHead, head == limit || position < events[head].position { return nil }
    var freed: HeldEvent? = events.remove(at: isAfterHead ? head : head - 1)
    freed.hold(fields, at: position, total)
    return freed.map { insert($0) }
  }

  /// Mostly events come in the order of time.
  private mutating func insert(_ event: HeldEvent) -> HeldEvent {
    var place = events.count
    while place > 0, event.position < events[place - 1].position { place -= 1 }
    events.insert(event, at: place)
    return event
  }
}
