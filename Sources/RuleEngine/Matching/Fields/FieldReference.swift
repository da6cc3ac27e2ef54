/// What a field's name in a rule means.
enum FieldReference: Sendable, Hashable {
  /// A field of `<System>`.
  case system(SystemField)
  /// The insertion string at an index from 0, which the rule gave a name.
  case parameter(Int)
  /// All `<Data>` elements without a name.
  case unnamedData
  /// `<Binary>`.
  case binary
  /// A named `<Data>` element, or a leaf of `<UserData>` by name or path.
  case payload(String)
  /// Every value of the event: keywords have no field.
  case anywhere

  /// Finds what a name means; the names of parameters come first.
  init(name: String, parameters: [String] = []) {
    if let index = parameters.firstIndex(of: name) {
      self = .parameter(index)
    } else if let field = SystemField.named(name) {
      self = .system(field)
    } else {
      switch name {
      case "": self = .anywhere
      case "Data": self = .unnamedData
      case "Binary": self = .binary
      default: self = .payload(name)
      }
    }
  }

  /// Whether a name means the rendered message, where no value of the event's data has it.
  static func isRenderedMessage(_ name: String) -> Bool { FoldedText(name) == FoldedText("Message") }
}
