/// Reads the entries of `answers:`.
struct AnswerReader {
  private let log: IssueLog

  init(log: IssueLog) { self.log = log }

  func answers(_ node: ConfigNode) -> [AnswerDefinition] {
    var seen: Set<String> = []
    return node.items.compactMap { node in
      guard let answer = answer(node) else { return nil }
      if !seen.insert(answer.id).inserted {
        log.error("duplicate-id", "the answer '\(answer.id)' is there twice", at: node.mark)
      }
      return answer
    }
  }

  private func answer(_ node: ConfigNode) -> AnswerDefinition? {
    let errors = log.errorCount
    guard let reader = NodeReader(node, "an answer", log: log) else { return nil }
    let id = reader.required("id").flatMap { reader.string($0, "id") }
    let title = reader.required("title").flatMap { reader.localized($0, "title") }
    let source = RuleSource(path: log.path, line: node.mark.line, column: node.mark.column)
    var answer = AnswerDefinition(id: id ?? "", title: title ?? LocalizedText(""), source: source)
    answer.pattern = pattern(reader)
    answer.meaning = reader.localized("meaning")
    answer.isUnverified = reader.isUnverified()
    answer.causes = reader.node("causes").map { CauseReader(log: log).causes($0.items) } ?? []
    answer.events = reader.node("events").map { $0.items.compactMap(event) } ?? []
    answer.diagnosis = reader.strings("diagnosis")
    answer.examples = reader.strings("examples")
    answer.references = reader.references()
    reader.finish()
    return errors == log.errorCount ? answer : nil
  }

  private func pattern(_ reader: NodeReader) -> AnswerPattern {
    var pattern = AnswerPattern()
    pattern.codes = parsed("code", reader, hint: "three digits, or a range such as 430-449", NumberRange.parse)
    pattern.enhanced = parsed(
      "enhanced", reader, hint: "three numbers such as 5.7.1, each of which may be a range such as 500-699, or x"
    ) { EnhancedCodePattern($0) }
    pattern.tokens = reader.strings("token")
    pattern.texts = reader.strings("text").map(AnswerWording.init)
    if pattern == AnswerPattern() {
      log.error(
        "empty-match", "an answer needs one of the keys 'code', 'enhanced', 'token' and 'text'", at: reader.mark)
    }
    return pattern
  }

  private func parsed<Value>(
    _ key: String, _ reader: NodeReader, hint: String, _ parse: (String) -> Value?
  ) -> [Value] {
    guard let node = reader.node(key) else { return [] }
    return node.items.compactMap { item in
      guard let text = reader.string(item, key) else { return nil }
      guard let value = parse(text) else {
        log.error("bad-code", "'\(text)' is no code of a mail answer", at: item.mark, hint: hint)
        return nil
      }
      return value
    }
  }

  private func event(_ node: ConfigNode) -> AnswerEvent? {
    guard let reader = NodeReader(node, "an event of an answer", log: log) else { return nil }
    let rule = reader.required("rule").flatMap { reader.string($0, "rule") }
    let place = reader.required("on").flatMap { reader.localized($0, "on") }
    reader.finish()
    guard let rule, let place else { return nil }
    return AnswerEvent(ruleID: rule, place: place)
  }
}
