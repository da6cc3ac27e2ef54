import RuleEngine

/// A mail answer in a line of a report: its codes and what they mean.
public struct AnswerMeaning: Sendable, Hashable, Encodable {
  /// The codes of the reply that says what is wrong, such as `454 4.7.0`.
  public var codes: String
  /// What they mean, in one line without a full stop.
  public var meaning: String
}

/// Finds the mail answers that events tell of, and says what they mean.
struct AnswerReading {
  /// Opened at the first answer, for most reports have none.
  private let source: AnswerCatalog
  private var catalog: AnswerCatalog?
  private let language: String

  init(catalog: AnswerCatalog, language: String) {
    source = catalog
    self.language = language
  }

  /// The meanings of the answers in sentences, each once; at most five.
  mutating func meanings(in sentences: [String]) -> [AnswerMeaning] {
    var meanings: [AnswerMeaning] = []
    for sentence in sentences {
      for answer in SMTPAnswerParser().answers(in: sentence) where meanings.count < 5 {
        guard let meaning = meaning(of: answer), !meanings.contains(meaning) else { continue }
        meanings.append(meaning)
      }
    }
    return meanings
  }

  private mutating func meaning(of answer: SMTPAnswer) -> AnswerMeaning? {
    guard answer.deciding.replyClass != 2 else { return nil }
    let catalog = catalog ?? source.opened()
    self.catalog = catalog
    guard let entry = catalog.lookUp(answer.deciding).entries.first else { return nil }
    return AnswerMeaning(codes: answer.deciding.codes, meaning: entry.title.text(in: language))
  }
}
