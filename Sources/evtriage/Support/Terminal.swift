import Foundation
import Reporting
import RuleEngine

/// Writing to the terminal: messages on standard error, results on standard output.
struct Terminal {
  /// Whether messages may be coloured.
  let hasColor: Bool
  /// Whether only errors are shown.
  let isQuiet: Bool

  init(noColor: Bool = false, isQuiet: Bool = false) {
    let environment = ProcessInfo.processInfo.environment
    let forbidden = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    hasColor = !noColor && !forbidden && environment["TERM"] != "dumb" && isatty(STDERR_FILENO) == 1
    self.isQuiet = isQuiet
  }

  /// Whether someone watches standard error.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Something that stopped the work or a part of it.
  func error(_ message: String) {
    let label = hasColor ? "\u{1B}[31;1merror:\u{1B}[0m" : "error:"
    FileHandle.standardError.write(Data(("evtriage: \(label) " + TerminalText.sanitize(message) + "\n").utf8))
  }

  /// A mistake in a rule file, with its line; warnings only when someone wants them.
  func issue(_ issue: RuleIssue) {
    guard issue.severity == .error || !isQuiet else { return }
    FileHandle.standardError.write(Data((issue.rendered(color: hasColor) + "\n").utf8))
  }

  /// Lines that someone asked for besides the result; they are safe already.
  static func note(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  /// A result on standard output.
  ///
  /// - Throws: A sentence for the user when it cannot be written, as to a full disk.
  static func print(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw RuntimeFailure("the standard output cannot be written; its disk may be full.")
    }
  }
}
