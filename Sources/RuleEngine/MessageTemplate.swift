/// A sentence with `{placeholders}` for the values of an event; `{{` and `}}` stand for braces.
public struct MessageTemplate: Sendable, Hashable {
  /// A mistake in a template.
  public struct ParseError: Error, Sendable, Hashable {
    /// What is wrong; lower case, no full stop.
    public var message: String
    /// What to write instead.
    public var hint: String
    /// The place of the culprit in the template, in UTF-8 bytes from its start.
    public var utf8Offset: Int
  }

  enum Part: Sendable, Hashable {
    case literal(String)
    case placeholder(String)
  }

  let parts: [Part]

  /// Reads a template.
  ///
  /// - Throws: A brace that is not closed, or a placeholder without a name.
  public init(parsing text: String) throws(ParseError) {
    var parser = Parser(text: text)
    parts = try parser.parse()
  }

  /// The names in braces, in order, each once.
  public var placeholders: [String] {
    var seen: Set<String> = []
    return parts.compactMap {
      guard case .placeholder(let name) = $0, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  /// The sentence with its placeholders filled in; one without a value stays as it was written.
  public func render(_ lookup: (String) -> String?) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .literal(let text): result += text
      case .placeholder(let name): result += lookup(name) ?? "{\(name)}"
      }
    }
    return result
  }
}

extension MessageTemplate {
  /// Splits a template at its braces.
  private struct Parser {
    let text: String
    var parts: [Part] = []
    var literal = ""

    init(text: String) { self.text = text }

    mutating func parse() throws(ParseError) -> [Part] {
      var rest = text[...]
      let isBrace: (UInt8) -> Bool = { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }
      while let brace = rest.utf8.firstIndex(where: isBrace) {
        literal += rest[..<brace]
        rest = rest[brace...]
        if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
          literal.append(rest.removeFirst())
          rest = rest.dropFirst()
        } else if rest.utf8.first == UInt8(ascii: "{") {
          rest = try placeholder(at: rest)
        } else {
          literal.append(rest.removeFirst())
        }
      }
      literal += rest
      finishLiteral()
      return parts
    }

    /// Reads one placeholder and returns what follows it.
    private mutating func placeholder(at rest: Substring) throws(ParseError) -> Substring {
      let offset = text.utf8.distance(from: text.startIndex, to: rest.startIndex)
      guard let end = rest.firstIndex(of: "}") else {
        throw ParseError(
          message: "'{' without '}'", hint: "close the placeholder with '}', or write '{{' for a brace",
          utf8Offset: offset)
      }
      let name = rest[rest.index(after: rest.startIndex)..<end].trimmingBlanks()
      guard !name.isEmpty, !name.contains("{") else {
        throw ParseError(
          message: name.isEmpty ? "a placeholder without a name" : "'{' inside a placeholder",
          hint: "write the name of a parameter or field between braces, or '{{' for a brace", utf8Offset: offset)
      }
      finishLiteral()
      parts.append(.placeholder(String(name)))
      return rest[rest.index(after: end)...]
    }

    private mutating func finishLiteral() {
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = ""
    }
  }
}

extension Substring {
  /// The text without white space at both ends.
  func trimmingBlanks() -> Substring {
    // Most texts begin and end with printable ASCII.
    if let first = utf8.first, let last = utf8.last, 0x21..<0x7F ~= first, 0x21..<0x7F ~= last { return self }
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...end]
  }
}
