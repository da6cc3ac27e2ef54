/// Finds the names that someone who misspelt a name may have meant.
public enum NearMiss {
  /// The most similar names, best first; none when nothing is similar enough.
  ///
  /// - Parameters:
  ///   - name: The name as it was written.
  ///   - candidates: The names that exist.
  ///   - limit: How many to return at most.
  /// - Returns: The names, at most `limit`.
  public static func suggestions(
    for name: String, among candidates: some Sequence<String>, limit: Int = 1
  ) -> [String] {
    let folded = CaseFolding.folded(name.unicodeScalars)
    let ranked = Set(candidates).compactMap { candidate -> (distance: Int, name: String)? in
      let other = CaseFolding.folded(candidate.unicodeScalars)
      let furthest = max(1, min(folded.count, other.count) / 3)
      guard abs(folded.count - other.count) <= furthest else { return nil }
      let distance = distance(folded, other)
      return distance <= furthest ? (distance, candidate) : nil
    }
    return ranked.sorted { $0 < $1 }.prefix(limit).map(\.name)
  }

  /// Whether one letter is inserted, dropped, replaced or swapped with its neighbour at most.
  static func isOneEditAway(_ left: String, _ right: String) -> Bool {
    abs(left.utf8.count - right.utf8.count) <= 1 && distance(Array(left.utf8), Array(right.utf8)) <= 1
  }

  /// The number of letters to insert, drop, replace or swap with their neighbour (Damerau-Levenshtein).
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let isSame = left[row] == right[column]
        var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
