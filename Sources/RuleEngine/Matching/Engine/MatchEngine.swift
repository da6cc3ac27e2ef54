import EventLog
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
    var header = Event()
    header.provider.name = provider
    header.eventID = eventID
    header.channel = channel
    var interview = KindInterview(header)
    let conditions = candidates.map { ($0, residual(questions[$0], &interview)) }
    let answers = KindAnswers(candidates: candidates, answers: interview.answers)
    let kind = kinds.withLock { kinds in
      if let known = kinds[answers] { return known }
      // Kinds that differ in nothing that rules ask share a matcher, so that this many are never met.
      if kinds.count >= Self.mostKinds { kinds = [:] }
      let kind = Kind()
      kinds[answers] = kind
      return kind
    }
    return kind.matcher { KindMatcher(conditions) }
  }

  /// The conditions that the header may satisfy, in ascending order.
  func candidates(provider: String, eventID: Int?, channel: String) -> [Int] {
    var candidates: [Int] = []
    index.forEachCandidate(provider: provider, eventID: eventID, channel: channel) { candidates.append($0) }
    return candidates.sorted()
  }

  private func residual(_ question: Question, _ interview: inout KindInterview) -> ResidualCondition {
    switch question {
    case .condition(let condition): ResidualCondition(condition.root, &interview)
    case .selection(let selection): ResidualCondition(selection, &interview)
    }
  }
}
