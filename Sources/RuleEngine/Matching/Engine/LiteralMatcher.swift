/// Finds all literals that rules look for in the values of one field.
///
/// An object, because copying its tables for every value would cost more than asking them.
final class LiteralMatcher: Sendable {
  private let whole: AnchoredLiterals
  private let starts: AnchoredLiterals
  private let ends: AnchoredLiterals
  private let anywhere: AnywhereLiterals
  /// Short texts that only values with characters beyond ASCII can contain.
  private let beyondASCII: AnywhereLiterals

  /// Whether there is nothing to look for.
  var isEmpty: Bool { whole.isEmpty && starts.isEmpty && ends.isEmpty && anywhere.isEmpty && beyondASCII.isEmpty }

  /// - Parameter literals: Each text once, with its number.
  init(_ literals: [(literal: Literal, number: Int32)]) {
    typealias Numbered = [(bytes: [UInt8], number: Int32)]
    var (whole, starts, ends): (Numbered, Numbered, Numbered) = ([], [], [])
    var (long, short): (Numbered, Numbered) = ([], [])
    for (literal, number) in literals {
      switch literal.position {
      case .whole: whole.append((literal.bytes, number))
      case .start: starts.append((literal.bytes, number))
      case .end: ends.append((literal.bytes, number))
      case .anywhere where literal.bytes.count >= Literal.shortestAnywhere: long.append((literal.bytes, number))
      case .anywhere: short.append((literal.bytes, number))
      }
    }
    self.whole = AnchoredLiterals(whole, isBackward: false)
    self.starts = AnchoredLiterals(starts, isBackward: false)
    self.ends = AnchoredLiterals(ends, isBackward: true)
    anywhere = AnywhereLiterals(long, gramSize: .four)
    beyondASCII = AnywhereLiterals(short, gramSize: .two)
  }

  /// Notes every literal that is found.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - hits: Takes the numbers of the literals.
  func findAll(in value: FoldedValue, _ hits: LiteralHits) {
    whole.findWhole(value.text, hits)
    starts.findAll(in: value.text, hits)
    ends.findAll(in: value.text, hits)
    anywhere.findAll(in: value.text, hits)
    if !value.isASCII { beyondASCII.findAll(in: value.text, hits) }
  }
}

/// The literals that were found in the event at hand, each once.
///
/// Nothing is cleared from event to event: a mark counts only when it carries the number of the event.
final class LiteralHits {
  private let marks: UnsafeMutablePointer<UInt32>
  private let list: UnsafeMutablePointer<Int32>
  private let capacity: Int
  private var event: UInt32 = 0
  /// How many literals were found.
  private(set) var count = 0

  init(literalCount: Int) {
    capacity = max(literalCount, 1)
    marks = .allocate(capacity: capacity)
    list = .allocate(capacity: capacity)
    marks.initialize(repeating: 0, count: capacity)
    list.initialize(repeating: 0, count: capacity)
  }

  deinit {
    marks.deallocate()
    list.deallocate()
  }

  /// Forgets what was found.
  func begin() {
    count = 0
    if event == .max {
      marks.update(repeating: 0, count: capacity)
      event = 0
    }
    event += 1
  }

  /// The number of the literal that was found at a place of the order.
  subscript(index: Int) -> Int { Int(list[index]) }

  @inline(__always)
  func has(_ literal: Int32) -> Bool { marks[Int(literal)] == event }

  /// Notes a literal that was not found before.
  @inline(__always)
  func add(_ literal: Int32) {
    marks[Int(literal)] = event
    list[count] = literal
    count += 1
  }
}

/// A value with its letter case folded, valid until the next one is folded.
struct FoldedValue {
  var text: UnsafeBufferPointer<UInt8>
  /// Whether all its characters are ASCII, folded or not.
  var isASCII: Bool
}

/// Folds the letter case of values, one after the other, into the same memory.
final class ValueFolder {
  private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4096)

  init() { memory.initialize(repeating: 0) }

  deinit { memory.deallocate() }

  /// The folded value, valid until the next call.
  func fold(_ text: UnsafeRawBufferPointer) -> FoldedValue {
    let bytes = text.assumingMemoryBound(to: UInt8.self)
    guard ByteSearch.firstNonASCII(in: bytes) != nil else { return FoldedValue(text: foldASCII(bytes), isASCII: true) }
    guard CaseFolding.mayChangeBeyondASCII(bytes) else { return FoldedValue(text: foldASCII(bytes), isASCII: false) }
    let folded = CaseFolding.folded(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    return FoldedValue(text: folded.withUnsafeBufferPointer(foldASCII), isASCII: false)
  }

  private func foldASCII(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    reserve(text.count)
    guard let source = text.baseAddress, let target = memory.baseAddress else {
      return UnsafeBufferPointer(rebasing: memory[..<0])
    }
    for index in 0..<text.count { target[index] = CaseFolding.folded(source[index]) }
    return UnsafeBufferPointer(rebasing: memory[..<text.count])
  }

  private func reserve(_ capacity: Int) {
    guard memory.count < capacity else { return }
    memory.deallocate()
    memory = .allocate(capacity: max(capacity, 2 * memory.count))
    memory.initialize(repeating: 0)
  }
}
