import Synchronization

/// A mistake in a rule file: where, what, and what to write instead.
public struct RuleIssue: Error, Sendable, Hashable {
  /// How grave it is.
  public enum Severity: String, Sendable, Hashable {
    /// The rule cannot be loaded.
    case error
    /// The rule runs, but something is probably not meant so.
    case warning
  }

  /// How grave it is.
  public var severity: Severity
  /// A short, stable name such as `unknown-key`.
  public var code: String
  /// What is wrong; lower case, no full stop.
  public var message: String
  /// What to write instead.
  public var hint: String?
  /// The rule that it is about, by its title or ID; nil when it is about none, or the rule has neither.
  public var rule: String?
  /// The file.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int
  /// The line's text, where it is known.
  public var lineText: String?

  /// `path:line:column: error: message [code] in rule 'title'`.
  public var headline: String {
    let place = rule.map { " in rule '\($0.count > 100 ? $0.prefix(99) + "…" : $0)'" } ?? ""
    return "\(path):\(line):\(column): \(severity.rawValue): \(message) [\(code)]\(place)".withoutControls
  }

  /// The headline, the line with a caret under the culprit, and the hint; safe for a terminal.
  ///
  /// - Parameter color: Whether to colour it by escape sequences.
  /// - Returns: Some lines, without a line break at the end.
  public func rendered(color: Bool) -> String {
    var lines = [color ? colored(headline) : headline]
    if let lineText {
      // Very long lines are cut around the culprit.
      let start = max(0, column - 1 - 100)
      let shown = lineText.unicodeScalars.dropFirst(start).prefix(160)
      lines.append("    " + String(String.UnicodeScalarView(shown)).withoutControls)
      lines.append("    " + String(repeating: " ", count: max(0, column - 1 - start)) + "^")
    }
    if let hint { lines.append("    hint: \(hint.withoutControls)") }
    return lines.joined(separator: "\n")
  }

  private func colored(_ text: String) -> String {
    let code = severity == .error ? "31" : "33"
    let label = "\(severity.rawValue):"
    return text.replacing(label, with: "\u{1B}[\(code);1m\(label)\u{1B}[0m", maxReplacements: 1)
  }
}

extension String {
  /// The text with a blank for every control, format and direction character, which would move or hide text.
  fileprivate var withoutControls: String {
    func isControl(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    guard unicodeScalars.contains(where: isControl) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { isControl($0) ? " " : $0 }))
  }
}

/// Collects the issues of one file.
final class IssueLog: Sendable {
  let path: String
  private let text: OnDemand<String?>
  private let state = Mutex(State())

  private struct State {
    var issues: [RuleIssue] = []
    /// The rule that is being read.
    var rule: String?
    /// The lines of the text; split when the first issue comes, as few files have any.
    var lines: [Substring]?
  }

  /// - Parameters:
  ///   - path: The file's name for messages.
  ///   - text: Its text, nil for a pack inside the binary.
  convenience init(path: String, text: String?) { self.init(path: path, text: OnDemand(text)) }

  /// Makes a log of a file whose text is asked for only when there is something to tell.
  init(path: String, text: OnDemand<String?>) {
    self.path = path
    self.text = text
  }

  /// Calls `body`, whose issues are about a rule; a file is read by one thread at a time.
  ///
  /// - Parameters:
  ///   - rule: The rule's title or ID, if it has one.
  ///   - body: What reads or checks the rule.
  /// - Returns: What `body` returns.
  func telling<Result>(of rule: String?, _ body: () -> Result) -> Result {
    state.withLock { $0.rule = rule }
    defer { state.withLock { $0.rule = nil } }
    return body()
  }

  var issues: [RuleIssue] { state.withLock { $0.issues } }

  var errorCount: Int { state.withLock { $0.issues.count { $0.severity == .error } } }

  func error(_ code: String, _ message: String, at mark: ConfigMark, hint: String? = nil) {
    add(.error, code, message, mark, hint)
  }

  func warning(_ code: String, _ message: String, at mark: ConfigMark, hint: String? = nil) {
    add(.warning, code, message, mark, hint)
  }

  private func add(
    _ severity: RuleIssue.Severity, _ code: String, _ message: String, _ mark: ConfigMark, _ hint: String?
  ) {
    state.withLock { state in
      let lines = state.lines ?? text.value?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? []
      state.lines = lines
      let line = lines.indices.contains(mark.line - 1) ? String(lines[mark.line - 1]) : nil
      let issue = RuleIssue(
        severity: severity, code: code, message: message, hint: hint, rule: state.rule, path: path, line: mark.line,
        column: mark.column, lineText: line)
      if !state.issues.contains(issue) { state.issues.append(issue) }
    }
  }
}
