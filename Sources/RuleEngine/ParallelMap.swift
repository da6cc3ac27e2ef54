private import Dispatch

extension Array where Element: Sendable {
  /// The array with every element transformed, on all cores; in the order of the elements, whichever is done first.
  ///
  /// - Parameter transform: Must depend on nothing but its argument, for the result to be the same in every run.
  /// - Returns: What became of the elements.
  package func parallelMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
    // A few elements are not worth a thread; many small parts let no core wait for another.
    guard count >= 8 else { return map(transform) }
    let size = Swift.max(1, count / 128)
    return [Result](unsafeUninitializedCapacity: count) { results, initializedCount in
      // Each part initializes elements of its own.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: (count + size - 1) / size) { part in
        for index in part * size..<Swift.min((part + 1) * size, count) {
          results.initializeElement(at: index, to: transform(self[index]))
        }
      }
      initializedCount = count
    }
  }
}
