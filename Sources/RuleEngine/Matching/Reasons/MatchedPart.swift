/// The part of a value that fits a test, with the text around it: as small as can be, or what an expression matched.
struct MatchedPart {
  var before: Substring
  var matched: Substring
  var after: Substring

  /// Values are looked at up to this many characters; of a longer one the whole counts as matched.
  private static let longest = 32_768

  /// Finds the part: where an expression or a single text first fits, or else by trying, first the shortest beginning that
  /// fits, then the longest cut from its start.
  ///
  /// Trying asks nothing of the test but whether a text fits, so it is right for every form of text, encoding and
  /// wildcard. A test that is anchored keeps its anchor: only what may be missing is cut.
  init(of value: String, fitting test: ValueTest) {
    self.init(whole: value)
    guard value.utf8.count <= Self.longest else { return }
    var value = value
    let found: Range<Int>? =
      switch test {
      case .text(let pattern): value.withUTF8 { pattern.onlyRange(in: $0) ?? Self.range(in: $0, pattern.matches) }
      case .regex(let regex): value.withUTF8 { regex.firstRange(in: $0, RegexWorkspace()) }
      default: nil
      }
    guard let range = found, !range.isEmpty else { return }
    let start = value.utf8.index(value.startIndex, offsetBy: range.lowerBound)
    let end = value.utf8.index(value.startIndex, offsetBy: range.upperBound)
    (before, matched, after) = (value[..<start], value[start..<end], value[end...])
  }

  /// The bytes of the part; nil for all.
  private static func range(
    in text: UnsafeBufferPointer<UInt8>, _ test: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Range<Int>? {
    let places = ScalarPlaces(text)
    func fits(_ start: Int, _ end: Int) -> Bool {
      test(UnsafeBufferPointer(rebasing: text[places[start]..<places[end]]))
    }
    let end = first(in: 0..<places.last) { fits(0, $0) } ?? places.last
    let start = (first(in: 0..<end + 1) { !fits($0, end) } ?? end + 1) - 1
    guard start > 0 || end < places.last, start >= 0, start < end, fits(start, end) else { return nil }
    return places[start]..<places[end]
  }

  /// A value all of which matched.
  init(whole value: String) {
    (before, matched, after) = (value[..<value.startIndex], value[...], value[value.endIndex...])
  }

  /// The first number for which a test holds that holds for all after it.
  private static func first(in range: Range<Int>, where holds: (Int) -> Bool) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low < range.upperBound ? low : nil
  }
}

/// Where the Unicode scalars of a text begin, in bytes.
private struct ScalarPlaces {
  /// nil when each is one byte.
  private let places: [Int]?
  /// The position of the end.
  let last: Int

  init(_ text: UnsafeBufferPointer<UInt8>) {
    let isASCII = text.allSatisfy { $0 < 0x80 }
    places = isASCII ? nil : text.indices.filter { text[$0] & 0xC0 != 0x80 } + [text.count]
    last = places.map { $0.count - 1 } ?? text.count
  }

  subscript(position: Int) -> Int { places?[position] ?? position }
}
