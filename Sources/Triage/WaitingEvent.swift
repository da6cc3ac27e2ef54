import EventLog

/// An event that waits to be told of by all samples that are about it.
///
/// Waiting takes memory, of which all events together have a bounded amount; what exceeds it is made whole at once.
final class WaitingEvent: Sendable {
  private enum Content: Sendable {
    case kept(KeptEvent, EventRestorer)
    indirect case whole(Event)
  }

  private let content: Content

  init(_ kept: KeptEvent, _ restorer: EventRestorer) {
    content = restorer.reserve(kept.size) ? .kept(kept, restorer) : .whole(restorer.event(kept))
  }

  deinit {
    if case .kept(let kept, let restorer) = content { restorer.release(kept.size) }
  }

  /// Whether there is room for it to wait.
  var mayWait: Bool { if case .kept = content { true } else { false } }

  /// The event, made whole.
  var event: Event {
    switch content {
    case .kept(let kept, let restorer): restorer.event(kept)
    case .whole(let event): event
    }
  }
}
