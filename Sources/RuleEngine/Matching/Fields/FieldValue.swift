/// A value of an event's field.
enum FieldValue: Sendable, Hashable {
  /// The text of an element or attribute.
  case text(String)
  /// A number of `<System>`.
  case number(Int64)

  /// A number that may be absent; one beyond 64 bits signed becomes the largest.
  init?(_ number: (some BinaryInteger)?) {
    guard let number else { return nil }
    self = .number(Int64(clamping: number))
  }

  /// A text of `<System>` that is empty when absent.
  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self = .text(text)
  }

  /// The value as text.
  var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    }
  }
}
