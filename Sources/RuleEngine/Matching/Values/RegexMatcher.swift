import Foundation

/// A regular expression of a rule.
///
/// The only file that knows which engine does it: ICU's, through Foundation. Matching is bounded, so that neither a
/// hostile log nor a careless expression such as `(a+)+$` can stall a run: long texts are cut, and an attempt that
/// backtracks without end is given up and counts as no match.
struct RegexMatcher: Sendable {
  /// What the modifiers `i`, `m` and `s` ask for.
  struct Options: OptionSet, Sendable, Hashable {
    var rawValue: UInt8
    /// `i`: letter case does not matter.
    static let ignoreCase = Options(rawValue: 1 << 0)
    /// `m`: `^` and `$` fit at every line.
    static let multiline = Options(rawValue: 1 << 1)
    /// `s`: `.` fits line breaks.
    static let dotAll = Options(rawValue: 1 << 2)
  }

  /// How much of a text is looked at, in UTF-16 units; a whole event is smaller.
  static let longestText = 1 << 18
  /// After how many of ICU's reports of progress, each some ten thousand steps apart, an attempt is given up.
  private static let mostReports = 500

  private let expression: NSRegularExpression

  /// Compiles an expression; nil when it is none.
  init?(_ pattern: String, options: Options) {
    var flags: NSRegularExpression.Options = []
    if options.contains(.ignoreCase) { flags.insert(.caseInsensitive) }
    if options.contains(.multiline) { flags.insert(.anchorsMatchLines) }
    if options.contains(.dotAll) { flags.insert(.dotMatchesLineSeparators) }
    guard let expression = try? NSRegularExpression(pattern: pattern, options: flags) else { return nil }
    self.expression = expression
  }

  /// Whether the expression fits anywhere in a text.
  func matches(_ text: String) -> Bool {
    var found = false
    var reports = 0
    let length = min(text.utf16.count, Self.longestText)
    expression.enumerateMatches(in: text, options: .reportProgress, range: NSRange(location: 0, length: length)) {
      result, _, stop in
      found = result != nil
      reports += 1
      if found || reports > Self.mostReports { stop.pointee = true }
    }
    return found
  }
}
