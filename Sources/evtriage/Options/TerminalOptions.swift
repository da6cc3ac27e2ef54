import ArgumentParser

/// How much is said, and how.
struct TerminalOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say nothing but errors on standard error.")
  var quiet = false

  @Flag(name: .long, help: "Do not colour messages (the environment variable NO_COLOR does the same).")
  var noColor = false

  var terminal: Terminal { Terminal(noColor: noColor, isQuiet: quiet) }
}
