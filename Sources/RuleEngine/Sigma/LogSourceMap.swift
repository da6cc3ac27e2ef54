import Synchronization

/// Which events Sigma's log sources mean, and what their fields are called there.
struct LogSourceMap: Sendable {
  /// One kind of event that a log source means.
  struct Entry: Sendable {
    /// The names that rules use; the product, category or service that an entry does not have does not narrow it.
    var name: SigmaLogSource
    /// What such events look like; nil for all events of the product.
    var match: Selection?
    /// What fields of Sigma's taxonomy are called in such events.
    var fields: [String: FieldMapping] = [:]
  }

  /// What a field of Sigma's taxonomy is in some kind of event.
  struct FieldMapping: Sendable, Hashable {
    /// The field's name.
    var name: String
    /// What texts of the taxonomy are written as there, by the folded text; others are the same.
    var values: [FoldedText: String] = [:]
  }

  /// What a log source comes to.
  private struct Meaning: Sendable {
    var entries: [Entry]
    var otherFieldNames: [String: [String]]
  }

  private(set) var entries: [Entry] = []
  private var known = KnownMeanings()

  /// The meanings of the log sources that were looked up on any thread; rules share a few.
  private final class KnownMeanings: Sendable {
    private let meanings = Mutex<[SigmaLogSource: Meaning]>([:])

    func meaning(of source: SigmaLogSource, _ make: () -> Meaning) -> Meaning {
      meanings.withLock { meanings in
        if let known = meanings[source] { return known }
        let meaning = make()
        meanings[source] = meaning
        return meaning
      }
    }
  }

  /// Replaces all entries that have the name of one of the new entries, and adds the new ones.
  mutating func override(with news: [Entry]) {
    let names = Set(news.map(\.name))
    entries.removeAll { names.contains($0.name) }
    entries += news
    known = KnownMeanings()
  }

  /// The entries that a rule's log source means; none for one that is not known.
  ///
  /// A name that the rule leaves out does not narrow, except that a service without a category means the whole log,
  /// and a product alone all of its logs.
  func entries(for source: SigmaLogSource) -> [Entry] {
    entries.filter { entry in
      Self.fits(source.product, entry.name.product) && Self.fits(source.category, entry.name.category)
        && Self.fits(source.service, entry.name.service)
        && (source.category != nil || entry.name.category == nil)
        && (source.category != nil || source.service != nil || entry.name.service == nil)
    }
  }

  private func meaning(of source: SigmaLogSource) -> Meaning {
    let source = source.withoutDefinition
    return known.meaning(of: source) {
      let entries = entries(for: source)
      return Meaning(entries: entries, otherFieldNames: Self.otherFieldNames(in: entries))
    }
  }

  private static func fits(_ asked: String?, _ given: String?) -> Bool {
    guard let asked else { return true }
    return given.map { FoldedText($0) == FoldedText(asked) } ?? false
  }

  /// What fields of Sigma's taxonomy are called in some events of a log source, by the taxonomy's names.
  func otherFieldNames(on source: SigmaLogSource) -> [String: [String]] { meaning(of: source).otherFieldNames }

  private static func otherFieldNames(in entries: [Entry]) -> [String: [String]] {
    var names: [String: [String]] = [:]
    for (field, mapping) in entries.flatMap(\.fields) where mapping.name != field {
      if names[field]?.contains(mapping.name) != true { names[field, default: []].append(mapping.name) }
    }
    return names.mapValues { $0.sorted() }
  }

  /// The condition of a rule on the events of its log source; nil for one that is not known.
  func condition(_ condition: Condition, on source: SigmaLogSource) -> Condition? {
    let entries = meaning(of: source).entries
    guard !entries.isEmpty else { return nil }
    let variants = entries.map { entry -> Condition.Node in
      let fields = entry.fields
      let mapped = fields.isEmpty ? condition.root : condition.root.mapSelections { ($0.mapped(by: fields), $1) }
      return entry.match.map { .all([.selection($0, .logSource), mapped]) } ?? mapped
    }
    return Condition(root: variants.count == 1 ? variants[0] : .any(variants))
  }
}

extension SigmaLogSource {
  /// The parts that decide which events it means.
  fileprivate var withoutDefinition: SigmaLogSource {
    var copy = self
    copy.definition = nil
    return copy
  }
}

extension Selection {
  /// The selection with its fields named as in another kind of event.
  fileprivate func mapped(by fields: [String: LogSourceMap.FieldMapping]) -> Selection {
    switch self {
    case .all(let tests): .all(tests.map { $0.mapped(by: fields) })
    case .any(let selections): .any(selections.map { $0.mapped(by: fields) })
    case .keywords: self
    }
  }
}
