import Foundation

extension Modifier {
  /// Encodings of text: UTF-16 makes bytes, and Base64 makes text of text or bytes.
  static let encoding: [Modifier] = [
    unicode("wide", .utf16LittleEndian), unicode("utf16le", .utf16LittleEndian), unicode("utf16be", .utf16BigEndian),
    unicode("utf16", .utf16LittleEndian, mark: [0xFF, 0xFE]),
    base64("base64") { [Data($0).base64EncodedString()] },
    base64("base64offset", shortest: 2, base64AtEveryOffset),
  ]

  private static func unicode(_ name: String, _ encoding: String.Encoding, mark: [UInt8] = []) -> Modifier {
    Modifier(name) { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let texts = try current.literals(of: operand, at: index)
        return .oneOf(texts.map { .bytes(mark + Array($0.data(using: encoding) ?? Data())) })
      }
    }
  }

  private static func base64(
    _ name: String, shortest: Int = 0, _ encode: @escaping @Sendable ([UInt8]) -> [String]
  ) -> Modifier {
    Modifier(name) { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let inputs: [[UInt8]]
        if case .bytes(let bytes) = operand {
          inputs = [bytes]
        } else {
          inputs = try current.literals(of: operand, at: index).map { Array($0.utf8) }
        }
        if inputs.contains(where: { $0.count < shortest }) { throw .tooShort(name, at: index) }
        return .oneOf(inputs.flatMap(encode).map { .text(SigmaText(parts: [.literal($0)])) })
      }
    }
  }

  /// What stands in Base64 for bytes that begin at any place of a longer text: one form for each place modulo three,
  /// without the characters that depend on the neighbours.
  private static func base64AtEveryOffset(_ bytes: [UInt8]) -> [String] {
    [(0, 0), (1, 2), (2, 3)].map { shift, start in
      let encoded = Data(Array(repeating: 0, count: shift) + bytes).base64EncodedString()
      let end = [0, 3, 2][(bytes.count + shift) % 3]
      return String(encoded.dropFirst(start).dropLast(end))
    }
  }
}

extension TestDraft.Operand {
  /// One operand, or several of which any fits.
  fileprivate static func oneOf(_ operands: [TestDraft.Operand]) -> TestDraft.Operand {
    operands.count == 1 ? operands[0] : .anyOf(operands)
  }
}

extension TestDraft {
  /// How many texts a value with dashes may stand for.
  private static let mostSpellings = 3125

  /// The texts that an operand without wildcards stands for: several where `windash` left dashes open.
  fileprivate func literals(of operand: Operand, at index: Int) throws(MatchError) -> [String] {
    var texts = [""]
    for part in try text(of: operand, at: index).parts {
      switch part {
      case .literal(let literal): texts = texts.map { $0 + literal }
      case .dash: texts = texts.flatMap { text in SigmaText.dashes.map { text + String($0) } }
      case .any, .one: throw .wildcardInEncoding(modifier, at: index)
      }
      guard texts.count <= Self.mostSpellings else { throw .tooManyDashes(modifier, at: index) }
    }
    return texts
  }
}
