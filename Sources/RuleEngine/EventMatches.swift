/// What an event matches.
///
/// Few combinations occur among many events, so each is made once; copies cost nothing.
public struct EventMatches: Sendable, Hashable {
  private final class Lists: Sendable {
    let rules: [Int]
    let evidence: [Int]

    init(rules: [Int], evidence: [Int]) {
      self.rules = rules
      self.evidence = evidence
    }
  }

  private let lists: Lists

  /// What an event matches that matches nothing.
  public static let none = EventMatches(rules: [], evidence: [])

  /// Makes a list.
  ///
  /// - Parameters:
  ///   - rules: See ``rules``.
  ///   - evidence: See ``evidence``.
  public init(rules: [Int], evidence: [Int]) { lists = Lists(rules: rules, evidence: evidence) }

  /// The rules, as ascending indexes into ``RuleSet/rules``.
  public var rules: [Int] { lists.rules }

  /// The evidence that the event is, as ascending indexes into ``RuleSet/evidenceSelections``.
  public var evidence: [Int] { lists.evidence }

  /// Whether the event matches nothing.
  public var isEmpty: Bool { lists.rules.isEmpty && lists.evidence.isEmpty }

  /// Whether both were made at once; those that were not may still be equal.
  public func isSame(as other: EventMatches) -> Bool { lists === other.lists }

  /// Whether the same rules and evidence match.
  public static func == (left: EventMatches, right: EventMatches) -> Bool {
    left.isSame(as: right) || (left.rules == right.rules && left.evidence == right.evidence)
  }

  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rules)
    hasher.combine(evidence)
  }
}

extension EventMatches {
  /// - Parameters:
  ///   - positions: Positions in the engine, where the conditions of the rules come before the evidence.
  ///   - ruleCount: How many rules there are.
  init(_ positions: [Int], ruleCount: Int) {
    let sorted = positions.sorted()
    self.init(
      rules: sorted.filter { $0 < ruleCount }, evidence: sorted.filter { $0 >= ruleCount }.map { $0 - ruleCount })
  }
}

/// The combinations of matches that a thread has met among the events of a kind.
struct KnownMatches {
  private static let capacity = 64
  private var known: [(found: [Int], matches: EventMatches)] = []
  private var last = 0

  /// The matches for positions in the engine, in the order of finding them.
  @inline(__always)
  mutating func matches(_ found: [Int], ruleCount: Int) -> EventMatches {
    if last < known.count, known[last].found == found { return known[last].matches }
    return look(up: found, ruleCount)
  }

  @inline(never)
  private mutating func look(up found: [Int], _ ruleCount: Int) -> EventMatches {
    if let index = known.firstIndex(where: { $0.found == found }) {
      last = index
      return known[index].matches
    }
    // A hostile log may have a new combination in every event.
    if known.count == Self.capacity { known = [] }
    last = known.count
    known.append((found, EventMatches(found, ruleCount: ruleCount)))
    return known[last].matches
  }
}
