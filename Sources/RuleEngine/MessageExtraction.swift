extension MessageTemplate {
  /// Reads the placeholders' values back from a rendered text.
  ///
  /// The template's literal parts must stand in the text in order; letter case and runs of white space do not matter.
  /// Values are as short as possible.
  ///
  /// - Returns: nil when the text does not fit the template.
  public func extract(from text: String) -> [String: String]? { nil }
}
