public import EventLog

/// A condition on events that fits on a command line: `EventID=1035 and Channel!=Security`.
///
/// Each part is `FIELD=VALUE`, `FIELD!=VALUE` or `FIELD|modifiers=VALUE`, with Sigma's fields, wildcards and modifiers.
/// A value that holds ` and ` or ends with a blank stands in quotes, `'…'` or `"…"`. Without quotes, `null` means that
/// the field is not there, or empty.
public struct EventFilter: Sendable, Hashable {
  private let tests: [FieldTest]

  /// Reads a filter.
  ///
  /// - Throws: The first mistake, with its place in the text.
  public init(parsing text: String) throws(MatchError) {
    var tests: [FieldTest] = []
    var parser = FilterParser(text)
    repeat { tests.append(try parser.test()) } while try parser.skipAnd()
    self.tests = tests
  }

  /// Whether an event fits.
  public func matches(_ event: Event) -> Bool { tests.allSatisfy { $0.matches(event) } }
}

/// Reads the parts of a filter from left to right.
private struct FilterParser {
  private let text: String
  private var rest: Substring
  private var valueStart = 0

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  /// The place of the rest, in UTF-8 bytes.
  private var offset: Int { text.utf8.distance(from: text.startIndex, to: rest.startIndex) }

  mutating func test() throws(MatchError) -> FieldTest {
    rest = rest.drop(while: \.isWhitespace)
    let start = offset
    guard let equals = rest.firstIndex(of: "=") else { throw .filterSyntax("'=' is missing", at: start) }
    var name = rest[..<equals]
    let isNegated = name.last == "!"
    if isNegated { name = name.dropLast() }
    var modifiers = name.trimmingBlanks().split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let field = modifiers.removeFirst()
    if field.isEmpty { throw .filterSyntax("the field is missing", at: start) }
    rest = rest[rest.index(after: equals)...].drop(while: \.isWhitespace)
    valueStart = offset
    let value = try value(modifiers: modifiers)
    let all = isNegated ? modifiers + ["neq"] : modifiers
    do throws(MatchError) {
      return try FieldTest.compile(field: field, modifiers: all, values: [value])
    } catch {
      throw placed(error, start: start, field: field, modifiers: modifiers)
    }
  }

  mutating func skipAnd() throws(MatchError) -> Bool {
    rest = rest.drop(while: \.isWhitespace)
    if rest.isEmpty { return false }
    guard let match = rest.prefixMatch(of: #/and\s/#.ignoresCase()) else {
      throw .filterSyntax("'and' is missing", at: offset)
    }
    rest = rest[match.range.upperBound...]
    return true
  }

  private mutating func value(modifiers: [String]) throws(MatchError) -> MatchValue {
    if let quote = rest.first, quote == "'" || quote == "\"" {
      let content = rest.dropFirst()
      guard let end = content.firstIndex(of: quote) else {
        throw .filterSyntax("the quote \(quote) is not closed", at: offset)
      }
      rest = content[content.index(after: end)...]
      return .string(String(content[..<end]))
    }
    let end = rest.firstRange(of: #/\sand\s/#.ignoresCase())?.lowerBound ?? rest.endIndex
    let word = String(rest[..<end].trimmingBlanks())
    rest = rest[end...]
    return typed(word, modifiers: modifiers)
  }

  /// A value without quotes: a command line has no types, so the modifier says what is meant.
  private func typed(_ word: String, modifiers: [String]) -> MatchValue {
    if word == "null" { return .null }
    if modifiers.contains("exists"), let boolean = Bool(word.lowercased()) { return .boolean(boolean) }
    if modifiers.contains(where: ["gt", "gte", "lt", "lte"].contains), let number = Number(word) {
      switch number {
      case .integer(let integer): return .integer(integer)
      case .real(let real): return .number(real)
      }
    }
    return .string(word)
  }

  /// An error of a field test, with its place in the filter.
  private func placed(_ error: MatchError, start: Int, field: String, modifiers: [String]) -> MatchError {
    var copy = error
    switch error.culprit {
    case .modifier(let index) where index < modifiers.count:
      let before = modifiers[..<index].reduce(field.utf8.count + 1) { $0 + $1.utf8.count + 1 }
      copy.culprit = .condition(utf8Offset: start + before)
    case .value: copy.culprit = .condition(utf8Offset: valueStart)
    default: copy.culprit = .condition(utf8Offset: start)
    }
    return copy
  }
}

extension MatchError {
  fileprivate static func filterSyntax(_ message: String, at offset: Int) -> MatchError {
    MatchError(
      code: "filter-syntax", message: message, hint: "write FIELD=VALUE, and join several with ' and '",
      culprit: .condition(utf8Offset: offset))
  }
}
