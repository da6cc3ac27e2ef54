import EventLog
import Testing

@testable import RuleEngine
@testable import Triage

/// Every cause that the shipped rules know is reached by the evidence that they name for it.
@Suite("every cause of every rule") struct EveryCauseTests {
  /// Each cause with evidence, with the first of the rule's own events that is no evidence by itself.
  private static let cases: [CauseCase] = Shipped.rules.rules.filter { !$0.isSignal }.flatMap { rule in
    let firing = rule.tests.filter { $0.kind == .fires }
    return rule.guidance.causes.indices.filter { !rule.guidance.causes[$0].evidence.isEmpty }.compactMap { index in
      let cases = firing.flatMap { CauseCase.variants(of: $0.event) }.lazy
        .map { CauseCase(rule, cause: index, finding: $0) }
      return cases.first { $0.isSilent } ?? cases.first
    }
  }

  private static func failures(_ judge: (CauseCase) -> [String]) -> [String] {
    cases.flatMap { example in judge(example).map { "\(example): \($0)" } }
  }

  @Test("is supported by each event that speaks for it, alone")
  func supported() {
    expectNone(
      Self.failures { example in
        example.definition.evidence.enumerated().filter { $1.direction == .supports }.flatMap { position, evidence in
          let alternatives = example.events(for: evidence)
          if alternatives.isEmpty { return ["evidence \(position + 1) stands for no event"] }
          return alternatives.indices.compactMap { index -> String? in
            let verdict = example.verdict(with: alternatives[index])
            if verdict?.verdict == .supported { return nil }
            return
              "evidence \(position + 1), alternative \(index + 1) leaves it \(verdict?.verdict.rawValue ?? "unjudged")"
          }
        }
      })
  }

  @Test("is contradicted by each event that speaks against it, alone")
  func contradicted() {
    expectNone(
      Self.failures { example in
        guard example.verdict(with: [])?.verdict != .supported else { return [] }
        return example.definition.evidence.enumerated().filter { $1.direction == .contradicts }.flatMap {
          position, evidence in
          let alternatives = example.events(for: evidence)
          if alternatives.isEmpty { return ["evidence \(position + 1) stands for no event"] }
          return alternatives.indices.compactMap { index -> String? in
            let verdict = example.verdict(with: alternatives[index])
            if verdict?.verdict == .contradicted { return nil }
            return
              "evidence \(position + 1), alternative \(index + 1) leaves it \(verdict?.verdict.rawValue ?? "unjudged")"
          }
        }
      })
  }

  @Test("is undecided with the finding alone")
  func undecided() {
    expectNone(
      Self.failures { example in
        let verdict = example.verdict(with: [])
        guard example.isSilent, verdict?.verdict != .undecided else { return [] }
        return ["it is \(verdict?.verdict.rawValue ?? "unjudged")"]
      })
  }

  @Test("is not supported when its logs cover the time and hold nothing")
  func notSupported() {
    expectNone(
      Self.failures { example in
        let verdict = example.verdict(with: example.coveringLogs)
        guard example.isSilent, example.definition.evidence.contains(where: { $0.direction == .supports })
        else { return [] }
        if verdict?.verdict == .notSupported { return [] }
        // A finding that says that the log was cleared stands in the way of its own causes.
        if let missing = verdict?.missing, !missing.isEmpty, missing.allSatisfy({ $0.reason == .cleared }) { return [] }
        let missing = verdict?.missing.map { "\($0.channel) of \($0.computer ?? "a controller") \($0.reason)" } ?? []
        return ["it is \(verdict?.verdict.rawValue ?? "unjudged"): \(missing)"]
      })
  }

  @Test("no cause is shown by its own finding in every test of its rule")
  func silent() {
    expectNone(Self.failures { $0.isSilent ? [] : ["its own event is evidence"] })
  }

  private func expectNone(_ failures: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      failures.isEmpty, "\(failures.count):\n\(failures.joined(separator: "\n"))", sourceLocation: sourceLocation)
  }
}
