public import EventLog

/// What a thread needs to match events, made once and used for one event after the other.
public final class MatchScratch {
  private struct Kind: Hashable {
    let provider: [UInt8]
    let channel: [UInt8]
    let eventID: Int?

    init(_ header: EventHeader) {
      (provider, channel, eventID) = (Array(header.provider), Array(header.channel), header.eventID)
    }
  }

  private static let mostKinds = 4096

  private let engine: MatchEngine
  private let ruleCount: Int
  let tools: MatchTools
  private var kinds: [Kind: KindState?] = [:]
  private var states: [ObjectIdentifier: KindState] = [:]

  init(_ engine: MatchEngine, ruleCount: Int, profiles: Bool) {
    self.engine = engine
    self.ruleCount = ruleCount
    tools = MatchTools(profiles: profiles ? engine.count : nil)
  }

  /// How many attempts of regular expressions took too many steps and were given up.
  public var abandonedAttempts: Int { tools.abandonedAttempts }

  /// What the rules cost so far; nil when the scratch was not made to take note.
  public var profile: RuleProfile? { tools.profile }

  /// What matches events with such a header; nil when none can match a rule or be evidence for one.
  public func state(for header: EventHeader) -> KindState? {
    let kind = Kind(header)
    if let known = kinds[kind] { return known }
    // A hostile log may have a new kind in every event.
    if kinds.count == Self.mostKinds { (kinds, states) = ([:], [:]) }
    let state = makeState(header)
    kinds.updateValue(state, forKey: kind)
    return state
  }

  private func makeState(_ header: EventHeader) -> KindState? {
    let matcher = engine.matcher(
      provider: String(decoding: header.provider, as: UTF8.self), eventID: header.eventID,
      channel: String(decoding: header.channel, as: UTF8.self))
    if matcher.isEmpty { return nil }
    if let state = states[ObjectIdentifier(matcher)] { return state }
    let state = KindState(matcher, ruleCount: ruleCount)
    states[ObjectIdentifier(matcher)] = state
    return state
  }
}
