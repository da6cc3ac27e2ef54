/// A text in one or more languages, keyed by BCP 47 tag; English is always there.
public struct LocalizedText: Sendable, Hashable {
  /// The English text.
  public var english: String
  /// Other languages' texts by tag, such as `zh-Hans`.
  public var translations: [String: String]

  /// Makes a text.
  public init(_ english: String, translations: [String: String] = [:]) {
    self.english = english
    self.translations = translations
  }

  /// The text in a language; falls back from `zh-Hans-CN` to `zh-Hans` to `zh`, then to English.
  public func text(in language: String) -> String { Self.closest(to: language, in: translations) ?? english }

  /// The translation whose tag is the language's, or the longest beginning of it.
  static func closest<Translation>(to language: String, in translations: [String: Translation]) -> Translation? {
    var tag = Substring(language)
    while !tag.isEmpty {
      if let translation = translations[String(tag)] { return translation }
      guard let dash = tag.lastIndex(of: "-") else { break }
      tag = tag[..<dash]
    }
    return nil
  }
}
