import EventLog

/// What events of a kind matched, by the values that rules ask for: logs repeat themselves, and an event with the values
/// of an earlier one matches the same.
///
/// Values that only keywords look at are no part of it; whether one of them has a literal in it is found out first.
struct MatchMemo {
  private struct Entry {
    let hash: UInt64
    let key: [UInt8]
    /// Kept because the key holds its identity.
    let shape: ResolvedShape
    let matches: EventMatches

    func holds(_ other: [UInt8]) -> Bool {
      key.withUnsafeBytes { key in other.withUnsafeBytes { ByteSearch.equal(key, $0) } }
    }
  }

  /// Fewer terms are asked sooner than looked up.
  private static let fewestTerms = 24
  /// Larger keys are not remembered, in bytes.
  private static let largestKey = 32 * 1024
  private static let most = 8192
  /// After so many questions, a memo that seldom knows the answer is given up.
  private static let trial = 16_384

  private var entries: [Entry?] = []
  private var count = 0
  /// How many bytes the keys take.
  private var size = 0
  private var asked = 0
  private var answered = 0
  private var isUseful: Bool
  private var key: [UInt8] = []
  private var hash: UInt64 = 0

  init(_ matcher: KindMatcher) { isUseful = matcher.terms.count >= Self.fewestTerms }

  /// What an event matches, if that is known.
  ///
  /// - Returns: nil when it is not; then ``remember(_:_:_:)`` may be called with the answer.
  mutating func matches(_ fields: EventFields, _ shape: ResolvedShape) -> EventMatches? {
    guard isUseful else { return nil }
    key.removeAll(keepingCapacity: true)
    // Equal bytes are equal values of the same fields only in events of one shape.
    withUnsafeBytes(of: ObjectIdentifier(shape)) { key.append(contentsOf: $0) }
    for source in shape.asked {
      if let value = fields.value(at: source) {
        value.withText { key.append(lengthAndBytesOf: $0) }
      } else {
        key.append(lengthOf: -1)
      }
    }
    hash = KeyHash.hash(key)
    asked += 1
    if let entry = entries.isEmpty ? nil : entries[place], entry.hash == hash, entry.holds(key) {
      answered += 1
      return entry.matches
    }
    if asked == Self.trial {
      isUseful = answered > Self.trial / 8
      (asked, answered) = (0, 0)
      if !isUseful { entries = [] }
    }
    return nil
  }

  /// Remembers the answer to the last question.
  ///
  /// - Parameters:
  ///   - matches: What the event matches.
  ///   - shape: The shape of the event.
  ///   - room: How many bytes all memos of a thread may still take.
  mutating func remember(_ matches: EventMatches, _ shape: ResolvedShape, _ room: inout Int) {
    guard isUseful else {
      room += size
      size = 0
      return
    }
    guard key.count <= Self.largestKey else { return }
    if count == entries.count / 2, entries.count < Self.most { grow() }
    let freed = entries[place]?.key.count
    let added = key.count - (freed ?? 0)
    guard room >= added else { return }
    room -= added
    size += added
    if freed == nil { count += 1 }
    entries[place] = Entry(hash: hash, key: key, shape: shape, matches: matches)
  }

  private var place: Int { Int(truncatingIfNeeded: hash) & (entries.count - 1) }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: nil, count: max(16, 4 * old.count))
    for case let entry? in old { entries[Int(truncatingIfNeeded: entry.hash) & (entries.count - 1)] = entry }
  }
}
