/// What is known about one file of rules.
public struct RulePack: Sendable, Hashable {
  /// The pack's unique name, such as `exchange-transport`.
  public var id: String
  /// The pack's title.
  public var title: LocalizedText
  /// The file.
  public var path: String
  /// The number of rules that were loaded from it.
  public var ruleCount: Int

  /// Makes a description of a pack.
  public init(id: String, title: LocalizedText, path: String, ruleCount: Int) {
    self.id = id
    self.title = title
    self.path = path
    self.ruleCount = ruleCount
  }
}
