/// Reads times as ``EventTime`` does, but remembers the last date: neighbouring events are of the same day.
struct EventClock {
  private var date: (UInt64, UInt16) = (0, 0)
  private var midnight: Int64 = 0

  /// - Parameter text: A text, behind which ``ChunkMemory/slack`` bytes can be read.
  /// - Returns: The time; nil when the text is none.
  @inline(__always)
  mutating func time(_ text: UnsafeRawBufferPointer) -> EventTime? {
    guard text.count == 28 || text.count == 30, let start = text.baseAddress else { return EventTime(utf8: text) }
    let day = (start.loadUnaligned(as: UInt64.self), (start + 8).loadUnaligned(as: UInt16.self))
    guard day == date, let ticks = Self.timeOfDay(start, digits: text.count - 21) else { return readDate(text, day) }
    return EventTime(ticks: midnight + ticks)
  }

  @inline(never)
  private mutating func readDate(_ text: UnsafeRawBufferPointer, _ day: (UInt64, UInt16)) -> EventTime? {
    let time = EventTime(utf8: text)
    // What is remembered is only used for the same ten bytes before a `T`, which are a date then.
    if let time, let start = text.baseAddress, Self.timeOfDay(start, digits: text.count - 21) != nil {
      date = day
      midnight = time.ticks - Self.remainder(time.ticks)
    }
    return time
  }

  private static func remainder(_ ticks: Int64) -> Int64 {
    let day = 86_400 * EventTime.ticksPerSecond
    let rest = ticks % day
    return rest < 0 ? rest + day : rest
  }

  /// The ticks of `T17:21:43.198482400Z`, with seven or nine digits of fraction; nil for any other spelling.
  @inline(__always)
  private static func timeOfDay(_ date: UnsafeRawPointer, digits: Int) -> Int64? {
    let isSpelt =
      byte(date, 10) == UInt8(ascii: "T") && byte(date, 19) == UInt8(ascii: ".")
      && byte(date, 20 + digits) == UInt8(ascii: "Z")
    // Little-endian `00:00:00`: what remains is the digits' values, and nothing where the colons are.
    let clock = UInt64(littleEndian: (date + 11).loadUnaligned(as: UInt64.self)) ^ 0x3030_3A30_303A_3030
    guard isSpelt, clock & 0x8080_8080_8080_8080 == 0,
      (clock &+ 0x7676_7F76_767F_7676) & 0x8080_8080_8080_8080 == 0
    else { return nil }
    let hour = digit(clock, 0) * 10 + digit(clock, 1)
    let minute = digit(clock, 3) * 10 + digit(clock, 4)
    let second = digit(clock, 6) * 10 + digit(clock, 7)
    guard hour < 24, minute < 60, second < 60, let fraction = fraction(date + 20, digits: digits) else { return nil }
    return Int64((hour * 60 + minute) * 60 + second) * EventTime.ticksPerSecond + fraction
  }

  /// Seven digits; two more are cut.
  @inline(__always)
  private static func fraction(_ start: UnsafeRawPointer, digits: Int) -> Int64? {
    var value: Int64 = 0
    for index in 0..<7 {
      let digit = byte(start, index) &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    guard digits == 9 else { return value }
    return byte(start, 7) &- 0x30 < 10 && byte(start, 8) &- 0x30 < 10 ? value : nil
  }

  @inline(__always)
  private static func byte(_ start: UnsafeRawPointer, _ index: Int) -> UInt8 { (start + index).load(as: UInt8.self) }

  @inline(__always)
  private static func digit(_ word: UInt64, _ index: UInt64) -> UInt64 { word >> (index * 8) & 0xFF }
}
