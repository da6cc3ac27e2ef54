/// How rule files are read.
public struct RuleLoadingOptions: Sendable {
  /// What the placeholders of Sigma rules stand for.
  public var placeholders = Placeholders()
  /// Whether to warn of what is allowed in a Sigma rule and yet probably not meant so.
  public var runsValidators = false
  /// A file that remembers what was read, so that unchanged rules are read faster the next time; nil for none.
  public var cachePath: String?

  /// Makes the usual options: no placeholders, no validators, no cache.
  public init() {}
}
