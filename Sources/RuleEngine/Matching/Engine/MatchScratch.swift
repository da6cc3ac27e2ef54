public import EventLog

/// What a thread needs to match events, made once and used for one event after the other.
public final class MatchScratch {
  private struct Kind {
    var provider: [UInt8]
    var channel: [UInt8]
    var eventID: Int?
    var state: KindState?

    func isKind(of header: EventHeader) -> Bool {
      eventID == header.eventID && provider.elementsEqual(header.provider) && channel.elementsEqual(header.channel)
    }
  }

  private static let mostKinds = 4096

  private let engine: MatchEngine
  private let ruleCount: Int
  let tools: MatchTools
  private var kinds: [Kind] = []
  private var positions: [UInt64: Int] = [:]
  private var states: [ObjectIdentifier: KindState] = [:]
  private var last = 0

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
    if last < kinds.count, kinds[last].isKind(of: header) { return kinds[last].state }
    let hash = Self.hash(header)
    if let position = positions[hash], kinds[position].isKind(of: header) {
      last = position
      return kinds[position].state
    }
    // A hostile log may have a new kind in every event.
    if kinds.count == Self.mostKinds {
      kinds = []
      positions = [:]
      states = [:]
    }
    let state = makeState(header)
    last = kinds.count
    positions[hash] = last
    kinds.append(
      Kind(
        provider: Array(header.provider), channel: Array(header.channel), eventID: header.eventID, state: state))
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

  /// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), over eight bytes at a time where there are eight.
  private static func hash(_ header: EventHeader) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01B3 }
    for text in [header.provider, header.channel] {
      var offset = 0
      while offset + 8 <= text.count {
        add(text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      while offset < text.count {
        add(UInt64(text[offset]))
        offset += 1
      }
      add(0xFF)
    }
    add(UInt64(bitPattern: Int64(header.eventID ?? -1)))
    return hash
  }
}
