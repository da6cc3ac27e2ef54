/// What is known about the answers of mail servers, over all packs.
public struct AnswerCatalog: Sendable {
  private let parts: [OnDemand<[AnswerDefinition]>]

  /// A catalogue without entries.
  public static let empty = AnswerCatalog(parts: [])

  init(parts: [OnDemand<[AnswerDefinition]>]) { self.parts = parts }

  /// A catalogue of entries.
  public init(_ entries: [AnswerDefinition]) { parts = [OnDemand(entries)] }

  /// The entries, in the order of packs; those of shipped packs are read each time.
  public var entries: [AnswerDefinition] { parts.flatMap(\.value) }

  /// The catalogue with its entries read, for more than one question.
  public func opened() -> AnswerCatalog { AnswerCatalog(entries) }

  func adding(_ part: OnDemand<[AnswerDefinition]>) -> AnswerCatalog { AnswerCatalog(parts: parts + [part]) }

  /// The entries that fit a reply the closest.
  ///
  /// A code that the catalogue does not have is answered by the entries on its class, subject or detail (RFC 3463), and
  /// by that on its basic code.
  public func lookUp(_ reply: SMTPReply) -> AnswerLookup {
    let entries = entries
    let best = Self.closest(to: reply, among: entries)
    guard reply.enhanced != nil, reply.basic != nil, best.allSatisfy(\.isGeneric) else { return AnswerLookup(best) }
    var basic = reply
    basic.enhanced = nil
    return AnswerLookup(best + Self.closest(to: basic, among: entries.filter { !$0.isAboutEnhancedCodes }))
  }

  /// The entries whose component of Exchange or whose wording stands in a text without any code.
  public func entries(quotedBy text: String) -> [AnswerDefinition] {
    if let token = ExchangeToken.first(in: text) {
      let found = Self.closest(to: SMTPReply(token: token), among: entries)
      if !found.isEmpty { return found }
    }
    let words = AnswerWording.words(of: text)
    guard words.count >= 2 else { return [] }
    return entries.filter { entry in entry.pattern.texts.contains { $0.fits(words) } }
  }

  private static func closest(to reply: SMTPReply, among entries: [AnswerDefinition]) -> [AnswerDefinition] {
    let words = AnswerWording.words(of: reply.text)
    let ranked = entries.compactMap { entry in
      entry.pattern.closeness(to: reply, words: words).map { (closeness: $0, entry: entry) }
    }
    let best = ranked.map(\.closeness).max()
    return ranked.filter { $0.closeness == best }.map(\.entry)
  }
}

/// What the catalogue has to say on a reply.
public struct AnswerLookup: Sendable {
  /// The entries; several when the reply alone does not tell them apart.
  public var entries: [AnswerDefinition]

  init(_ entries: [AnswerDefinition]) { self.entries = entries }

  /// Whether the code itself is not known, but its class, subject or detail.
  public var isGeneric: Bool { entries.contains(where: \.isGeneric) }
}

extension AnswerDefinition {
  /// Whether this is about whole classes, subjects or details of enhanced codes.
  var isGeneric: Bool { !pattern.enhanced.isEmpty && pattern.enhanced.allSatisfy(\.isGeneric) }
  var isAboutEnhancedCodes: Bool { !pattern.enhanced.isEmpty }
}
