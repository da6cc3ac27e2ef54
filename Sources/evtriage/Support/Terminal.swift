import Foundation
import Reporting

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

  /// Something that went wrong but did not stop the work.
  func warn(_ message: String) {
    if !isQuiet { write(label: "warning", color: "33", message) }
  }

  /// Something that stopped part of the work.
  func error(_ message: String) { write(label: "error", color: "31", message) }

  /// Text on standard error as it is; control characters are written out.
  func note(_ message: String) {
    guard !isQuiet else { return }
    FileHandle.standardError.write(Data((TerminalText.sanitize(message) + "\n").utf8))
  }

  private func write(label: String, color: String, _ message: String) {
    let head = hasColor ? "\u{1B}[\(color);1m\(label):\u{1B}[0m " : "\(label): "
    FileHandle.standardError.write(Data(("evtriage: " + head + TerminalText.sanitize(message) + "\n").utf8))
  }

  /// A result on standard output.
  static func print(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }
}
