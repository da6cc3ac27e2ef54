/// Finds the few requirements that an event's header may satisfy, by provider, or else by channel, and event ID.
struct HeaderIndex: Sendable {
  /// Entries by event ID; those without one in a list of their own.
  private struct Table: Sendable {
    private var byID: [Int: [Int]] = [:]
    private var anyID: [Int] = []

    var isEmpty: Bool { byID.isEmpty && anyID.isEmpty }

    mutating func insert(_ entry: Int, eventIDs: Set<Int>?) {
      guard let eventIDs else { return anyID.append(entry) }
      for eventID in eventIDs { byID[eventID, default: []].append(entry) }
    }

    func forEach(eventID: Int?, _ body: (Int) -> Void) {
      if let eventID { byID[eventID]?.forEach(body) }
      anyID.forEach(body)
    }

    /// An unknown event ID may turn out to be any.
    func mayContain(eventID: Int?) -> Bool {
      guard let eventID else { return !isEmpty }
      return !anyID.isEmpty || byID[eventID] != nil
    }
  }

  private var byProvider: [FoldedText: Table] = [:]
  private var byChannel: [FoldedText: Table] = [:]
  private var others = Table()

  /// Indexes requirements; entries are their positions.
  init(_ requirements: [HeaderRequirement]) {
    for (entry, requirement) in requirements.enumerated() {
      let eventIDs = requirement.eventIDs
      if let providers = requirement.providers {
        for provider in providers { byProvider[provider, default: Table()].insert(entry, eventIDs: eventIDs) }
      } else if let channels = requirement.channels {
        for channel in channels { byChannel[channel, default: Table()].insert(entry, eventIDs: eventIDs) }
      } else {
        others.insert(entry, eventIDs: eventIDs)
      }
    }
  }

  /// Calls `body` once with every entry that the header may satisfy, in no order.
  func forEachCandidate(provider: String, eventID: Int?, channel: String, _ body: (Int) -> Void) {
    if !byProvider.isEmpty { byProvider[FoldedText(provider)]?.forEach(eventID: eventID, body) }
    if !byChannel.isEmpty { byChannel[FoldedText(channel)]?.forEach(eventID: eventID, body) }
    others.forEach(eventID: eventID, body)
  }

  /// Whether there is any candidate. What the header does not tell, an empty provider or channel or no event ID, may
  /// turn out to be anything.
  func mayContain(provider: String, eventID: Int?, channel: String) -> Bool {
    others.mayContain(eventID: eventID)
      || Self.mayContain(byProvider, name: provider, eventID: eventID)
      || Self.mayContain(byChannel, name: channel, eventID: eventID)
  }

  private static func mayContain(_ tables: [FoldedText: Table], name: String, eventID: Int?) -> Bool {
    if name.isEmpty { return tables.values.contains { $0.mayContain(eventID: eventID) } }
    return tables[FoldedText(name)]?.mayContain(eventID: eventID) ?? false
  }
}
