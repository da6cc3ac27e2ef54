import EventLog

/// What a thread knows of the event at hand while it matches events of a kind. Made once and used again for every event;
/// nothing is cleared, because marks count only with the number of the event.
public final class KindState {
  private let matcher: KindMatcher
  private let searches: [LiteralMatcher]
  private let hits: LiteralHits
  private let terms: MarkedAnswers
  private let awaitedTests: MarkedAnswers
  private let entries: MarkedAnswers
  private var queue: [Int] = []
  private var found: [Int] = []
  private var shapes = ShapeCache()
  private var known = KnownMatches()
  private var memo: MatchMemo
  private let ruleCount: Int

  init(_ matcher: KindMatcher, ruleCount: Int) {
    self.matcher = matcher
    searches = matcher.searches()
    self.ruleCount = ruleCount
    memo = MatchMemo(matcher)
    hits = LiteralHits(literalCount: matcher.effects.count)
    terms = MarkedAnswers(count: matcher.terms.count)
    awaitedTests = MarkedAnswers(count: matcher.awaitedTestCount)
    entries = MarkedAnswers(count: matcher.entries.count)
  }

  /// What an event matches.
  func matches(_ fields: EventFields, _ tools: MatchTools) -> EventMatches {
    if matcher.entries.isEmpty {
      if found.isEmpty { found = matcher.alwaysHolding }
      return known.matches(found, ruleCount: ruleCount)
    }
    let shape = shapes.resolve(fields) { shape in
      ResolvedShape(
        shape, references: matcher.references, isSearched: searches.map { !$0.isEmpty },
        keywords: matcher.keywords)
    }
    begin()
    search(0..<shape.looseCount, fields, shape, tools)
    // An attempt that was given up must be counted each time.
    let (remembers, abandoned) = (tools.remembers && hits.count == 0, tools.abandonedAttempts)
    if remembers, let matches = memo.matches(fields, shape) { return matches }
    match(fields, shape, tools)
    let matches = known.matches(found, ruleCount: ruleCount)
    if remembers, tools.abandonedAttempts == abandoned { memo.remember(matches, shape, &tools.memoRoom) }
    return matches
  }

  private func match(_ fields: EventFields, _ shape: ResolvedShape, _ tools: MatchTools) {
    found.append(contentsOf: matcher.alwaysHolding)
    search(shape.looseCount..<shape.searched.count, fields, shape, tools)
    takeHits()
    for entry in matcher.untriggered { look(at: entry, fields, shape, tools) }
    for entry in queue { look(at: entry, fields, shape, tools) }
  }

  private func begin() {
    hits.begin()
    terms.begin()
    awaitedTests.begin()
    entries.begin()
    queue.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
  }

  private func search(
    _ places: Range<Int>, _ fields: EventFields, _ shape: ResolvedShape, _ tools: MatchTools
  ) {
    for index in places {
      guard let value = fields.value(at: shape.searched[index]) else { continue }
      value.withText { text in
        let folded = tools.folder.fold(text)
        shape.searches.forEach(in: index) { searches[Int($0)].findAll(in: folded, hits) }
      }
    }
  }

  private func takeHits() {
    for index in 0..<hits.count {
      matcher.effects.forEach(in: hits[index]) { effect in
        switch effect {
        case .holds(let term): if terms.mark(Int(term)) { trigger(Int(term)) }
        case .allows(let test, let term): if awaitedTests.mark(Int(test)) { trigger(Int(term)) }
        }
      }
    }
  }

  private func trigger(_ term: Int) {
    matcher.triggered.forEach(in: term) { entry in
      if entries.mark(Int(entry)) { queue.append(Int(entry)) }
    }
  }

  private func look(at entry: Int, _ fields: EventFields, _ shape: ResolvedShape, _ tools: MatchTools) {
    let entry = matcher.entries[entry]
    let asked = tools.askedTests
    var step = entry.firstStep
    while step >= 0 {
      let next = matcher.steps[Int(step)]
      step = holds(Int(next.term), fields, shape, tools) ? next.onTrue : next.onFalse
    }
    let holds = step == MatchStep.holds
    tools.note(condition: entry.condition, tests: tools.askedTests - asked, holds: holds)
    if holds { found.append(entry.condition) }
  }

  private func holds(_ term: Int, _ fields: EventFields, _ shape: ResolvedShape, _ tools: MatchTools) -> Bool {
    if let known = terms[term] { return known }
    let answer = ask(term, fields, shape, tools)
    terms[term] = answer
    return answer
  }

  private func ask(_ number: Int, _ fields: EventFields, _ shape: ResolvedShape, _ tools: MatchTools) -> Bool {
    let tests = matcher.opaqueTests.range(of: number)
    if tests.isEmpty { return false }
    let term = matcher.terms[number]
    var isPresent = false
    for place in shape.sources.range(of: term.reference) {
      guard let value = fields.value(at: shape.sources[place]) else { continue }
      isPresent = true
      for test in tests {
        let opaque = matcher.opaqueTests[test]
        if let awaited = opaque.awaited, awaitedTests[awaited] == nil { continue }
        if let other = opaque.other {
          if fits(opaque.test, value, anyOf: other, shape, fields) { return true }
        } else if tools.fits(opaque.test, value) {
          return true
        }
      }
    }
    return term.fitsAbsence && !isPresent && matcher.references[term.reference] != .anywhere
  }
}

extension KindState {
  /// Whether a value fits the test on another field with any value of that field.
  private func fits(
    _ test: ValueTest, _ value: MatchedValue, anyOf reference: Int, _ shape: ResolvedShape, _ fields: EventFields
  ) -> Bool {
    guard case .field(let comparison) = test else { return false }
    return shape.sources.range(of: reference).contains { place in
      fields.value(at: shape.sources[place]).map { comparison.fits(value.asText, $0.asText) } ?? false
    }
  }
}

extension EventFields {
  /// The value at a source; nil when the header does not have it.
  @inline(__always)
  func value(at source: ValueSource) -> MatchedValue? {
    switch source {
    case .field(let index): .text(fields[index].value)
    case .system(let field): field.value(in: header)
    case .message: message.isEmpty ? nil : .text(message)
    }
  }
}

/// Answers about the event at hand, by number.
private final class MarkedAnswers {
  private let marks: UnsafeMutablePointer<UInt32>
  private let count: Int
  /// The number of the event, times two; the lowest bit of a mark is the answer.
  private var event: UInt32 = 0

  init(count: Int) {
    self.count = max(count, 1)
    marks = .allocate(capacity: self.count)
    marks.initialize(repeating: 0, count: self.count)
  }

  deinit { marks.deallocate() }

  /// Forgets all answers.
  func begin() {
    if event >= .max - 3 {
      marks.update(repeating: 0, count: count)
      event = 0
    }
    event += 2
  }

  /// Answers yes; false when that was known.
  @inline(__always)
  func mark(_ number: Int) -> Bool {
    guard marks[number] != event | 1 else { return false }
    marks[number] = event | 1
    return true
  }

  /// The answer; nil when there is none yet.
  subscript(number: Int) -> Bool? {
    @inline(__always) get {
      let mark = marks[number]
      return mark & ~1 == event ? mark & 1 != 0 : nil
    }
    @inline(__always) set { marks[number] = event | (newValue == true ? 1 : 0) }
  }
}
