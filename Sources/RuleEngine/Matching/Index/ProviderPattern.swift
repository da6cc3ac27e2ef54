import EventLog

extension Condition {
  /// Whether the condition asks for the provider by its name, which may have wildcards.
  func names(provider: String) -> Bool {
    var header = Event()
    header.provider.name = provider
    return root.names(header)
  }
}

extension Condition.Node {
  fileprivate func names(_ header: Event) -> Bool {
    switch self {
    case .selection(let selection, _): selection.names(header)
    case .not: false
    case .all(let nodes), .any(let nodes): nodes.contains { $0.names(header) }
    }
  }
}

extension Selection {
  fileprivate func names(_ header: Event) -> Bool {
    switch self {
    case .all(let tests):
      tests.contains { $0.reference == .system(.providerName) && $0.modifiers.isEmpty && $0.matches(header) }
    case .any(let selections): selections.contains { $0.names(header) }
    case .keywords: false
    }
  }
}
