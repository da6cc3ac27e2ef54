import EventLog

/// What running the rules' own tests came to.
public struct RuleTestReport: Sendable, Hashable {
  /// The number of tests that held.
  public var passedCount = 0
  /// The tests that did not hold, in the order of the rules.
  public var failures: [RuleTestFailure] = []

  /// The number of tests that were run.
  public var count: Int { passedCount + failures.count }
}

/// A test of a rule that did not hold.
public struct RuleTestFailure: Sendable, Hashable {
  /// What went wrong.
  public enum Reason: Sendable, Hashable {
    /// The rule should match the event and does not.
    case doesNotFire
    /// The rule should not match the event and does.
    case isNotQuiet
    /// The rule's sentence differs from the expected one.
    case message(expected: String, actual: String?)
  }

  /// The rule.
  public var ruleID: String
  /// What went wrong.
  public var reason: Reason
  /// Where the test stands.
  public var source: RuleSource

  /// What went wrong, in words.
  public var message: String {
    switch reason {
    case .doesNotFire: "rule '\(ruleID)' does not match the event that should make it fire"
    case .isNotQuiet: "rule '\(ruleID)' matches the event on which it should stay quiet"
    case .message(let expected, let actual):
      "rule '\(ruleID)' says \(actual.map { "\"\($0)\"" } ?? "nothing") instead of \"\(expected)\""
    }
  }
}

extension RuleSet {
  /// Runs the tests of all rules, through the index as for any event.
  ///
  /// - Returns: How many tests held, and every one that did not.
  public func runTests() -> RuleTestReport {
    var report = RuleTestReport()
    let scratch = makeScratch()
    for (index, rule) in rules.enumerated() {
      for test in rule.tests {
        let fires = test.event.withFields { matches($0, scratch) }.rules.contains(index)
        if let reason = rule.failure(of: test, fires: fires) {
          report.failures.append(RuleTestFailure(ruleID: rule.id, reason: reason, source: test.source))
        } else {
          report.passedCount += 1
        }
      }
    }
    return report
  }
}

extension Rule {
  fileprivate func failure(of test: RuleTest, fires: Bool) -> RuleTestFailure.Reason? {
    switch (test.kind, fires) {
    case (.fires, false): return .doesNotFire
    case (.quiet, true): return .isNotQuiet
    case (.quiet, false): return nil
    case (.fires, true):
      guard let expected = test.expectedMessage else { return nil }
      let actual = sentence(for: test.event, language: "en")
      return actual == expected ? nil : .message(expected: expected, actual: actual)
    }
  }
}
