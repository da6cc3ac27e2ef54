import Synchronization

/// All conditions of a rule set, compiled for each kind of event when the first such event comes.
///
/// What an event costs does not grow with conditions about other kinds, and hardly with those about its own.
final class MatchEngine: Sendable {
  /// A kind that is compiled by the thread that meets it first, while others that need it wait.
  private final class Kind: Sendable {
    private let matcher = Mutex<KindMatcher?>(nil)

    func matcher(_ compile: () -> KindMatcher) -> KindMatcher {
      matcher.withLock { matcher in
        let compiled = matcher ?? compile()
        matcher = compiled
        return compiled
      }
    }
  }

  private struct KindAnswers: Hashable {
    var candidates: [Int]
    var answers: [HeaderVerdict]
  }

  /// What an engine is made of.
  enum Question: Sendable {
    case condition(Condition)
    case selection(Selection)
  }

  private static let mostKinds = 1024

  private let questions: [Question]
  private let index: HeaderIndex
  private let kinds = Mutex<[KindAnswers: Kind]>([:])

  /// How many conditions there are.
  var count: Int { questions.count }

  /// - Parameters:
  ///   - questions: The conditions; results name them by their positions.
  ///   - requirements: What each asks of the header.
  init(_ questions: [Question], requirements: [HeaderRequirement]) {
    self.questions = questions
    index = HeaderIndex(requirements)
  }

  /// What is compiled for events of a kind.
  func matcher(provider: String, eventID: Int?, channel: String) -> KindMatcher {
    let candidates = candidates(provider: provider, eventID: eventID, channel: channel)
    if candidates.isEmpty { return .nothing }
    let header = KindHeader(provider: provider, eventID: eventID, channel: channel)
    let answers = KindAnswers(candidates: candidates, answers: answers(to: candidates, header))
    let kind = kinds.withLock { kinds in
      if let known = kinds[answers] { return known }
      // Kinds that differ in nothing that rules ask share a matcher, so that this many are never met.
      if kinds.count >= Self.mostKinds { kinds = [:] }
      let kind = Kind()
      kinds[answers] = kind
      return kind
    }
    return kind.matcher { KindMatcher(candidates.map { ($0, residual(questions[$0], header)) }) }
  }

  /// The conditions that the header may satisfy, in ascending order.
  func candidates(provider: String, eventID: Int?, channel: String) -> [Int] {
    var candidates: [Int] = []
    index.forEachCandidate(provider: provider, eventID: eventID, channel: channel) { candidates.append($0) }
    return candidates.sorted()
  }

  /// What a header says to the tests that it may answer; equal answers leave the same of the conditions.
  private func answers(to candidates: [Int], _ header: KindHeader) -> [HeaderVerdict] {
    var answers: [HeaderVerdict] = []
    for candidate in candidates {
      questions[candidate].forEachTest { test in
        if case .system = test.reference { answers.append(header.verdict(on: test)) }
      }
    }
    return answers
  }

  private func residual(_ question: Question, _ header: KindHeader) -> ResidualCondition {
    switch question {
    case .condition(let condition): ResidualCondition(condition.root, header)
    case .selection(let selection): ResidualCondition(selection, header)
    }
  }
}

extension MatchEngine.Question {
  /// Calls `body` with every field test in it.
  fileprivate func forEachTest(_ body: (FieldTest) -> Void) {
    switch self {
    case .condition(let condition): condition.forEachTest(body)
    case .selection(let selection): selection.forEachTest(body)
    }
  }
}
