/// One reason why a rule matched an event: a test of the rule, and the value of the event that passed it.
public struct MatchReason: Sendable, Hashable, Codable {
  /// The name of the selection in the rule's `detection`; nil for one without a name.
  public var selection: String?
  /// The field; for a keyword the one that it was found in, empty where that has no name.
  public var field: String
  /// The modifiers, as written.
  public var modifiers: [String]
  /// What the rule looks for, as written; all values, with commas, where it cannot be told which of them it was.
  public var expected: String?
  /// The text of the value right before ``matched``.
  public var before = ""
  /// The part of the value that the rule looked for; nil when the event does not have the field.
  public var matched: String?
  /// The text of the value right after ``matched``.
  public var after = ""

  /// How many reasons are given for one event at most.
  public static let limit = 12
  /// The longest texts that are kept, in characters.
  static let bounds = (expected: 200, before: 40, matched: 160, after: 80)

  init(selection: String?, field: String, modifiers: [String], expected: String?, part: MatchedPart?) {
    self.selection = selection
    self.field = field
    self.modifiers = modifiers
    self.expected = expected.map { Self.cut($0, to: Self.bounds.expected) }
    guard let part else { return }
    matched = Self.cut(part.matched, to: Self.bounds.matched)
    before =
      Self.isLong(part.before, Self.bounds.before) ? "…" + part.before.suffix(Self.bounds.before) : String(part.before)
    // What was cut within the matched part is not followed by what comes after it.
    after = Self.isLong(part.matched, Self.bounds.matched) ? "" : Self.cut(part.after, to: Self.bounds.after)
  }

  private static func cut(_ text: some StringProtocol, to limit: Int) -> String {
    isLong(text, limit) ? text.prefix(limit) + "…" : String(text)
  }

  /// Whether a text has more characters than a number; counts no further than that.
  private static func isLong(_ text: some StringProtocol, _ limit: Int) -> Bool {
    text.utf8.count > limit && !text.dropFirst(limit).isEmpty
  }
}
