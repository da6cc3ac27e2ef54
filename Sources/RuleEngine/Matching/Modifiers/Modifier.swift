/// One of Sigma's modifiers: what `|name` after a field does to the test being built.
///
/// A new modifier is a new constant in one of the groups next to this file.
struct Modifier: Sendable {
  /// The name after `|`.
  let name: String
  /// Changes the draft; throws when the modifier does not go with what stands before it.
  let apply: @Sendable (inout TestDraft) throws(MatchError) -> Void

  init(_ name: String, _ apply: @escaping @Sendable (inout TestDraft) throws(MatchError) -> Void) {
    self.name = name
    self.apply = apply
  }

  /// All modifiers, in the order in which a message lists them.
  static let all: [Modifier] = text + encoding + regex + network + number + time + reference + logic

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The modifier of that name.
  static func named(_ name: String) -> Modifier? { byName[name] }
}
