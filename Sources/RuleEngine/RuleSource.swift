/// A place in a rule file.
public struct RuleSource: Sendable, Hashable {
  /// The file, relative to `Rules/` for shipped packs: `exchange/transport-authentication.yaml`.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// Makes a place.
  public init(path: String, line: Int, column: Int = 1) {
    self.path = path
    self.line = line
    self.column = column
  }
}
