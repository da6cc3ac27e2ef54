import ArgumentParser
import CHeap
import Foundation
import RuleEngine

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

      Exit codes: 0 done; 1 a finding reached --fail-on, a rule's test failed, or nothing was found to show; 2 some \
      input or rule could not be read (the rest is reported all the same), or the output could not be written; 64 the \
      command line is wrong.
      """,
    version: Version.text,
    subcommands: [ReportCommand.self, MergeCommand.self, ExplainCommand.self, RulesCommand.self, EventsCommand.self])

  /// Runs the command line. What goes wrong at work ends with its own exit code; the parser's would be 1 for all.
  static func main() async {
    evtriage_take_whole_heaps()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as RuntimeFailure {
      end(failure)
    } catch let failure as RulePackLoader.Failure {
      end(RuntimeFailure(failure.description))
    } catch {
      exit(withError: error)
    }
  }

  private static func end(_ failure: RuntimeFailure) -> Never {
    Terminal().error(failure.description)
    Foundation.exit(failure.exitCode.rawValue)
  }
}
