import ArgumentParser

extension ExitCode {
  /// A finding reached `--fail-on`.
  static let findingReached = ExitCode(1)
  /// Some input or rule could not be read; the rest was reported.
  static let partlyUnread = ExitCode(2)
}
