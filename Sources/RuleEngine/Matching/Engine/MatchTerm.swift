/// What conditions are made of: any of some tests, asked of the values of one field.
///
/// Rules that ask the same share a term, and its answer is worked out at most once for an event.
struct MatchTerm: Sendable {
  /// The field, by its position among the references of the kind.
  var reference: Int
  /// Whether an event without the field fits.
  var fitsAbsence = false
  /// Whether only finding a literal can make it hold, so that nothing needs to be asked without one.
  var waitsForLiterals = true

  /// A test that must be asked; a class, so that asking copies nothing.
  final class OpaqueTest: Sendable {
    let test: ValueTest
    /// Its number when it can only hold after one of its literals was found.
    let awaited: Int?
    /// The position of the reference whose values it compares with, for ``ValueTest/field(_:)``.
    let other: Int?

    init(_ test: ValueTest, awaited: Int? = nil, other: Int? = nil) {
      self.test = test
      self.awaited = awaited
      self.other = other
    }
  }
}

/// What finding a literal means.
enum LiteralEffect: Sendable, Hashable {
  /// A term holds.
  case holds(term: Int32)
  /// A test of a term may hold.
  case allows(test: Int32, term: Int32)
}

/// A step of a condition: ask for a term, and go on by the answer.
struct MatchStep: Sendable {
  var term: Int32
  var onTrue: Int32
  var onFalse: Int32

  /// Where a step leads that decides the condition.
  static let holds: Int32 = -1
  static let fails: Int32 = -2
}
