import EventLog
import Synchronization

/// Everything that rules ask of events of one kind, compiled: one provider, channel and event ID.
///
/// One pass over the values finds all literals. Only conditions whose triggers were found are looked at.
final class KindMatcher: Sendable {
  /// A condition, by its position in the engine, and where its steps begin.
  struct Entry: Sendable {
    var condition: Int
    var firstStep: Int32
  }

  /// The fields that conditions ask for.
  let references: [FieldReference]
  let terms: [MatchTerm]
  /// For each term, the tests that no literal decides; the others hold when one of their literals is found.
  let opaqueTests: Grouped<MatchTerm.OpaqueTest>
  let steps: [MatchStep]
  let entries: [Entry]
  /// The conditions that the header alone makes hold.
  let alwaysHolding: [Int]
  /// The entries that are looked at for every event.
  let untriggered: [Int]
  /// The entries that a term triggers.
  let triggered: Grouped<Int32>
  /// What finding each literal means.
  let effects: Grouped<LiteralEffect>
  let awaitedTestCount: Int
  /// For each reference, what finds its literals.
  private let sharedSearches: [SharedSearch]
  /// The reference to all values, if nothing but literals decides whether one of them fits.
  let keywords: Int?

  /// Whether no condition can hold for such events.
  var isEmpty: Bool { entries.isEmpty && alwaysHolding.isEmpty }

  /// For kinds that no condition is about.
  static let nothing = KindMatcher([])

  /// Compiles conditions.
  ///
  /// - Parameter conditions: What the header leaves of the conditions that may hold, with their positions in the engine.
  init(_ conditions: [(position: Int, condition: ResidualCondition)]) {
    var builder = KindMatcherBuilder(conditionCount: conditions.count)
    var always: [Int] = []
    var nodes: [(position: Int, node: KindMatcherBuilder.Node)] = []
    for (position, condition) in conditions {
      switch condition {
      case .constant(true): always.append(position)
      case .constant(false): continue
      default: nodes.append((position, builder.node(condition)))
      }
    }
    var program = MatchProgram(opaqueTests: builder.opaqueTests)
    entries = nodes.map { Entry(condition: $0.position, firstStep: program.add($0.node)) }
    steps = program.steps
    alwaysHolding = always
    references = builder.references
    terms = builder.terms
    opaqueTests = Grouped(builder.opaqueTests)
    effects = Grouped(builder.effects, groupCount: builder.literals.count)
    awaitedTestCount = builder.awaitedTestCount
    sharedSearches = Self.searches(builder)
    let opaque = Set(
      zip(builder.terms, builder.opaqueTests).filter { $1.contains { $0.awaited == nil } }.map(\.0.reference))
    keywords = builder.references.firstIndex(of: .anywhere).flatMap { opaque.contains($0) ? nil : $0 }
    (triggered, untriggered) = Self.triggers(builder, nodes.map(\.node))
  }

  /// What finds the literals of each reference. All threads that need it make it together: each makes what no other has
  /// begun, and only then waits for the others.
  func searches() -> [LiteralMatcher] {
    for search in sharedSearches { search.makeUnlessBegun() }
    return sharedSearches.map(\.matcher)
  }

  private static func searches(_ builder: KindMatcherBuilder) -> [SharedSearch] {
    var groups: [[(literal: Literal, number: Int32)]] = builder.references.map { _ in [] }
    for (number, literal) in builder.literals.enumerated() {
      groups[literal.reference].append((literal.literal, Int32(number)))
    }
    return groups.map(SharedSearch.init)
  }

  private static func triggers(
    _ builder: KindMatcherBuilder, _ nodes: [KindMatcherBuilder.Node]
  ) -> (Grouped<Int32>, untriggered: [Int]) {
    let triggers = Triggers(builder)
    var groups: [[Int32]] = builder.terms.map { _ in [] }
    var untriggered: [Int] = []
    for (entry, node) in nodes.enumerated() {
      guard let terms = triggers.terms(of: node) else {
        untriggered.append(entry)
        continue
      }
      for term in Set(terms) { groups[term].append(Int32(entry)) }
    }
    return (Grouped(groups), untriggered)
  }
}

/// What finds the literals of one reference, made by the first thread that comes to it.
private final class SharedSearch: Sendable {
  private let literals: [(literal: Literal, number: Int32)]
  private let made = Mutex<LiteralMatcher?>(nil)

  init(_ literals: [(literal: Literal, number: Int32)]) { self.literals = literals }

  /// Makes it, unless it is made or another thread is about it.
  func makeUnlessBegun() {
    _ = made.withLockIfAvailable { made in
      if made == nil { made = LiteralMatcher(literals) }
    }
  }

  /// What was made; waits for whoever makes it.
  var matcher: LiteralMatcher {
    made.withLock { made in
      let matcher = made ?? LiteralMatcher(literals)
      made = matcher
      return matcher
    }
  }
}
