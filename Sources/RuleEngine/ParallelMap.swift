private import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// The array with every element transformed, on all cores; in the order of the elements, whichever is done first.
  ///
  /// - Parameter transform: Must depend on nothing but its argument, for the result to be the same in every run.
  /// - Returns: What became of the elements.
  package func parallelMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
    // A few elements are not worth a thread; many small parts let no core wait for another.
    guard count >= 8 else { return map(transform) }
    let size = Swift.max(1, count / 128)
    let starts = Array<Int>(stride(from: 0, to: count, by: size))
    let parts = Mutex([[Result]](repeating: [], count: starts.count))
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let start = starts[index]
      let part = self[start..<Swift.min(start + size, count)].map(transform)
      parts.withLock { $0[index] = part }
    }
    return parts.withLock { $0.flatMap(\.self) }
  }
}
