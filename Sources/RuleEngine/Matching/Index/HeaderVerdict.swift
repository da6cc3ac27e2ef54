import EventLog

/// What the header of an event says about a condition before the payload is known.
enum HeaderVerdict {
  case holds
  case fails
  case unknown
}

extension FieldTest {
  /// What the header of an event says about the test.
  ///
  /// - Parameter header: An event with provider, channel and event ID only; an empty or absent one is not known.
  /// - Returns: `unknown` where the rest of the event decides.
  func verdict(onHeader header: Event) -> HeaderVerdict {
    guard case .system(let field) = reference, !comparesFields else { return .unknown }
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
