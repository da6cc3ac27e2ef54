import EventLog

/// What the header of an event says about a condition before the payload is known.
enum HeaderVerdict {
  case holds
  case fails
  case unknown

  var negated: HeaderVerdict {
    switch self {
    case .holds: .fails
    case .fails: .holds
    case .unknown: .unknown
    }
  }

  /// What all of several parts come to.
  static func all(_ verdicts: some Sequence<HeaderVerdict>) -> HeaderVerdict {
    var result = HeaderVerdict.holds
    for verdict in verdicts {
      if verdict == .fails { return .fails }
      if verdict == .unknown { result = .unknown }
    }
    return result
  }

  /// What any of several parts comes to.
  static func any(_ verdicts: some Sequence<HeaderVerdict>) -> HeaderVerdict {
    all(verdicts.lazy.map(\.negated)).negated
  }
}

extension Condition {
  /// What the header of an event says about the condition.
  ///
  /// - Parameter header: An event with provider, channel and event ID only; an empty or absent one is not known.
  /// - Returns: `unknown` where the payload decides.
  func verdict(onHeader header: Event) -> HeaderVerdict { root.verdict(onHeader: header) }
}

extension Condition.Node {
  fileprivate func verdict(onHeader header: Event) -> HeaderVerdict {
    switch self {
    case .selection(let selection): selection.verdict(onHeader: header)
    case .not(let node): node.verdict(onHeader: header).negated
    case .all(let nodes): .all(nodes.lazy.map { $0.verdict(onHeader: header) })
    case .any(let nodes): .any(nodes.lazy.map { $0.verdict(onHeader: header) })
    }
  }
}

extension Selection {
  func verdict(onHeader header: Event) -> HeaderVerdict {
    switch self {
    case .all(let tests): .all(tests.lazy.map { $0.verdict(onHeader: header) })
    case .any(let selections): .any(selections.lazy.map { $0.verdict(onHeader: header) })
    case .keywords: .unknown
    }
  }
}

extension FieldTest {
  func verdict(onHeader header: Event) -> HeaderVerdict {
    guard case .system(let field) = reference else { return .unknown }
    let isKnown =
      switch field {
      case .providerName: !header.provider.name.isEmpty
      case .channel: !header.channel.isEmpty
      case .eventID: header.eventID != nil
      default: false
      }
    guard isKnown else { return .unknown }
    return matches(header) ? .holds : .fails
  }
}
