import EventLog

/// What is left of a condition for events of one kind: everything that provider, channel and event ID decide is gone.
enum ResidualCondition: Sendable {
  /// Decided by the header.
  case constant(Bool)
  /// Must be asked of each event.
  case test(FieldTest)
  indirect case not(ResidualCondition)
  case all([ResidualCondition])
  case any([ResidualCondition])

  /// Decides what a header decides.
  ///
  /// - Parameters:
  ///   - node: The condition.
  ///   - kind: The header. Takes note of every answer, so that kinds with equal answers share what is made of them.
  init(_ node: Condition.Node, _ kind: inout KindInterview) {
    switch node {
    case .selection(let selection, _): self.init(selection, &kind)
    case .not(let inner): self = Self.negation(of: ResidualCondition(inner, &kind))
    case .all(let nodes): self = Self.conjunction(of: nodes) { ResidualCondition($0, &kind) }
    case .any(let nodes): self = Self.disjunction(of: nodes) { ResidualCondition($0, &kind) }
    }
  }

  /// Decides what a header decides of a selection.
  init(_ selection: Selection, _ kind: inout KindInterview) {
    switch selection {
    case .all(let tests): self = Self.conjunction(of: tests) { kind.ask($0) }
    case .any(let selections): self = Self.disjunction(of: selections) { ResidualCondition($0, &kind) }
    case .keywords(let test): self = .test(test)
    }
  }

  private static func negation(of inner: ResidualCondition) -> ResidualCondition {
    switch inner {
    case .constant(let value): .constant(!value)
    case .not(let twice): twice
    default: .not(inner)
    }
  }

  private static func conjunction<Part>(
    of parts: [Part], _ decide: (Part) -> ResidualCondition
  ) -> ResidualCondition {
    var open: [ResidualCondition] = []
    for part in parts {
      switch decide(part) {
      case .constant(false): return .constant(false)
      case .constant(true): continue
      case let residual: open.append(residual)
      }
    }
    return open.isEmpty ? .constant(true) : open.count == 1 ? open[0] : .all(open)
  }

  private static func disjunction<Part>(
    of parts: [Part], _ decide: (Part) -> ResidualCondition
  ) -> ResidualCondition {
    var open: [ResidualCondition] = []
    for part in parts {
      switch decide(part) {
      case .constant(true): return .constant(true)
      case .constant(false): continue
      case let residual: open.append(residual)
      }
    }
    return open.isEmpty ? .constant(false) : open.count == 1 ? open[0] : .any(open)
  }
}

/// Asks field tests about a header that has a provider, a channel and an event ID only, and notes the answers.
struct KindInterview {
  private let header: Event
  /// One answer after the other. Equal answers to the same conditions leave the same residual conditions.
  private(set) var answers: [HeaderVerdict] = []

  init(_ header: Event) { self.header = header }

  mutating func ask(_ test: FieldTest) -> ResidualCondition {
    guard case .system = test.reference else { return .test(test) }
    let answer = test.verdict(onHeader: header)
    answers.append(answer)
    return switch answer {
    case .unknown: .test(test)
    case .holds: .constant(true)
    case .fails: .constant(false)
    }
  }
}
