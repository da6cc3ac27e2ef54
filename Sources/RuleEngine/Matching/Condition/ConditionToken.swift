/// A word or bracket of a condition, with its place.
struct ConditionToken: Hashable {
  enum Kind: Hashable {
    case open, close
    /// `|`: what is left of Sigma's old aggregations.
    case pipe
    /// A keyword, a number, the name of a selection, or a pattern of names.
    case word(String)
    case end
  }

  let kind: Kind
  /// UTF-8 bytes from the start of the condition.
  let offset: Int

  /// Splits a condition; the last token is always `end`.
  static func tokens(of text: String) -> [ConditionToken] {
    var tokens: [ConditionToken] = []
    var word: [UInt8] = []
    func finishWord(at end: Int) {
      if !word.isEmpty {
        tokens.append(.init(kind: .word(String(decoding: word, as: UTF8.self)), offset: end - word.count))
      }
      word = []
    }
    var offset = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"):
        finishWord(at: offset)
        let kind: Kind = byte == UInt8(ascii: "(") ? .open : byte == UInt8(ascii: ")") ? .close : .pipe
        tokens.append(.init(kind: kind, offset: offset))
      case 0...0x20: finishWord(at: offset)
      default: word.append(byte)
      }
      offset += 1
    }
    finishWord(at: offset)
    tokens.append(.init(kind: .end, offset: offset))
    return tokens
  }
}
