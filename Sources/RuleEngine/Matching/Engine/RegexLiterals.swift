/// Finds texts that every match of a regular expression contains, so that most values need no attempt.
///
/// Reads the part of PCRE's syntax that rules use. Whatever it does not know makes it say nothing, which is always right.
struct RegexLiterals {
  /// Texts one of which a match must contain.
  private typealias Requirement = [[UInt8]]

  /// What every match of a part contains.
  private struct Found {
    /// Nil when nothing is known.
    var texts: Requirement?
    /// How many there are at least of each byte that is no letter, digit or blank.
    var signs: [UInt8: Int] = [:]

    mutating func addSigns(_ more: [UInt8: Int], times: Int = 1) {
      guard times > 0 else { return }
      for (byte, count) in more { signs[byte, default: 0] += min(count * min(times, 1000), 1000) }
    }
  }

  /// What the reader does not know.
  private struct Unknown: Error {}

  private static let mostAlternatives = 32
  private static let mostSigns = 2
  private static let deepestGroup = 16

  private let pattern: [UInt8]
  private var position = 0
  private var depth = 0

  /// What must be found before an expression is tried.
  static func need(of regex: RegexMatcher) -> LiteralNeed {
    guard let found = found(in: regex.pattern)?.texts else { return .unknown }
    return .atLeast(found.map { Literal(position: .anywhere, bytes: $0) })
  }

  /// The bytes of which every match contains at least a number, those with the highest numbers; empty when nothing is
  /// known. Counting them is cheaper than an attempt, and saves `a.*a.*a` from trying all ways to choose among few.
  static func signs(of pattern: String) -> [(byte: UInt8, count: Int)] {
    let signs = found(in: pattern)?.signs ?? [:]
    return signs.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(mostSigns).map { ($0.key, $0.value) }
  }

  private static func found(in pattern: String) -> Found? {
    var reader = RegexLiterals(pattern: Array(pattern.utf8))
    guard let found = try? reader.alternatives(), reader.position == reader.pattern.count else { return nil }
    return found
  }

  private init(pattern: [UInt8]) { self.pattern = pattern }

  private var peek: UInt8? { position < pattern.count ? pattern[position] : nil }

  private mutating func skip(_ byte: Character) -> Bool {
    guard peek == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// Branches between `|`, up to the end of the group; each must contain something.
  private mutating func alternatives() throws(Unknown) -> Found {
    var all = try sequence()
    while skip("|") {
      let branch = try sequence()
      if let known = all.texts, let texts = branch.texts, known.count + texts.count <= Self.mostAlternatives {
        all.texts = known + texts
      } else {
        all.texts = nil
      }
      let common = all.signs.filter { branch.signs[$0.key] != nil }
      all.signs = common.merging(branch.signs.filter { common[$0.key] != nil }, uniquingKeysWith: min)
    }
    return all
  }

  private mutating func sequence() throws(Unknown) -> Found {
    var best = Best()
    while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      switch try atom() {
      case .character(let character): try take(character, &best)
      case .group(let found):
        best.endRun()
        let times = try quantifier()
        if times.isRequired, let texts = found.texts { best.offer(texts) }
        best.found.addSigns(found.signs, times: times.least)
      case .other:
        best.endRun()
        _ = try quantifier()
      case .nothing: break
      }
    }
    best.endRun()
    return best.found
  }

  private mutating func take(_ character: UInt8, _ best: inout Best) throws(Unknown) {
    let times = try quantifier()
    if Self.isSign(character), times.isRequired { best.found.addSigns([character: 1], times: times.least) }
    if times.isRequired { best.run.append(character) }
    if times.isOnce { return }
    best.endRun()
    if times.isRequired { best.run = [character] }
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
    default: 0x21...0x7E ~= byte
    }
  }

  /// The literal run being read, and the best requirement so far.
  private struct Best {
    var run: [UInt8] = []
    var found = Found()

    mutating func endRun() {
      offer([run])
      run = []
    }

    /// Longer texts are rarer.
    mutating func offer(_ news: Requirement) {
      let length = Self.shortest(news)
      if length >= Literal.shortestAnywhere, length > found.texts.map(Self.shortest) ?? 0 { found.texts = news }
    }

    private static func shortest(_ requirement: Requirement) -> Int { requirement.map(\.count).min() ?? 0 }
  }
}

// MARK: - Atoms

extension RegexLiterals {
  private enum Atom {
    case character(UInt8)
    case group(Found)
    case other
    /// Something that stands for no text, such as `(?i)`.
    case nothing
  }

  private mutating func atom() throws(Unknown) -> Atom {
    guard let byte = peek else { throw Unknown() }
    position += 1
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return try characterClass()
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"), 0x80...: return .other
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): throw Unknown()
    default: return .character(CaseFolding.folded(byte))
    }
  }

  private mutating func group() throws(Unknown) -> Atom {
    if skip("?") {
      if try flags() { return .nothing }
    } else if peek == UInt8(ascii: "*") {
      throw Unknown()
    }
    depth += 1
    guard depth <= Self.deepestGroup else { throw Unknown() }
    let found = try alternatives()
    guard skip(")") else { throw Unknown() }
    depth -= 1
    return .group(found)
  }

  /// What stands after `(?`: flags for the rest, as in `(?i)`, or flags and the colon of a group. Others are not known.
  ///
  /// - Returns: Whether it was flags alone.
  private mutating func flags() throws(Unknown) -> Bool {
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"): continue
      case UInt8(ascii: ":"): return false
      case UInt8(ascii: ")"): return true
      default: throw Unknown()
      }
    }
    throw Unknown()
  }

  private mutating func escape() throws(Unknown) -> Atom {
    guard let byte = peek else { throw Unknown() }
    position += 1
    switch byte {
    case UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"),
      UInt8(ascii: "W"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"),
      UInt8(ascii: "Z"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return .other
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, UInt8(ascii: " "): return .character(byte)
    default: throw Unknown()
    }
  }

  private mutating func characterClass() throws(Unknown) -> Atom {
    _ = skip("^")
    _ = skip("]")
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "]"): return .other
      case UInt8(ascii: "\\"):
        // \Q…\E would hide a bracket.
        guard let next = peek, next != UInt8(ascii: "Q") else { throw Unknown() }
        position += 1
      case UInt8(ascii: "["):
        if peek == UInt8(ascii: ":") || peek == UInt8(ascii: ".") || peek == UInt8(ascii: "=") { throw Unknown() }
      default: break
      }
    }
    throw Unknown()
  }
}

// MARK: - Quantifiers

extension RegexLiterals {
  private struct Times {
    var least = 1
    var isOnce = true

    var isRequired: Bool { least > 0 }
  }

  private mutating func quantifier() throws(Unknown) -> Times {
    var times = Times()
    switch peek {
    case UInt8(ascii: "*"), UInt8(ascii: "?"):
      position += 1
      times = Times(least: 0, isOnce: false)
    case UInt8(ascii: "+"):
      position += 1
      times.isOnce = false
    case UInt8(ascii: "{"):
      position += 1
      times = Times(least: try least(), isOnce: false)
    default: return times
    }
    // Lazy or possessive.
    if !skip("?") { _ = skip("+") }
    return times
  }

  /// The least count of `{n}`, `{n,}` or `{n,m}`.
  private mutating func least() throws(Unknown) -> Int {
    guard let end = pattern[position...].firstIndex(of: UInt8(ascii: "}")) else { throw Unknown() }
    let parts = pattern[position..<end].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = parts.first,
      let least = Int(String(decoding: first, as: UTF8.self))
    else { throw Unknown() }
    guard parts.count == 1 || parts[1].allSatisfy({ 0x30...0x39 ~= $0 }) else { throw Unknown() }
    position = end + 1
    return least
  }
}
