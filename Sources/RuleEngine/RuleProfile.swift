import Synchronization

/// What each rule cost while events were matched; the same for any number of threads.
public struct RuleProfile: Sendable, Hashable {
  /// What one rule cost.
  public struct Cost: Sendable, Hashable {
    /// For how many events the rule was looked at, because a text that it needs was found or because it needs none.
    public var evaluations = 0
    /// How many of them it matched.
    public var matches = 0
    /// How many tests were asked of values for it: numbers, networks, regular expressions, patterns with wildcards. What
    /// another rule had asked of the same event before is not counted again.
    public var tests = 0

    mutating func add(tests count: Int, matches: Bool) {
      evaluations += 1
      tests += count
      if matches { self.matches += 1 }
    }

    mutating func merge(_ other: Cost) {
      evaluations += other.evaluations
      matches += other.matches
      tests += other.tests
    }
  }

  /// By the position of the rule; costs of evidence follow.
  private var costs: [Cost] = []

  /// Makes an empty profile.
  public init() {}

  init(conditionCount: Int) { costs = Array(repeating: Cost(), count: conditionCount) }

  mutating func note(condition: Int, tests: Int, matches: Bool) { costs[condition].add(tests: tests, matches: matches) }

  /// Adds what another thread saw of the same rules.
  public mutating func merge(_ other: RuleProfile) {
    if costs.isEmpty {
      costs = other.costs
    } else {
      for (index, cost) in other.costs.enumerated() { costs[index].merge(cost) }
    }
  }

  /// The rules that cost the most: by tests, then evaluations, then ID. Those that were never looked at are left out.
  ///
  /// - Parameters:
  ///   - count: How many rules at most.
  ///   - rules: The rules that events were matched with.
  /// - Returns: The rules with their costs, the most expensive first.
  public func mostExpensive(_ count: Int, of rules: RuleSet) -> [(rule: Rule, cost: Cost)] {
    let looked = zip(rules.rules, costs).filter { $0.1.evaluations > 0 }
    let sorted = looked.sorted { left, right in
      (right.1.tests, right.1.evaluations, left.0.id) < (left.1.tests, left.1.evaluations, right.0.id)
    }
    return sorted.prefix(count).map { (rule: $0.0, cost: $0.1) }
  }
}

/// Collects what rules cost from all threads of a run.
public final class RuleProfiler: Sendable {
  private let collected = Mutex(RuleProfile())

  /// Makes a profiler for one run.
  public init() {}

  /// What was collected.
  public var profile: RuleProfile { collected.withLock { $0 } }

  /// Adds what one thread saw.
  public func add(_ profile: RuleProfile) { collected.withLock { $0.merge(profile) } }
}
