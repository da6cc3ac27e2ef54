import EventLog

/// A number that a time has, in UTC: the modifiers `minute` to `year`.
enum TimePart: String, Sendable, Hashable, CaseIterable {
  case minute, hour, day
  /// The week of ISO 8601, whose years have 52 or 53.
  case week
  case month, year

  /// The numbers that there are.
  var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .week: 1...53
    case .month: 1...12
    case .year: 1601...9999
    }
  }

  /// The number of a time.
  func number(of time: EventTime) -> Int {
    let minutes = time.ticks.flooringQuotient(by: EventTime.ticksPerSecond * 60)
    let days = minutes.flooringQuotient(by: 24 * 60)
    switch self {
    case .minute: return Int(minutes - minutes.flooringQuotient(by: 60) * 60)
    case .hour: return Int((minutes - days * 24 * 60) / 60)
    case .day: return CalendarDay(daysSince1970: Int(days)).day
    case .month: return CalendarDay(daysSince1970: Int(days)).month
    case .year: return CalendarDay(daysSince1970: Int(days)).year
    case .week: return Self.week(ofDay: Int(days))
    }
  }

  /// The week that has the Thursday nearest to a day belongs to that Thursday's year.
  private static func week(ofDay day: Int) -> Int {
    let weekday = ((day + 3) % 7 + 7) % 7
    let thursday = day - weekday + 3
    return (thursday - CalendarDay(daysSince1970: thursday).firstOfYear) / 7 + 1
  }
}

/// A day in the Gregorian calendar.
private struct CalendarDay {
  let year: Int
  let month: Int
  let day: Int
  /// Days from 1970-01-01 to the first of January of the year.
  let firstOfYear: Int

  init(daysSince1970 days: Int) {
    // Counting years from March puts the leap day last, which makes the month's offset linear.
    let shifted = days + 719_468
    let era = Int(Int64(shifted).flooringQuotient(by: 146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let before = year - 1
    firstOfYear = before * 365 + before / 4 - before / 100 + before / 400 - 719_162
  }
}

extension Int64 {
  fileprivate func flooringQuotient(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
