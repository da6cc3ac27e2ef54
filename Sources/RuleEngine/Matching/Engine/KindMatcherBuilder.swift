/// Compiles the residual conditions of a kind.
struct KindMatcherBuilder {
  /// A term of a condition.
  enum Node {
    case term(Int)
    indirect case not(Node)
    case all([Node])
    case any([Node])
  }

  private struct TermKey: Hashable {
    var test: FieldTest
    /// The value of a test that all values must fit.
    var value: Int?
  }

  private struct LiteralKey: Hashable {
    var reference: Int
    var literal: Literal

    func hash(into hasher: inout Hasher) {
      hasher.combine(reference)
      hasher.combine(literal.position)
      // All at once, which is faster than byte by byte.
      literal.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private(set) var references: [FieldReference] = []
  private(set) var terms: [MatchTerm] = []
  private(set) var opaqueTests: [[MatchTerm.OpaqueTest]] = []
  private(set) var literals: [(reference: Int, literal: Literal)] = []
  /// What finding each literal means, in the order of the terms.
  private(set) var effects: [(group: Int32, element: LiteralEffect)] = []
  private(set) var awaitedTestCount = 0
  /// How many times conditions ask for each term.
  private(set) var uses: [Int] = []
  /// The literals of the terms, those of one after those of the other.
  private var termLiterals: [Int32] = []
  /// Where each term's literals end.
  private var literalEnds: [Int] = []
  /// The last that finding each literal means.
  private var lastEffects: [LiteralEffect] = []

  private var referencePositions: [FieldReference: Int] = [:]
  private var termPositions: [TermKey: Int] = [:]
  private var literalPositions: [LiteralKey: Int32] = [:]

  /// - Parameter conditionCount: How many conditions there will be, about.
  init(conditionCount: Int) {
    // Tables that grow are filled again and again.
    termPositions.reserveCapacity(4 * conditionCount)
    literalPositions.reserveCapacity(10 * conditionCount)
  }

  /// The terms of a condition.
  ///
  /// - Parameter condition: A condition that the header does not decide.
  /// - Returns: The condition over terms.
  mutating func node(_ condition: ResidualCondition) -> Node {
    switch condition {
    // Only whole conditions are constant, and those are not compiled.
    case .constant(let value): value ? .all([]) : .any([])
    case .test(let test): node(test)
    case .not(let inner): .not(node(inner))
    case .all(let parts): .all(parts.map { node($0) })
    case .any(let parts): .any(parts.map { node($0) })
    }
  }

  private mutating func node(_ test: FieldTest) -> Node {
    let positive: Node =
      if test.requiresAll {
        .all(test.tests.indices.map { .term(term(test, [test.tests[$0]], value: $0)) })
      } else {
        .term(term(test, test.tests, value: nil))
      }
    return test.isNegated ? .not(positive) : positive
  }

  private mutating func term(_ test: FieldTest, _ tests: [ValueTest], value: Int?) -> Int {
    let key = TermKey(test: test, value: value)
    if let position = termPositions[key] {
      uses[position] += 1
      return position
    }
    let position = terms.count
    termPositions[key] = position
    terms.append(MatchTerm(reference: reference(test.reference)))
    opaqueTests.append([])
    uses.append(1)
    for test in tests { add(test, to: position) }
    literalEnds.append(termLiterals.count)
    return position
  }

  /// The literals of a term.
  func literals(ofTerm term: Int) -> ArraySlice<Int32> {
    termLiterals[(term == 0 ? 0 : literalEnds[term - 1])..<literalEnds[term]]
  }

  private mutating func add(_ test: ValueTest, to term: Int) {
    if test.fitsAbsence { terms[term].fitsAbsence = true }
    switch test.literalNeed {
    case .exactly(let literal): expect(literal, .holds(term: Int32(term)), term)
    case .atLeast(let literals):
      let effect = LiteralEffect.allows(test: Int32(awaitedTestCount), term: Int32(term))
      for literal in literals { expect(literal, effect, term) }
      opaqueTests[term].append(.init(test, awaited: awaitedTestCount))
      awaitedTestCount += 1
    case .unknown:
      let other: Int? = if case .field(let comparison) = test { reference(comparison.reference) } else { nil }
      opaqueTests[term].append(.init(test, other: other))
      terms[term].waitsForLiterals = false
    }
  }

  private mutating func expect(_ literal: Literal, _ effect: LiteralEffect, _ term: Int) {
    let key = LiteralKey(reference: terms[term].reference, literal: literal)
    if let known = literalPositions[key] {
      if lastEffects[Int(known)] == effect { return }
      lastEffects[Int(known)] = effect
      note(known, effect)
    } else {
      let position = Int32(literals.count)
      literalPositions[key] = position
      literals.append((key.reference, literal))
      lastEffects.append(effect)
      note(position, effect)
    }
  }

  private mutating func note(_ literal: Int32, _ effect: LiteralEffect) {
    effects.append((literal, effect))
    termLiterals.append(literal)
  }

  private mutating func reference(_ reference: FieldReference) -> Int {
    if let position = referencePositions[reference] { return position }
    references.append(reference)
    referencePositions[reference] = references.count - 1
    return references.count - 1
  }
}
