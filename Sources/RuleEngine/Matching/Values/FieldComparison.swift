/// How the text of a field must stand to the text of another field of the event: the modifier `fieldref`.
struct FieldComparison: Sendable, Hashable {
  /// Where the other field's text must stand.
  enum Place: Sendable, Hashable {
    case whole, start, end, anywhere
  }

  /// The other field's name.
  let name: String
  /// The other field.
  private(set) var reference: FieldReference
  /// Where its text must stand.
  var place = Place.whole

  init(name: String) {
    self.name = name
    reference = FieldReference(name: name)
  }

  /// Whether a text fits the other field's text, ignoring letter case.
  func fits(_ text: String, _ other: String) -> Bool {
    let literal = SigmaText(parts: other.isEmpty ? [] : [.literal(other)])
    let wanted =
      switch place {
      case .whole: literal
      case .start: literal.withAnythingAfter()
      case .end: literal.withAnythingBefore()
      case .anywhere: literal.withAnythingBefore().withAnythingAfter()
      }
    return TextPattern(wanted, isCased: false).matches(text)
  }

  /// The comparison with the other field looked up among the names that a rule gives to insertion strings.
  func bound(to parameters: [String]) -> FieldComparison {
    var copy = self
    copy.reference = FieldReference(name: name, parameters: parameters)
    return copy
  }
}
