import EventLog

/// One value of a field test, compiled.
enum ValueTest: Sendable {
  /// Fits text, wildcards included.
  case text(TextPattern)
  /// Stands in an order to a number; text that is no decimal number never does.
  case number(Number.Order, Number)
  /// Is the word `true` or `false`.
  case boolean(Bool)
  /// Fits a regular expression somewhere.
  case regex(RegexMatcher)
  /// Is an address of a network.
  case network(IPNetwork)
  /// Stands as a text to another field of the event; an event without that field does not fit.
  case field(FieldComparison)
  /// Is a time, and a part of it in UTC is a number.
  case timePart(TimePart, Int)
  /// Fits any of these, where one value of a rule stands for several and all values are asked for.
  case anyOf([ValueTest])
  /// The field is not there, or empty: an exported event has no other way to say that there is no value.
  case noValue
  /// The field is there, whatever its value, or it is not there.
  case presence(Bool)

  /// Whether a value of an event fits.
  ///
  /// What a value must be by itself; ``field(_:)`` needs the event, see ``FieldComparison/fits(_:_:)``.
  func fits(_ value: FieldValue) -> Bool {
    switch self {
    case .text(let pattern): pattern.matches(value.text)
    case .number(let order, let number): Number(value)?.stands(order, to: number) ?? false
    case .boolean(let boolean): FoldedText(value.text) == FoldedText(boolean ? "true" : "false")
    case .regex(let regex): regex.matches(value.text)
    case .network(let network): IPAddress(value.text).map(network.contains) ?? false
    case .field: false
    case .timePart(let part, let number): EventTime(value.text).map { part.number(of: $0) == number } ?? false
    case .anyOf(let tests): tests.contains { $0.fits(value) }
    case .noValue: value == .text("")
    case .presence(let isWanted): isWanted
    }
  }

  /// Whether an event without the field fits.
  var fitsAbsence: Bool {
    switch self {
    case .presence(false), .noValue: true
    default: false
    }
  }
}
