/// The events that a summary learns from whether or not a rule matches them: which addresses belong to whom, how far
/// clocks were off, which logs were cleared.
enum TellingEvents {
  private static let eventIDs: [String: Set<Int>] = [
    "microsoft-windows-security-auditing": AddressBook.eventIDs,
    "microsoft-windows-kernel-general": [1],
    "microsoft-windows-time-service": ClockShifts.timeServiceIDs,
    "w32time": ClockShifts.timeServiceIDs,
    "microsoft-windows-eventlog": LogClearings.eventIDs,
    "eventlog": LogClearings.eventIDs,
  ]

  /// Whether events of this kind must be looked at closely.
  static func include(provider: String, eventID: Int?) -> Bool {
    guard let eventID else { return false }
    return eventIDs[provider.lowercased()]?.contains(eventID) ?? false
  }
}
