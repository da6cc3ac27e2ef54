import ArgumentParser

extension ExitCode {
  /// A finding reached `--fail-on`.
  static let findingReached = ExitCode(1)
  /// A rule's test failed.
  static let testFailed = ExitCode(1)
  /// There is nothing to show for what was asked.
  static let nothingFound = ExitCode(1)
  /// Some input or rule could not be read; the rest was reported.
  static let partlyUnread = ExitCode(2)
}

/// A failure that ends a command, in a sentence.
struct RuntimeFailure: Error {
  let description: String
  let exitCode: ExitCode

  init(_ description: String, exitCode: ExitCode = .partlyUnread) {
    self.description = description
    self.exitCode = exitCode
  }
}
