/// A point in time as Windows stores it: UTC, in ticks of 100 ns, counted from 1970-01-01T00:00:00Z.
public struct EventTime: Sendable, Hashable, Comparable, Codable {
  /// Ticks of 100 ns since 1970-01-01T00:00:00Z; negative before.
  public var ticks: Int64

  /// Ticks in one second.
  public static let ticksPerSecond: Int64 = 10_000_000

  /// Makes a time from ticks of 100 ns since 1970.
  public init(ticks: Int64) { self.ticks = ticks }

  /// Whether a time is earlier than another.
  public static func < (left: EventTime, right: EventTime) -> Bool { left.ticks < right.ticks }

  /// Reads a text in ISO 8601.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let time = EventTime(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time in ISO 8601")
    }
    self = time
  }

  /// Writes ``description``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

// MARK: - Reading

extension EventTime {
  /// Reads every spelling of `SystemTime` that exporters write: `2016-08-24T17:21:43.000000000Z`, with a blank instead
  /// of `T`, 0 to 9 digits of fraction, and `Z`, ` UTC`, a numeric offset (`-04:00`) or nothing (UTC) at the end.
  /// Digits beyond 100 ns are cut; nil when the text is no time between the years 1601 and 9999.
  ///
  /// - Parameter text: The text of the attribute.
  public init?(_ text: some StringProtocol) {
    var copy = String(text)
    guard let time = copy.withUTF8({ EventTime(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = time
  }

  /// Reads the same spellings from UTF-8 bytes.
  init?(utf8 bytes: UnsafeRawBufferPointer) {
    var scanner = DigitScanner(bytes: bytes)
    scanner.skipBlanks()
    guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
      let day = scanner.digits(2)
    else { return nil }
    var seconds = 0
    var fraction = 0
    if scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") {
      guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), hour < 24, minute < 60
      else { return nil }
      seconds = hour * 3600 + minute * 60
      if scanner.skip(":") {
        guard let second = scanner.digits(2), second <= 60 else { return nil }
        seconds += min(second, 59)
        if scanner.skip(".") || scanner.skip(",") { fraction = scanner.ticks() }
      }
    }
    guard let offset = scanner.zoneOffset(), scanner.isAtEnd,
      let days = Self.daysSince1970(year: year, month: month, day: day)
    else { return nil }
    ticks = (Int64(days) * 86_400 + Int64(seconds - offset)) * Self.ticksPerSecond + Int64(fraction)
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar; nil for a date that does not exist.
  static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
    guard (1601...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    // Counting years from March puts the leap day last, which makes the month's offset linear.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

/// Reads fixed-width digits from bytes.
private struct DigitScanner {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + count {
      guard case 0x30...0x39 = bytes[index] else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    position += count
    return value
  }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  /// Up to seven digits of a fraction of a second, as ticks; further digits are skipped.
  mutating func ticks() -> Int {
    var value = 0
    var scale = 1_000_000
    while let digit = digits(1) {
      value += digit * scale
      scale /= 10
    }
    return value
  }

  /// The offset from UTC in seconds; nil when something else than a zone follows.
  mutating func zoneOffset() -> Int? {
    skipBlanks()
    defer { skipBlanks() }
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    if skip("U") { return skip("T") && skip("C") ? 0 : nil }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = digits(2) else { return nil }
    let hasColon = skip(":")
    let minutes = digits(2)
    guard hours <= 14, (minutes ?? 0) < 60, !hasColon || minutes != nil else { return nil }
    let offset = hours * 3600 + (minutes ?? 0) * 60
    return isNegative ? -offset : offset
  }
}

// MARK: - Writing

extension EventTime: CustomStringConvertible {
  /// The calendar date and time of day, UTC.
  public var components: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, tick: Int) {
    let seconds = ticks.flooringDivision(by: Self.ticksPerSecond)
    let days = seconds.quotient.flooringDivision(by: 86_400)
    let dayNumber = Int(days.quotient) + 719_468
    let era = dayNumber.flooringDivision(by: 146_097)
    let dayOfEra = era.remainder
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era.quotient * 400 + (month <= 2 ? 1 : 0)
    let second = Int(days.remainder)
    return (year, month, day, second / 3600, second / 60 % 60, second % 60, Int(seconds.remainder))
  }

  /// `2016-08-24T17:21:43.0000000Z`: ISO 8601, always seven digits of fraction.
  public var description: String {
    let part = components
    return "\(Self.padded(part.year, 4))-\(Self.padded(part.month, 2))-\(Self.padded(part.day, 2))"
      + "T\(Self.padded(part.hour, 2)):\(Self.padded(part.minute, 2)):\(Self.padded(part.second, 2))"
      + ".\(Self.padded(part.tick, 7))Z"
  }

  /// `2016-08-24 17:21:43`: for people, to the second, UTC.
  public var shortDescription: String {
    let text = description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension BinaryInteger {
  fileprivate func flooringDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
