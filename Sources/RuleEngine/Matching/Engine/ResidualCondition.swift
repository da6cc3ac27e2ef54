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
  ///   - header: The header.
  init(_ node: Condition.Node, _ header: KindHeader) {
    switch node {
    case .selection(let selection, _): self.init(selection, header)
    case .not(let inner): self = Self.negation(of: ResidualCondition(inner, header))
    case .all(let nodes): self = Self.conjunction(of: nodes) { ResidualCondition($0, header) }
    case .any(let nodes): self = Self.disjunction(of: nodes) { ResidualCondition($0, header) }
    }
  }

  /// Decides what a header decides of a selection.
  init(_ selection: Selection, _ header: KindHeader) {
    switch selection {
    case .all(let tests): self = Self.conjunction(of: tests) { ResidualCondition($0, header) }
    case .any(let selections): self = Self.disjunction(of: selections) { ResidualCondition($0, header) }
    case .keywords(let test): self = .test(test)
    }
  }

  private init(_ test: FieldTest, _ header: KindHeader) {
    self =
      switch header.verdict(on: test) {
      case .unknown: .test(test)
      case .holds: .constant(true)
      case .fails: .constant(false)
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

extension Condition {
  /// Whether events with a header may fit.
  func mayMatch(_ header: KindHeader) -> Bool {
    if case .constant(false) = ResidualCondition(root, header) { false } else { true }
  }
}

/// The header of a kind's events, asked field tests. Most rules of a kind share the tests of their log source, so each
/// test is answered once.
final class KindHeader {
  private let event: Event
  private var verdicts: [ObjectIdentifier: HeaderVerdict] = [:]

  init(provider: String, eventID: Int?, channel: String) {
    var event = Event()
    event.provider.name = provider
    event.eventID = eventID
    event.channel = channel
    self.event = event
  }

  /// What it says about a test; only tests of fields of `<System>` can be known.
  func verdict(on test: FieldTest) -> HeaderVerdict {
    guard case .system = test.reference else { return .unknown }
    if let known = verdicts[test.identity] { return known }
    let verdict = test.verdict(onHeader: event)
    verdicts[test.identity] = verdict
    return verdict
  }
}
