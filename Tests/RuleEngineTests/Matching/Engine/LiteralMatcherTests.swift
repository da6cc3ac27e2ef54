import Testing

@testable import RuleEngine

@Suite struct LiteralMatcherTests {
  @Test("every literal is found where it must stand, and no other")
  func equalsSearching() {
    var random = SeededGenerator(state: 3)
    let parts = ["ab", "abc", "\\x.exe", "cmd", " ", "é", "zz", "a", "\u{430}", "\u{1F600}"]
    let positions: [Literal.Position] = [.whole, .start, .end, .anywhere]
    var literals: Set<Literal> = [Literal(position: .whole, bytes: [])]
    while literals.count < 300 {
      let position = positions[literals.count % 4]
      let text = Array(random.words(of: parts, upTo: 5).utf8)
      if position == .anywhere ? Literal.isSearchable(text) : !text.isEmpty {
        literals.insert(Literal(position: position, bytes: text))
      }
    }
    let numbered = literals.sorted { "\($0)" < "\($1)" }.enumerated().map { ($1, Int32($0)) }
    let matcher = LiteralMatcher(numbered.map { (literal: $0, number: $1) })
    let hits = LiteralHits(literalCount: numbered.count)
    let folder = ValueFolder()
    for _ in 0..<500 {
      let text = random.words(of: parts + ["CMD", "É"], upTo: 12)
      let folded = Array(text.lowercased().utf8)
      hits.begin()
      Array(text.utf8).withUnsafeBytes { matcher.findAll(in: folder.fold($0), hits) }
      let found = (0..<hits.count).map { hits[$0] }.sorted()
      #expect(found == numbered.filter { $0.0.stands(in: folded) }.map { Int($0.1) }, "\(text)")
    }
  }

  @Test("folding a folded text changes nothing, whatever the character")
  func foldingIsStable() {
    let scalars = (UInt32(0)...0x1_FFFF).lazy.compactMap(Unicode.Scalar.init)
    let unstable = scalars.filter { scalar in
      let folded = CaseFolding.folded(scalar)
      return CaseFolding.folded(folded) != folded
    }
    #expect(Array(unstable).isEmpty)
  }
}

extension Literal {
  /// Whether the literal stands where it must in a folded text, found by comparing at every place.
  fileprivate func stands(in text: [UInt8]) -> Bool {
    switch position {
    case .whole: text == bytes
    case .start: text.starts(with: bytes)
    case .end: text.reversed().starts(with: bytes.reversed())
    case .anywhere: text.indices.contains { text[$0...].starts(with: bytes) }
    }
  }
}
