/// What a Sigma rule says about itself beyond what every rule has; the attributes of Sigma's rule specification 2.1.0.
public struct SigmaMetadata: Sendable, Hashable {
  /// How far a rule has come, by its own account.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// May be used in production.
    case stable
    /// Mostly stable; may need adjustments to the environment.
    case test
    /// May lead to false positives or be noisy.
    case experimental
    /// Replaced or covered by another rule.
    case deprecated
    /// Cannot be used in its current state; such rules are refused.
    case unsupported
  }

  /// A rule that stands in some relation to this one.
  public struct RelatedRule: Sendable, Hashable {
    /// The other rule's ID.
    public var id: String
    /// `derived`, `obsolete`, `merged`, `renamed` or `similar`.
    public var type: String
  }

  /// The rule's UUID as written; nil when the rule has none and goes by its name or title.
  public var ruleID: String?
  /// The unique name that correlation rules and filters may use instead of the ID.
  public var name: String?
  /// How far the rule has come.
  public var status: Status?
  /// Who wrote it.
  public var author: String?
  /// Its licence, by SPDX identifier.
  public var license: String?
  /// The day on which it was written, `YYYY-MM-DD`.
  public var date: String?
  /// The day on which it was last changed, `YYYY-MM-DD`.
  public var modified: String?
  /// What else may look like this.
  public var falsePositives: [String] = []
  /// What the rule was derived from, as written: web addresses among other texts.
  public var references: [String] = []
  /// Fields that are of interest for whoever looks into a match.
  public var fields: [String] = []
  /// What the rule is meant for, such as `server`.
  public var scope: [String] = []
  /// Rules that stand in some relation to this one.
  public var related: [RelatedRule] = []
  /// Where the events come from, as written.
  public var logSource = SigmaLogSource()
  /// The techniques of MITRE ATT&CK that the tags name, in capitals: `T1110`, `T1003.001`.
  public var techniques: [String] = []
  /// The tactics of MITRE ATT&CK that the tags name, with hyphens: `credential-access`.
  public var tactics: [String] = []

  /// Makes empty metadata.
  public init() {}
}

/// Where a Sigma rule's events come from: its `logsource`, as written.
public struct SigmaLogSource: Sendable, Hashable, CustomStringConvertible {
  /// The kind of event, such as `process_creation`.
  public var category: String?
  /// What writes the log, such as `windows`.
  public var product: String?
  /// A subset of the product's logs, such as `security`.
  public var service: String?
  /// What must be configured for the events to be there, in words.
  public var definition: String?

  /// Makes a log source.
  public init(category: String? = nil, product: String? = nil, service: String? = nil, definition: String? = nil) {
    self.category = category
    self.product = product
    self.service = service
    self.definition = definition
  }

  /// `product: windows, category: process_creation`.
  public var description: String {
    let parts = [("product", product), ("category", category), ("service", service)]
    let named = parts.compactMap { name, value in value.map { "\(name): \($0)" } }
    return named.isEmpty ? "no log source" : named.joined(separator: ", ")
  }
}
