/// What was read of an input: every event counts once, as intact, recovered or unreadable.
public struct ReadingTally: Sendable, Hashable, Codable {
  /// Events that were read as they stood.
  public var intact = 0
  /// Events that had to be mended to be read.
  public var recovered = 0
  /// Events that could not be read.
  public var unreadable = 0
  /// Where the first damaged places are, by offset; at most ``damageLimit``.
  public private(set) var damage: [Damage] = []

  /// How many damaged places are named; further ones are only counted.
  public static let damageLimit = 100

  /// Makes an empty tally.
  public init() {}

  /// All events seen.
  public var total: Int { intact + recovered + unreadable }

  /// Notes an event that was read, as it stood or mended.
  public mutating func note(_ event: Event) {
    guard !event.repairs.isEmpty else {
      intact += 1
      return
    }
    let reason = event.repairs.descriptions.joined(separator: ", ")
    note(Damage(byteOffset: event.location.byteOffset, reason: reason, isRecovered: true))
  }

  /// Notes an event that was mended or could not be read.
  public mutating func note(_ place: Damage) {
    if place.isRecovered { recovered += 1 } else { unreadable += 1 }
    if damage.count < Self.damageLimit { damage.append(place) }
  }

  /// Adds what was read of a later part of the same input.
  public mutating func append(_ later: ReadingTally) {
    intact += later.intact
    recovered += later.recovered
    unreadable += later.unreadable
    damage.append(contentsOf: later.damage.prefix(Self.damageLimit - damage.count))
  }

  /// Adds what was read of any other part of the same input.
  public mutating func merge(_ other: ReadingTally) {
    intact += other.intact
    recovered += other.recovered
    unreadable += other.unreadable
    damage = Array((damage + other.damage).sorted { $0.byteOffset < $1.byteOffset }.prefix(Self.damageLimit))
  }
}

/// A damaged event.
public struct Damage: Sendable, Hashable, Codable {
  /// The offset of the event's first byte in the (decompressed) input.
  public var byteOffset: UInt64
  /// What was wrong.
  public var reason: String
  /// Whether the event could be read all the same.
  public var isRecovered: Bool

  /// Makes a note.
  public init(byteOffset: UInt64, reason: String, isRecovered: Bool) {
    self.byteOffset = byteOffset
    self.reason = reason
    self.isRecovered = isRecovered
  }
}
