/// What had to be mended before an event could be read. An event with any of these counts as recovered.
public struct Repairs: OptionSet, Sendable, Hashable {
  /// The bits.
  public var rawValue: UInt16

  /// Makes a set of bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Control characters that XML forbids stood in the text, raw or as references; they are kept in the values.
  public static let controlCharacters = Repairs(rawValue: 1 << 0)
  /// An `&` that begins no reference, or a reference to an undeclared entity, was read as text.
  public static let strayAmpersand = Repairs(rawValue: 1 << 1)
  /// A `<` that begins no tag was read as text.
  public static let strayLessThan = Repairs(rawValue: 1 << 2)
  /// Bytes that are no UTF-8 were read as Windows-1252.
  public static let windows1252 = Repairs(rawValue: 1 << 3)
  /// Bytes or code units that are no text in the input's encoding were replaced by U+FFFD.
  public static let invalidText = Repairs(rawValue: 1 << 4)
  /// Tags did not match; what could be read between them was kept.
  public static let mismatchedTags = Repairs(rawValue: 1 << 5)
  /// The end of the event is missing; what stood before it was kept.
  public static let truncated = Repairs(rawValue: 1 << 6)

  /// Typographic quotation marks stood around attributes.
  public static let typographicQuotes = Repairs(rawValue: 1 << 7)

  /// A phrase for each repair, in a fixed order.
  public var descriptions: [String] {
    let phrases: [(Repairs, String)] = [
      (.controlCharacters, "control characters that XML forbids"),
      (.strayAmpersand, "an unescaped '&'"),
      (.strayLessThan, "an unescaped '<'"),
      (.windows1252, "bytes read as Windows-1252"),
      (.invalidText, "invalid text replaced by U+FFFD"),
      (.mismatchedTags, "mismatched tags"),
      (.typographicQuotes, "typographic quotation marks around attributes"),
      (.truncated, "the end of the event is missing"),
    ]
    return phrases.filter { contains($0.0) }.map(\.1)
  }
}
