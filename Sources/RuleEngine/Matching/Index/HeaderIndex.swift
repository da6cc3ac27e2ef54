/// Finds the few requirements that an event's header may satisfy, by provider, or else by channel, and event ID.
struct HeaderIndex: Sendable {
  /// Entries by event ID; those without one in a list of their own.
  private struct Table: Sendable {
    private var byID: [Int: [Int]] = [:]
    private var anyID: [Int] = []

    mutating func insert(_ entry: Int, eventIDs: Set<Int>?) {
      guard let eventIDs else { return anyID.append(entry) }
      for eventID in eventIDs { byID[eventID, default: []].append(entry) }
    }

    func forEach(eventID: Int?, _ body: (Int) -> Void) {
      if let eventID { byID[eventID]?.forEach(body) }
      anyID.forEach(body)
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
}
