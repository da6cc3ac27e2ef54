/// What the placeholders of Sigma rules stand for: `%Administrators%` and their like, by name.
public struct Placeholders: Sendable, Hashable {
  /// The values of each placeholder; they may have wildcards.
  public var lists: [String: [String]]

  /// Makes placeholders.
  public init(_ lists: [String: [String]] = [:]) { self.lists = lists }

  /// The placeholders with every value transformed.
  func mapped(_ transform: (String) -> String) -> Placeholders { Placeholders(lists.mapValues { $0.map(transform) }) }

  /// A part of a text.
  enum Piece: Hashable {
    case literal(String)
    case placeholder(String)
  }

  /// Splits a text at its placeholders; `\%` is a percent sign.
  static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "\\", rest.first == "%" {
        literal.append(rest.removeFirst())
      } else if character == "%", let name = name(at: rest) {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        pieces.append(.placeholder(String(name)))
        rest = rest.dropFirst(name.count + 1)
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    return pieces
  }

  /// The name that ends with the next `%`.
  private static func name(at text: Substring) -> Substring? {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return !name.isEmpty && text.dropFirst(name.count).first == "%" ? name : nil
  }
}
