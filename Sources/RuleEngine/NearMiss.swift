/// Finds the names that someone who misspelt a name may have meant.
public enum NearMiss {
  /// The most similar names, best first.
  ///
  /// - Parameters:
  ///   - name: The name as it was written.
  ///   - candidates: The names that exist.
  ///   - limit: How many to return at most.
  public static func suggestions(
    for name: String, among candidates: some Sequence<String>, limit: Int = 1
  ) -> [String] {
    []
  }
}
