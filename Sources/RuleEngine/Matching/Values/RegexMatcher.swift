import CPCRE2

/// A regular expression of a rule, compiled by PCRE2; the only file that knows which engine does it.
///
/// Sigma asks for a subset of PCRE, unanchored and minding letter case. Matching is bounded, so that neither a hostile
/// log nor a careless expression such as `(a+)+$` can stall a run.
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

  /// What an attempt came to.
  enum Outcome: Sendable, Hashable {
    case fits
    case unfit
    /// The attempt took too many steps, or the text is too long to be looked at whole; counts as no match.
    case abandoned
  }

  /// How much of a text is looked at, in bytes. Without a bound, `\s*x` takes steps by the square of the length.
  static let longestText = 1 << 16
  /// The steps that an attempt may take. What SigmaHQ's expressions need for real events is below a twentieth of it.
  static let mostSteps: UInt32 = 250_000

  /// The expression as written.
  let pattern: String
  let options: Options
  private let code: Code
  /// Bytes of which a text must have so many.
  private let signs: [(byte: UInt8, count: Int)]

  /// Compiles an expression; nil when it is none.
  init?(_ pattern: String, options: Options) {
    guard let code = Code(pattern, options: options) else { return nil }
    self.pattern = pattern
    self.options = options
    self.code = code
    signs = RegexLiterals.signs(of: pattern)
  }

  /// Whether the expression fits anywhere in a text.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { outcome(UnsafeRawBufferPointer($0), RegexWorkspace()) == .fits }
  }

  /// Looks for the expression anywhere in UTF-8 text.
  func outcome(_ text: UnsafeRawBufferPointer, _ workspace: RegexWorkspace) -> Outcome {
    let isCut = text.count > Self.longestText
    let text = UnsafeRawBufferPointer(rebasing: text.prefix(Self.longestText))
    let outcome = hasSigns(text) ? code.outcome(text, workspace) : .unfit
    return isCut && outcome == .unfit ? .abandoned : outcome
  }

  /// Where the expression first fits in UTF-8 text, in bytes; nil when it does not fit.
  func firstRange(in text: UnsafeBufferPointer<UInt8>, _ workspace: RegexWorkspace) -> Range<Int>? {
    guard outcome(UnsafeRawBufferPointer(text), workspace) == .fits else { return nil }
    return workspace.matchedRange
  }

  private func hasSigns(_ text: UnsafeRawBufferPointer) -> Bool {
    signs.allSatisfy { ByteSearch.contains($0.byte, atLeast: $0.count, in: text) }
  }

  /// The compiled form. PCRE2 does not change it once it is compiled, so threads may share it.
  private final class Code: @unchecked Sendable {
    private let code: OpaquePointer

    init?(_ pattern: String, options: Options) {
      // Texts are UTF-8. One that was cut within a character, or is none, fits up to the damage and after it.
      var flags = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C
      if options.contains(.ignoreCase) { flags |= PCRE2_CASELESS }
      if options.contains(.multiline) { flags |= PCRE2_MULTILINE }
      if options.contains(.dotAll) { flags |= PCRE2_DOTALL }
      if Self.isFasterUngreedy(pattern) { flags |= PCRE2_UNGREEDY }
      var error: Int32 = 0
      var offset = 0
      let bytes = Array(pattern.utf8)
      guard let code = pcre2_compile_8(bytes, bytes.count, flags, &error, &offset, nil) else { return nil }
      self.code = code
      // Machine code is some eight times faster. Where the system forbids it, PCRE2 interprets.
      _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    }

    deinit { pcre2_code_free_8(code) }

    /// Whether to take as little as possible instead of as much. That does not change whether a text fits, but where
    /// `a.*a.*a` takes much first, it tries all ways to choose among the places before it finds the last.
    private static func isFasterUngreedy(_ pattern: String) -> Bool {
      let others = ["*?", "+?", "}?", "??", "*+", "++", "}+", "?+", "(*", "(?>", "(?=", "(?!", "(?<"]
      return !others.contains { pattern.contains($0) }
        && pattern.split(separator: ".*", omittingEmptySubsequences: false).count > 2
    }

    func outcome(_ text: UnsafeRawBufferPointer, _ workspace: RegexWorkspace) -> Outcome {
      var result = match(text, flags: 0, workspace)
      // Machine code keeps its place on a small stack; the interpreter on the heap, up to a bound.
      if result == PCRE2_ERROR_JIT_STACKLIMIT { result = match(text, flags: PCRE2_NO_JIT, workspace) }
      return result >= 0 ? .fits : result == PCRE2_ERROR_NOMATCH ? .unfit : .abandoned
    }

    private func match(_ text: UnsafeRawBufferPointer, flags: UInt32, _ workspace: RegexWorkspace) -> Int32 {
      let bytes = text.assumingMemoryBound(to: UInt8.self)
      return pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, flags, workspace.data, workspace.context)
    }
  }
}

/// The memory that a thread matches regular expressions with, one after the other.
final class RegexWorkspace {
  private static let stackBytes = (first: 32 << 10, most: 256 << 10)
  private static let heapKibibytes: UInt32 = 16 << 10

  fileprivate let data = pcre2_match_data_create_8(1, nil)
  fileprivate let context = pcre2_match_context_create_8(nil)
  private let stack = pcre2_jit_stack_create_8(stackBytes.first, stackBytes.most, nil)

  init() {
    pcre2_set_match_limit_8(context, RegexMatcher.mostSteps)
    pcre2_set_heap_limit_8(context, Self.heapKibibytes)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
  }

  /// Where the expression fits that fitted last, in bytes; nil when a look behind makes it begin after its end.
  fileprivate var matchedRange: Range<Int>? {
    guard let offsets = pcre2_get_ovector_pointer_8(data), offsets[0] <= offsets[1] else { return nil }
    return offsets[0]..<offsets[1]
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
  }
}
