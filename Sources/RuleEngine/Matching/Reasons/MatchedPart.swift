/// The smallest part of a value that still fits a test, with the text around it.
struct MatchedPart {
  var before: Substring
  var matched: Substring
  var after: Substring

  /// Values are looked at up to this many characters; of a longer one the whole counts as matched.
  private static let longest = 32_768

  /// Finds the part by trying: first the shortest beginning that fits, then the longest cut from its start.
  ///
  /// That asks nothing of the test but whether a text fits, so it is right for every form of text, encoding and
  /// wildcard. A test that is anchored keeps its anchor: only what may be missing is cut.
  init(of value: String, fitting test: ValueTest) {
    self.init(whole: value)
    guard test.looksForText, value.utf8.count <= Self.longest else { return }
    let places = Array(value.unicodeScalars.indices) + [value.endIndex]
    func fits(_ start: Int, _ end: Int) -> Bool { test.fits(.text(String(value[places[start]..<places[end]]))) }
    let end = Self.first(in: 0..<places.count - 1) { fits(0, $0) } ?? places.count - 1
    let start = (Self.first(in: 0..<end + 1) { !fits($0, end) } ?? end + 1) - 1
    guard start > 0 || end < places.count - 1, start >= 0, start < end, fits(start, end) else { return }
    before = value[..<places[start]]
    matched = value[places[start]..<places[end]]
    after = value[places[end]...]
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

extension ValueTest {
  /// Whether it looks for a text, which may be a part of a value.
  fileprivate var looksForText: Bool {
    switch self {
    case .text, .regex: true
    default: false
    }
  }
}
