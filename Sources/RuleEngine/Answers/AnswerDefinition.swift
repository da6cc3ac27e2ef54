/// An entry of the catalogue of mail answers: what a code, a component of Exchange or a wording means.
public struct AnswerDefinition: Sendable, Hashable {
  /// Unique over all packs, such as `smtp-4-7-0-authentication`.
  public var id: String
  /// What it means, in one line without a full stop.
  public var title: LocalizedText
  /// What replies it is about.
  var pattern = AnswerPattern()
  /// What happened and who has to act, in one to three sentences.
  public var meaning: LocalizedText?
  /// Whether its facts could not be verified.
  public var isUnverified = false
  /// Possible causes, the most likely first.
  public var causes: [Cause] = []
  /// The events to look for.
  public var events: [AnswerEvent] = []
  /// The rules that diagnose it, by ID.
  public var diagnosis: [String] = []
  /// Answers that this entry must be the one for.
  public var examples: [String] = []
  /// Pages that say so; absolute URLs.
  public var references: [String] = []
  /// Where the entry stands.
  public var source: RuleSource

  /// Makes an entry.
  init(id: String, title: LocalizedText, source: RuleSource) {
    self.id = id
    self.title = title
    self.source = source
  }
}

/// An event that belongs to a mail answer.
public struct AnswerEvent: Sendable, Hashable {
  /// The rule that knows the event, by ID.
  public var ruleID: String
  /// The computer that writes it, such as "the receiving server".
  public var place: LocalizedText
}

/// Which replies an entry is about: all keys that it has must fit, each by any of its values.
struct AnswerPattern: Sendable, Hashable {
  /// The basic codes.
  var codes: [ClosedRange<Int>] = []
  /// The enhanced codes.
  var enhanced: [EnhancedCodePattern] = []
  /// The components of Exchange; `*` and `?` are wildcards.
  var tokens: [String] = []
  /// Wordings.
  var texts: [AnswerWording] = []

  /// How closely a reply fits; nil when it does not.
  ///
  /// A reply that lacks what a key is about, such as a code alone without any words, is not held to that key. Wording
  /// counts most, for servers use one code for many things.
  func closeness(to reply: SMTPReply, words: Set<String>) -> Int? {
    var closeness = 0
    if let code = reply.basic, !codes.isEmpty {
      guard codes.contains(where: { $0.contains(code) }) else { return nil }
      closeness += 2
    }
    if let code = reply.enhanced, !enhanced.isEmpty {
      guard let best = enhanced.compactMap({ $0.closeness(to: code) }).max() else { return nil }
      closeness += 4 * best
    }
    if let token = reply.token, !tokens.isEmpty {
      guard let best = tokens.compactMap({ Self.closeness(of: $0, to: token) }).max() else { return nil }
      closeness += best
    }
    if !words.isEmpty, !texts.isEmpty {
      guard texts.contains(where: { $0.fits(words) }) else { return nil }
      closeness += 40
    }
    let isAsked =
      reply.enhanced != nil && !enhanced.isEmpty || reply.token != nil && !tokens.isEmpty
      || reply.basic != nil && !codes.isEmpty || reply.codes.isEmpty && !texts.isEmpty
    return isAsked && closeness > 0 ? closeness : nil
  }

  private static func closeness(of pattern: String, to token: String) -> Int? {
    guard Glob.matches(pattern.lowercased(), token.lowercased()) else { return nil }
    return 50 + min(pattern.utf8.count, 30)
  }
}

/// Words that stand in a reply, even when some of them were damaged on the way.
struct AnswerWording: Sendable, Hashable {
  private let words: Set<String>

  init(_ text: String) { words = Self.words(of: text) }

  /// Whether at least three in four of the words stand in a reply, each with one letter wrong at most.
  func fits(_ reply: Set<String>) -> Bool {
    let missing = words.filter { word in
      !reply.contains(word) && !(word.utf8.count >= 5 && reply.contains { NearMiss.isOneEditAway($0, word) })
    }
    return missing.count * 4 <= words.count
  }

  /// The words of a text in lower case; at most 100.
  static func words(of text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(100).map(String.init))
  }
}
