import ArgumentParser

/// The root command.
@main
struct Evtriage: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evtriage",
    abstract: "Turn exported Windows event logs into a triage report.",
    discussion: """
      Feed it the logs you exported; it says what happened, how bad it is, why, what to check and how to fix it.

        evtriage report Application.xml System.xml -o report.md
        evtriage report exports/ --rules my-rules/ --since 2026-03-01 --fail-on high
        wevtutil qe Application /f:xml | evtriage report -
        evtriage explain MSExchangeTransport 1035

      Exit codes: 0 done; 1 a finding reached --fail-on; 2 some input or rule could not be read, the rest is \
      reported all the same; 64 the command line is wrong.
      """,
    version: Version.text,
    subcommands: [ReportCommand.self, MergeCommand.self, ExplainCommand.self, RulesCommand.self, EventsCommand.self])
}
