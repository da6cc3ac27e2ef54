import CByteSearch

/// The bytes of an event's header that most decisions depend on.
struct KindKey {
  var provider: UnsafeRawBufferPointer
  var channel: UnsafeRawBufferPointer
  var computer: UnsafeRawBufferPointer
  var eventID: UnsafeRawBufferPointer
  var level: UnsafeRawBufferPointer

  /// Mixes the lengths and the ends of the texts: what differs within an export differs there.
  var hash: UInt64 {
    var hash = Self.ends(provider)
    hash = Self.mix(hash, Self.ends(channel))
    hash = Self.mix(hash, Self.ends(computer))
    return Self.mix(hash, Self.ends(eventID) &+ Self.ends(level) &* 31)
  }

  @inline(__always)
  private static func ends(_ text: UnsafeRawBufferPointer) -> UInt64 {
    guard let start = text.baseAddress, text.count > 0 else { return 0 }
    guard text.count >= 8 else {
      // The slack behind every text allows eight bytes.
      let word = start.loadUnaligned(as: UInt64.self)
      return word << UInt64(64 - 8 * text.count) ^ UInt64(text.count)
    }
    let last = (start + (text.count - 8)).loadUnaligned(as: UInt64.self)
    return start.loadUnaligned(as: UInt64.self) &* 0x9E37_79B9_7F4A_7C15 ^ last ^ UInt64(text.count)
  }

  @inline(__always)
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = (left ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: right ^ 0xE703_7ED1_A0B4_28DB)
    return high ^ low
  }

  @inline(__always)
  static func == (left: KindKey, right: KindKey) -> Bool {
    equal(left.provider, right.provider) && equal(left.eventID, right.eventID) && equal(left.channel, right.channel)
      && equal(left.computer, right.computer) && equal(left.level, right.level)
  }

  @inline(__always)
  private static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    guard let left = left.baseAddress, let start = right.baseAddress else { return true }
    return evtriage_equal(left, start, right.count)
  }
}

/// Events that agree in provider, event ID, channel, computer and level, as they are spelt.
struct HeaderKind {
  /// How many shapes of a kind's payload are remembered; the last that fitted is tried first.
  static let shapeLimit = 4

  var key: KindKey
  var hash: UInt64
  var eventID: Int?
  var level: Level?
  /// Whether the texts mean what they say: no references, no white space around them, and a provider or an event ID.
  var isPlain: Bool
  var shapes:
    (UnsafePointer<EventShape>?, UnsafePointer<EventShape>?, UnsafePointer<EventShape>?, UnsafePointer<EventShape>?) =
      (nil, nil, nil, nil)
}

/// Gives every kind of event a number, from 0. A hash table in plain memory: it is asked for every event.
struct KindTable: ~Copyable {
  private var slots: UnsafeMutableBufferPointer<Int32>
  private(set) var kinds: UnsafeMutablePointer<HeaderKind>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 1024
    kinds = .allocate(capacity: capacity)
    slots = .allocate(capacity: 4 * capacity)
    slots.initialize(repeating: -1)
  }

  deinit {
    kinds.deallocate()
    slots.deallocate()
  }

  /// Forgets all kinds.
  mutating func removeAll() {
    slots.update(repeating: -1)
    count = 0
  }

  /// The number of the kind, a new one if it was never seen.
  @inline(__always)
  mutating func number(of key: KindKey, in store: ShapeStore) -> Int {
    let hash = key.hash
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if kinds[number].hash == hash, kinds[number].key == key { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(key, hash, store)
  }

  @inline(never)
  private mutating func insert(_ key: KindKey, _ hash: UInt64, _ store: ShapeStore) -> Int {
    if count == capacity { grow() }
    (kinds + count).initialize(to: HeaderKind(key, hash, store))
    place(count)
    count += 1
    return count - 1
  }

  private mutating func place(_ number: Int) {
    var slot = Int(truncatingIfNeeded: kinds[number].hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(number)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<HeaderKind>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: kinds, count: count)
    kinds.deallocate()
    kinds = larger
    capacity *= 2
    slots.deallocate()
    slots = .allocate(capacity: 4 * capacity)
    slots.initialize(repeating: -1)
    for number in 0..<count { place(number) }
  }
}

extension HeaderKind {
  fileprivate init(_ key: KindKey, _ hash: UInt64, _ store: ShapeStore) {
    func copy(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(start: store.copy(text), count: text.count)
    }
    self.key = KindKey(
      provider: copy(key.provider), channel: copy(key.channel), computer: copy(key.computer),
      eventID: copy(key.eventID), level: copy(key.level))
    self.hash = hash
    eventID = PlainNumber.integer(key.eventID, UInt32.self).map(Int.init)
    level = PlainNumber.integer(key.level, UInt8.self).map(Level.init(rawValue:))
    isPlain =
      [key.provider, key.channel, key.computer, key.eventID, key.level].allSatisfy(Self.isPlain)
      && !(key.provider.isEmpty && eventID == nil)
  }

  private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, let last = text.last else { return true }
    let breaksLines = text.contains { $0 == UInt8(ascii: "&") || $0 == 0x0A || $0 == 0x0D }
    return !first.isXMLSpace && !last.isXMLSpace && !breaksLines
  }
}

/// Reads numbers as the parser's way through strings does.
enum PlainNumber {
  /// A decimal number; nil when it is none or does not fit.
  static func integer<Number: FixedWidthInteger>(_ text: UnsafeRawBufferPointer, _ type: Number.Type) -> Number? {
    guard (1...18).contains(text.count) else { return spelt(text) { Number($0) } }
    var number: UInt64 = 0
    for byte in text {
      guard case 0x30...0x39 = byte else { return spelt(text) { Number($0) } }
      number = number &* 10 &+ UInt64(byte &- 0x30)
    }
    return Number(exactly: number)
  }

  /// `0x8020000000000000`, or a decimal number.
  static func keywords(_ text: UnsafeRawBufferPointer) -> UInt64? {
    guard (3...18).contains(text.count), text[0] == 0x30, text[1] == UInt8(ascii: "x") else {
      return spelt(text) { UInt64(numeral: $0) }
    }
    var number: UInt64 = 0
    for byte in text.dropFirst(2) {
      switch byte {
      case 0x30...0x39: number = number << 4 | UInt64(byte - 0x30)
      case 0x41...0x46: number = number << 4 | UInt64(byte - 0x37)
      case 0x61...0x66: number = number << 4 | UInt64(byte - 0x57)
      default: return spelt(text) { UInt64(numeral: $0) }
      }
    }
    return number
  }

  private static func spelt<Number>(_ text: UnsafeRawBufferPointer, _ read: (String) -> Number?) -> Number? {
    let text = String(decoding: text, as: UTF8.self).trimmingXMLSpace()
    return text.isEmpty ? nil : read(text)
  }
}
