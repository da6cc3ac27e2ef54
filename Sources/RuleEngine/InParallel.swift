private import Dispatch

/// Does two things at the same time.
///
/// - Returns: What came of the first, and of the second.
package func inParallel<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  // Each is written by one thread, and read when both are done.
  nonisolated(unsafe) var results: First?
  nonisolated(unsafe) var others: Second?
  DispatchQueue.concurrentPerform(iterations: 2) { part in
    if part == 0 { results = first() } else { others = second() }
  }
  guard let results, let others else { preconditionFailure("a part was never done") }
  return (results, others)
}

/// Lets go of values on another thread: to take many small parts to pieces takes time that nobody need wait for.
package func releaseElsewhere(_ values: consuming some Sendable) {
  let last = consume values
  DispatchQueue.global().async { withExtendedLifetime(last) {} }
}
