/// A text that rules look for in the values of a field, letter case folded.
struct Literal: Sendable, Hashable {
  /// Where in the value the text must stand.
  enum Position: Sendable, Hashable {
    /// It is the whole value.
    case whole
    /// It begins the value.
    case start
    /// It ends the value.
    case end
    /// It stands somewhere in the value.
    case anywhere
  }

  var position: Position
  var bytes: [UInt8]

  /// The shortest text that is worth looking for anywhere in a value; shorter ones occur too often.
  static let shortestAnywhere = 4
  /// The shortest one with a character that is not ASCII; few values have any.
  static let shortestBeyondASCII = 2

  /// Whether a text is worth looking for anywhere in a value.
  static func isSearchable(_ bytes: [UInt8]) -> Bool {
    bytes.count >= shortestAnywhere || (bytes.count >= shortestBeyondASCII && bytes.contains { $0 >= 0x80 })
  }
}

/// What is known of a test without comparing a value with it.
enum LiteralNeed: Sendable, Hashable {
  /// The test holds exactly when the literal is found.
  case exactly(Literal)
  /// The test can only hold when one of the literals is found.
  case atLeast([Literal])
  /// The test must be asked.
  case unknown
}

extension ValueTest {
  /// The literals that decide the test, or come before asking it.
  var literalNeed: LiteralNeed {
    switch self {
    case .text(let pattern): pattern.literalNeed
    case .regex(let regex): RegexLiterals.need(of: regex)
    case .anyOf(let tests): Self.need(of: tests.map(\.literalNeed))
    default: .unknown
    }
  }

  /// What any of several tests needs: one of all their literals.
  private static func need(of parts: [LiteralNeed]) -> LiteralNeed {
    var literals: [Literal] = []
    for part in parts {
      switch part {
      case .exactly(let literal): literals.append(literal)
      case .atLeast(let some): literals += some
      case .unknown: return .unknown
      }
    }
    return .atLeast(literals)
  }
}

extension TextPattern {
  fileprivate var literalNeed: LiteralNeed {
    if !isCased, let literal = onlyLiteral {
      if literal.position != .anywhere || Literal.isSearchable(literal.bytes) { return .exactly(literal) }
      return .unknown
    }
    guard let run = literalRuns.max(by: { $0.count < $1.count }) else { return .unknown }
    let folded = isCased ? CaseFolding.folded(String(decoding: run, as: UTF8.self).unicodeScalars) : run
    guard Literal.isSearchable(folded) else { return .unknown }
    return .atLeast([Literal(position: .anywhere, bytes: folded)])
  }
}
