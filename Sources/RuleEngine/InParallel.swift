private import Dispatch

/// Does two things at the same time.
///
/// - Returns: What came of the first, and of the second.
package func inParallel<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  // Each is written by one thread, and read when both are done.
  nonisolated(unsafe) var firstResult: First?
  nonisolated(unsafe) var secondResult: Second?
  DispatchQueue.concurrentPerform(iterations: 2) { part in
    if part == 0 { firstResult = first() } else { secondResult = second() }
  }
  guard let firstResult, let secondResult else { preconditionFailure("a part was never done") }
  return (firstResult, secondResult)
}

/// Lets go of values on another thread: to take many small parts to pieces takes time that nobody need wait for.
package func releaseElsewhere(_ values: consuming some Sendable) {
  let last = consume values
  DispatchQueue.global().async { withExtendedLifetime(last) {} }
}
