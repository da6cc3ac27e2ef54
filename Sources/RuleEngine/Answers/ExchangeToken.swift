/// The names of components that Exchange writes after the codes of a reply, such as `RESOLVER.ADR.RecipientNotFound`.
enum ExchangeToken {
  private static let components: Set<Substring> = [
    "AGENT", "APPROVAL", "CAT", "CONVERSION", "QUEUE", "RESOLVER", "ROUTING", "SMTPSEND", "STOREDRV", "TRANSPORT",
  ]

  /// The first token in a text.
  static func first(in text: String) -> String? {
    text.split { $0.isWhitespace || ";,:'\"()[]{}<>".contains($0) }.lazy.map(token).first { $0 != nil } ?? nil
  }

  /// Whether a token begins at an index.
  static func starts(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    let end = min(bytes.count, start + 64)
    guard start < end else { return false }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
      .split(maxSplits: 1) { $0.isWhitespace || $0 == ";" || $0 == ":" }.first.flatMap(token) != nil
  }

  private static func token(_ word: Substring) -> String? {
    let word = word.last == "." ? word.dropLast() : word
    guard let component = word.split(separator: ".").first, components.contains(component),
      word.contains(".") || component == "STOREDRV", word.utf8.count <= 100
    else { return nil }
    return String(word)
  }
}
