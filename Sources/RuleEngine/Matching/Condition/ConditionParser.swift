/// Reads one condition by recursive descent. From loosest to tightest: `or`, `and`, `not`, `of`, brackets.
struct ConditionParser {
  /// How deep brackets and `not` may be nested.
  static let deepestNesting = 64

  private static let operators: Set = ["and", "or", "not"]

  private let selections: [String: Selection]
  private let tokens: [ConditionToken]
  private var position = 0
  private var depth = 0

  init(_ text: String, selections: [String: Selection]) throws(MatchError) {
    self.selections = selections
    tokens = ConditionToken.tokens(of: text)
    if let pipe = tokens.first(where: { $0.kind == .pipe }) { throw .aggregation(at: pipe.offset) }
    if tokens.count == 1 { throw .emptyCondition(at: 0) }
  }

  /// Reads the whole condition.
  mutating func parse() throws(MatchError) -> Condition.Node {
    let node = try disjunction()
    switch current.kind {
    case .end: return node
    case .close: throw .strayBracket(at: current.offset)
    default: throw missingOperator()
    }
  }

  private mutating func disjunction() throws(MatchError) -> Condition.Node {
    var nodes = [try conjunction()]
    while skip("or") { nodes.append(try conjunction()) }
    return nodes.count == 1 ? nodes[0] : .any(nodes)
  }

  private mutating func conjunction() throws(MatchError) -> Condition.Node {
    var nodes = [try negation()]
    while skip("and") { nodes.append(try negation()) }
    return nodes.count == 1 ? nodes[0] : .all(nodes)
  }

  private mutating func negation() throws(MatchError) -> Condition.Node {
    guard case .word("not") = current.kind else { return try operand() }
    return try nested { parser throws(MatchError) in .not(try parser.negation()) }
  }

  private mutating func operand() throws(MatchError) -> Condition.Node {
    switch current.kind {
    case .open: return try brackets()
    case .word(let word):
      if case .word("of") = tokens[position + 1].kind { return try quantified(word) }
      if Self.operators.contains(word) { throw .missingOperand(found: "'\(word)'", at: current.offset) }
      return try named(word)
    case .close: throw .missingOperand(found: "')'", at: current.offset)
    case .pipe, .end: throw .missingOperand(found: "the end", at: current.offset)
    }
  }

  private mutating func brackets() throws(MatchError) -> Condition.Node {
    let start = current.offset
    return try nested { parser throws(MatchError) in
      let node = try parser.disjunction()
      switch parser.current.kind {
      case .close: parser.position += 1
      case .end: throw .openBracket(at: start)
      default: throw parser.missingOperator()
      }
      return node
    }
  }

  /// Steps over the current token and reads what it contains, one level deeper.
  private mutating func nested(
    _ body: (inout ConditionParser) throws(MatchError) -> Condition.Node
  ) throws(MatchError) -> Condition.Node {
    guard depth < Self.deepestNesting else { throw .tooDeep(at: current.offset) }
    depth += 1
    position += 1
    let node = try body(&self)
    depth -= 1
    return node
  }

  /// A selection by its name.
  private mutating func named(_ name: String) throws(MatchError) -> Condition.Node {
    guard let selection = selections[name] else {
      throw .unknownSelection(name, among: selections.keys.sorted(), at: current.offset)
    }
    position += 1
    return .selection(selection, .named(name))
  }

  /// `1 of`, `any of` or `all of`, and a pattern of names.
  private mutating func quantified(_ quantifier: String) throws(MatchError) -> Condition.Node {
    guard ["1", "any", "all"].contains(quantifier) else { throw .unknownQuantifier(quantifier, at: current.offset) }
    position += 2
    guard case .word(let pattern) = current.kind, !Self.operators.contains(pattern) else {
      throw .missingPattern(after: quantifier, at: current.offset)
    }
    let nodes = nodes(fitting: pattern)
    if nodes.isEmpty { throw .noSelectionFits(pattern, among: selections.keys.sorted(), at: current.offset) }
    position += 1
    return nodes.count == 1 ? nodes[0] : quantifier == "all" ? .all(nodes) : .any(nodes)
  }

  /// The selections that `them` or a pattern means; those whose names begin with `_` only when it says so.
  private func nodes(fitting pattern: String) -> [Condition.Node] {
    let parts = pattern == "them" ? [.any] : SigmaText(parsing: pattern).parts
    let names = TextPattern(SigmaText(parts: parts), isCased: true)
    return selections.sorted { $0.key < $1.key }
      .filter { names.matches($0.key) && (!$0.key.hasPrefix("_") || pattern.hasPrefix("_")) }
      .map { .selection($0.value, .named($0.key)) }
  }

  private var current: ConditionToken { tokens[position] }

  private mutating func skip(_ word: String) -> Bool {
    guard current.kind == .word(word) else { return false }
    position += 1
    return true
  }

  /// The error for something that follows a complete operand.
  private func missingOperator() -> MatchError {
    guard case .word(let word) = current.kind else { return .missingOperator(before: "'('", at: current.offset) }
    return .missingOperator(before: "'\(word)'", word: word, at: current.offset)
  }
}
