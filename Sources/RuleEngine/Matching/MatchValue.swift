/// A value of a selection as its author wrote it; strings still carry Sigma's wildcards and escapes.
public enum MatchValue: Sendable, Hashable {
  /// Text, with `*` and `?` as wildcards unless a modifier says otherwise.
  case string(String)
  /// A whole number written without quotes.
  case integer(Int64)
  /// A number with a fraction or an exponent.
  case number(Double)
  /// `true` or `false` written without quotes.
  case boolean(Bool)
  /// `null`: the field is not there, or empty.
  case null
}

extension MatchValue {
  /// The value as it is written.
  var described: String {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .boolean(let boolean): String(boolean)
    case .null: "null"
    }
  }
}
