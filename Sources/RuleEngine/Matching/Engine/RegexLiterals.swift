/// Finds texts that every match of a regular expression contains, so that most values need no attempt.
///
/// Reads the part of PCRE's syntax that rules use. Whatever it does not know makes it say nothing, which is always right.
struct RegexLiterals {
  /// Texts one of which a match must contain; nil when nothing is known.
  private typealias Requirement = [[UInt8]]
  /// What the reader does not know.
  private struct Unknown: Error {}

  private static let mostAlternatives = 32
  private static let deepestGroup = 16

  private let pattern: [UInt8]
  /// The shortest text that is worth finding, in bytes.
  private let shortest: Int
  private var position = 0
  private var depth = 0

  /// What must be found before an expression is tried.
  static func need(of regex: RegexMatcher) -> LiteralNeed {
    guard let found = texts(of: regex.pattern, shortest: Literal.shortestAnywhere) else { return .unknown }
    return .atLeast(found.map { Literal(position: .anywhere, bytes: $0) })
  }

  /// Bytes one of which every match of an expression contains, without letters and digits, which most texts have; empty
  /// when nothing is known.
  static func signs(of pattern: String) -> [UInt8] {
    let signs = texts(of: pattern, shortest: 1)?.map { text in
      text.first { !(0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x20 || $0 >= 0x80) }
    }
    guard let signs, signs.count <= mostSigns, signs.allSatisfy({ $0 != nil }) else { return [] }
    return Set(signs.compactMap(\.self)).sorted()
  }

  private static let mostSigns = 8

  private static func texts(of pattern: String, shortest: Int) -> Requirement? {
    var reader = RegexLiterals(pattern: Array(pattern.utf8), shortest: shortest)
    guard let found = try? reader.alternatives(), reader.position == reader.pattern.count else { return nil }
    return found
  }

  private init(pattern: [UInt8], shortest: Int) {
    self.pattern = pattern
    self.shortest = shortest
  }

  private var peek: UInt8? { position < pattern.count ? pattern[position] : nil }

  private mutating func skip(_ byte: Character) -> Bool {
    guard peek == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// Branches between `|`, up to the end of the group; each must contain something.
  private mutating func alternatives() throws(Unknown) -> Requirement? {
    var all: Requirement? = []
    repeat {
      let branch = try sequence()
      if let known = all, let branch, known.count + branch.count <= Self.mostAlternatives {
        all = known + branch
      } else {
        all = nil
      }
    } while skip("|")
    return all
  }

  private mutating func sequence() throws(Unknown) -> Requirement? {
    var best = Best(shortest: shortest)
    while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      switch try atom() {
      case .character(let character): try take(character, &best)
      case .group(let requirement):
        best.endRun()
        if try quantifier().isRequired, let requirement { best.offer(requirement) }
      case .other:
        best.endRun()
        _ = try quantifier()
      case .nothing: break
      }
    }
    best.endRun()
    return best.requirement
  }

  private mutating func take(_ character: UInt8, _ best: inout Best) throws(Unknown) {
    let times = try quantifier()
    if times.isRequired { best.run.append(character) }
    if times.isOnce { return }
    best.endRun()
    if times.isRequired { best.run = [character] }
  }

  /// The literal run being read, and the best requirement so far.
  private struct Best {
    let shortest: Int
    var run: [UInt8] = []
    private(set) var requirement: Requirement?

    init(shortest: Int) { self.shortest = shortest }

    mutating func endRun() {
      offer([run])
      run = []
    }

    /// Longer texts are rarer.
    mutating func offer(_ news: Requirement) {
      let length = Self.length(news)
      if length >= shortest, length > requirement.map(Self.length) ?? 0 { requirement = news }
    }

    private static func length(_ requirement: Requirement) -> Int { requirement.map(\.count).min() ?? 0 }
  }
}

// MARK: - Atoms

extension RegexLiterals {
  private enum Atom {
    case character(UInt8)
    case group(Requirement?)
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
    let requirement = try alternatives()
    guard skip(")") else { throw Unknown() }
    depth -= 1
    return .group(requirement)
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
    var isRequired = true
    var isOnce = true
  }

  private mutating func quantifier() throws(Unknown) -> Times {
    var times = Times()
    switch peek {
    case UInt8(ascii: "*"), UInt8(ascii: "?"):
      position += 1
      times = Times(isRequired: false, isOnce: false)
    case UInt8(ascii: "+"):
      position += 1
      times.isOnce = false
    case UInt8(ascii: "{"):
      position += 1
      times = Times(isRequired: try least() > 0, isOnce: false)
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
