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
  /// The field is there, whatever its value, or it is not there.
  case presence(Bool)

  /// Whether a value of an event fits.
  func fits(_ value: FieldValue) -> Bool {
    switch self {
    case .text(let pattern): pattern.matches(value.text)
    case .number(let order, let number): Number(value)?.stands(order, to: number) ?? false
    case .boolean(let boolean): FoldedText(value.text) == FoldedText(boolean ? "true" : "false")
    case .regex(let regex): regex.matches(value.text)
    case .network(let network): IPAddress(value.text).map(network.contains) ?? false
    case .presence(let isWanted): isWanted
    }
  }

  /// Whether an event without the field fits.
  var fitsAbsence: Bool {
    if case .presence(false) = self { return true }
    return false
  }
}
