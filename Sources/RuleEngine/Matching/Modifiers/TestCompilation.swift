extension TestDraft {
  /// The tests of the values, after all modifiers were applied.
  ///
  /// - Parameter isKeyword: Whether the values are keywords, which may stand anywhere in a text.
  /// - Returns: One test for each value.
  /// - Throws: The first value that can't be compiled.
  func compiled(isKeyword: Bool) throws(MatchError) -> [ValueTest] {
    var tests: [ValueTest] = []
    tests.reserveCapacity(operands.count)
    for (index, operand) in operands.enumerated() {
      let operand = isKeyword ? try keyword(operand) : operand
      // Where any value fits, the parts of one are values like the others.
      if !requiresAll, case .anyOf = operand {
        tests += try flattened(operand, at: index)
      } else {
        tests.append(try test(of: operand, at: index))
      }
    }
    return tests
  }

  private func flattened(_ operand: Operand, at index: Int) throws(MatchError) -> [ValueTest] {
    guard case .anyOf(let parts) = operand else { return [try test(of: operand, at: index)] }
    var tests: [ValueTest] = []
    for part in parts { tests += try flattened(part, at: index) }
    return tests
  }

  private func test(of operand: Operand, at index: Int) throws(MatchError) -> ValueTest {
    switch operand {
    case .test(let test): return test
    case .text(let text): return .text(TextPattern(text, isCased: isCased))
    case .bytes: throw .encodingAlone(modifiers)
    case .field(let comparison): return .field(comparison)
    case .anyOf: return .anyOf(try flattened(operand, at: index))
    case .regex(let pattern):
      guard let matcher = RegexMatcher(pattern, options: regexOptions) else {
        throw .invalidRegex(pattern, at: index)
      }
      return .regex(matcher)
    case .value(.string(let text)): return .text(TextPattern(SigmaText(parsing: text), isCased: isCased))
    case .value(.integer(let number)): return .number(.equal, .integer(number))
    case .value(.number(let number)): return .number(.equal, .real(number))
    case .value(.boolean(let boolean)): return .boolean(boolean)
    case .value(.null): return .noValue
    }
  }

  private func keywords(_ operands: [Operand]) throws(MatchError) -> [Operand] {
    var result: [Operand] = []
    for operand in operands { result.append(try keyword(operand)) }
    return result
  }

  /// The modifier that says how values are compared.
  private var comparingModifier: String { modifiers.first { $0 != "all" && $0 != "neq" } ?? "" }

  /// What a keyword without modifiers means: its text anywhere in a value.
  private func keyword(_ operand: Operand) throws(MatchError) -> Operand {
    switch operand {
    case .value(.string(let text)):
      .text(SigmaText(parsing: text).withAnythingBefore().withAnythingAfter())
    case .value(.integer(let number)):
      .text(SigmaText(parsing: String(number)).withAnythingBefore().withAnythingAfter())
    case .text(let text) where !isPlaced: .text(text.withAnythingBefore().withAnythingAfter())
    case .anyOf(let parts): .anyOf(try keywords(parts))
    case .field: throw .needsField("'fieldref'")
    case .value: throw .needsField("a value that is no text")
    case .test(.presence), .test(.number), .test(.timePart): throw .needsField("'\(comparingModifier)'")
    default: operand
    }
  }
}
