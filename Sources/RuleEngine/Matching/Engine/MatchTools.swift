import EventLog

/// What a thread matches with, whatever the kind of event: memory to fold values in, and counts.
final class MatchTools {
  let folder = ValueFolder()
  private let workspace = RegexWorkspace()
  /// How many tests were asked of a value.
  private(set) var askedTests = 0
  /// How many attempts of regular expressions were given up.
  private(set) var abandonedAttempts = 0
  /// How many bytes of values may still be remembered, over all kinds of events.
  var memoRoom = 8 * 1024 * 1024
  /// Whether answers may be remembered; what rules cost shows only when they are asked.
  let remembers: Bool
  /// What each condition cost; nil when nobody asks.
  private(set) var profile: RuleProfile?

  init(profiles conditionCount: Int?) {
    profile = conditionCount.map(RuleProfile.init)
    remembers = conditionCount == nil
  }

  /// Whether a test fits a value.
  func fits(_ test: ValueTest, _ value: MatchedValue) -> Bool {
    askedTests += 1
    switch (test, value) {
    case (.text(let pattern), .text(let text)): return pattern.matches(text.assumingMemoryBound(to: UInt8.self))
    case (.regex(let regex), _):
      var fits = false
      value.withText { text in
        let outcome = regex.outcome(text, workspace)
        if outcome == .abandoned { abandonedAttempts += 1 }
        fits = outcome == .fits
      }
      return fits
    case (.number(let order, let number), .text(let text)):
      return Number(utf8: text)?.stands(order, to: number) ?? false
    case (.network(let network), .text(let text)): return IPAddress(utf8: text).map(network.contains) ?? false
    case (.presence(let isWanted), _): return isWanted
    case (.noValue, .text(let text)): return text.isEmpty
    case (.anyOf(let tests), _): return tests.contains { fits($0, value) }
    case (_, .text(let text)): return test.fits(.text(String(decoding: text, as: UTF8.self)))
    case (_, .value(let value)): return test.fits(value)
    }
  }

  /// Takes note of a condition that was looked at.
  func note(condition: Int, tests: Int, holds: Bool) {
    profile?.note(condition: condition, tests: tests, matches: holds)
  }
}
