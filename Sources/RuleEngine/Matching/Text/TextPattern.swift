/// A compiled string of a rule: compares texts with a ``SigmaText``, byte by byte and without allocating.
///
/// The pattern is held as the pieces between its `*`: the first must begin the text, the last must end it, and each of
/// the others is looked for after the one before. That is never worse than length of text times length of pattern.
/// Text is compared by Unicode scalars; `é` in one character and in two are different.
struct TextPattern: Sendable {
  /// A byte that UTF-8 never uses stands for `?` in a piece.
  private static let anyScalar: UInt8 = 0xFF
  /// A byte that UTF-8 never uses stands for the dashes of `windash` in a piece.
  private static let anyDash: UInt8 = 0xFE
  /// From here on, bytes are no UTF-8 and stand for something else in a piece.
  private static let firstSpecial: UInt8 = 0xF8

  private struct Piece {
    var range: Range<Int>
    var hasWildcards = false
  }

  let isCased: Bool
  private let bytes: [UInt8]
  private let pieces: [Piece]

  init(_ text: SigmaText, isCased: Bool) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.parts.reduce(0) { $0 + $1.utf8Count })
    var pieces: [Piece] = []
    pieces.reserveCapacity(text.parts.count + 1)
    pieces.append(Piece(range: 0..<0))
    for part in text.parts {
      switch part {
      case .literal(let literal):
        if isCased { bytes += literal.utf8 } else { CaseFolding.append(literal, to: &bytes) }
      case .one, .dash:
        bytes.append(part == .one ? Self.anyScalar : Self.anyDash)
        pieces[pieces.count - 1].hasWildcards = true
      case .any:
        pieces.append(Piece(range: bytes.count..<bytes.count))
      }
      let start = pieces[pieces.count - 1].range.lowerBound
      pieces[pieces.count - 1].range = start..<bytes.count
    }
    self.isCased = isCased
    self.bytes = bytes
    self.pieces = pieces
  }

  /// Whether a text fits the whole pattern.
  func matches(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable(matches) ?? Array(text.utf8).withUnsafeBufferPointer(matches)
  }

  /// Whether UTF-8 text fits the whole pattern.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { pattern in
      let quick = Comparison(pattern: pattern, text: text, ignoringCase: !isCased)
      if quick.matches(pieces) { return true }
      // Comparing raw bytes with the folded pattern can only miss, and only where folding changes the text.
      guard !isCased, CaseFolding.mayChangeBeyondASCII(text) else { return false }
      let folded = CaseFolding.folded(String(decoding: text, as: UTF8.self).unicodeScalars)
      return folded.withUnsafeBufferPointer {
        Comparison(pattern: pattern, text: $0, ignoringCase: false).matches(pieces)
      }
    }
  }

  /// The pattern as one literal, when it is no more than that at one place.
  var onlyLiteral: Literal? {
    guard pieces.count <= 3, !pieces.contains(where: \.hasWildcards) else { return nil }
    if pieces.count == 1 { return Literal(position: .whole, bytes: bytes) }
    let texts = pieces.count { !$0.range.isEmpty }
    guard texts == 1 else { return nil }
    // The text is all of the bytes, and the pieces without text are wildcards at its ends.
    if pieces.count == 2 { return Literal(position: pieces[0].range.isEmpty ? .end : .start, bytes: bytes) }
    return pieces[1].range.isEmpty ? nil : Literal(position: .anywhere, bytes: bytes)
  }

  /// Where the pattern's only literal first stands in a text that it fits; nil when it is not one literal, and where
  /// letter case beyond ASCII may matter.
  func onlyRange(in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    guard let literal = onlyLiteral, !literal.bytes.isEmpty, literal.bytes.count <= text.count,
      ByteSearch.firstNonASCII(in: text) == nil
    else { return nil }
    switch literal.position {
    case .whole: return text.indices
    case .start: return 0..<literal.bytes.count
    case .end: return text.count - literal.bytes.count..<text.count
    case .anywhere:
      return literal.bytes.withUnsafeBufferPointer { needle in
        ByteSearch.firstIndex(of: needle, in: text, range: text.indices, ignoringCase: !isCased)
          .map { $0..<$0 + needle.count }
      }
    }
  }

  /// The texts without wildcards that any text which fits contains.
  var literalRuns: [[UInt8]] {
    pieces.flatMap { bytes[$0.range].split { $0 >= Self.firstSpecial }.map(Array.init) }
  }

  /// One comparison of a text with the pieces of a pattern.
  private struct Comparison {
    let pattern: UnsafeBufferPointer<UInt8>
    let text: UnsafeBufferPointer<UInt8>
    let ignoringCase: Bool

    func matches(_ pieces: [Piece]) -> Bool {
      guard var position = end(of: pieces[0].range, at: 0) else { return false }
      if pieces.count == 1 { return position == text.count }
      guard let limit = start(of: pieces[pieces.count - 1].range), position <= limit else { return false }
      for index in 1..<pieces.count - 1 {
        guard let end = firstEnd(of: pieces[index], in: position..<limit) else { return false }
        position = end
      }
      return true
    }

    /// Where a piece that begins at a position ends; nil when it does not fit there.
    private func end(of piece: Range<Int>, at start: Int) -> Int? {
      var position = start
      for index in piece {
        guard position < text.count else { return nil }
        if pattern[index] == TextPattern.anyScalar {
          repeat { position += 1 } while position < text.count && isContinuation(text[position])
        } else if pattern[index] == TextPattern.anyDash {
          let length = dashLength(at: position)
          guard length > 0 else { return nil }
          position += length
        } else {
          guard fits(text[position], pattern[index]) else { return nil }
          position += 1
        }
      }
      return position
    }

    /// Where a piece that ends the text begins; nil when it does not fit there.
    private func start(of piece: Range<Int>) -> Int? {
      var position = text.count
      for index in piece.reversed() {
        guard position > 0 else { return nil }
        position -= 1
        if pattern[index] == TextPattern.anyScalar {
          while position > 0 && isContinuation(text[position]) { position -= 1 }
        } else if pattern[index] == TextPattern.anyDash {
          while position > 0 && isContinuation(text[position]) { position -= 1 }
          guard dashLength(at: position) > 0 else { return nil }
        } else {
          guard fits(text[position], pattern[index]) else { return nil }
        }
      }
      return position
    }

    /// Where the first occurrence of a piece in a part of the text ends.
    private func firstEnd(of piece: Piece, in range: Range<Int>) -> Int? {
      if piece.range.isEmpty { return range.lowerBound }
      if !piece.hasWildcards {
        let needle = UnsafeBufferPointer(rebasing: pattern[piece.range])
        return ByteSearch.firstIndex(of: needle, in: text, range: range, ignoringCase: ignoringCase)
          .map { $0 + needle.count }
      }
      for start in range where !isContinuation(text[start]) {
        if let end = end(of: piece.range, at: start) { return end <= range.upperBound ? end : nil }
      }
      return nil
    }

    /// The bytes of the dash at a position: one for `-` and `/`, three for U+2013 to U+2015; 0 when there is none.
    private func dashLength(at position: Int) -> Int {
      switch text[position] {
      case UInt8(ascii: "-"), UInt8(ascii: "/"): 1
      case 0xE2 where position + 2 < text.count && text[position + 1] == 0x80 && 0x93...0x95 ~= text[position + 2]: 3
      default: 0
      }
    }

    @inline(__always)
    private func fits(_ byte: UInt8, _ expected: UInt8) -> Bool {
      expected == (ignoringCase ? CaseFolding.folded(byte) : byte)
    }

    @inline(__always)
    private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
  }
}
