import ArgumentParser
import EventLog
import Triage

/// Which events are looked at.
struct FilterOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leave out events before this time: 2026-03-01, 2026-03-01T08:30 (UTC), 36h or 7d before now.",
      valueName: "time"))
  var since: TimeArgument?

  @Option(name: .long, help: ArgumentHelp("Leave out events after this time; a date means its end.", valueName: "time"))
  var until: TimeArgument?

  @Option(name: .long, help: ArgumentHelp("Look at events of this computer only; repeatable.", valueName: "name"))
  var computer: [String] = []

  @Option(name: .long, help: ArgumentHelp("Look at events of this channel only; repeatable.", valueName: "name"))
  var channel: [String] = []

  func validate() throws {
    if let since, let until, since.start > until.end {
      throw ValidationError("--since is later than --until, so no event could pass; swap them.")
    }
  }

  func apply(to options: inout TriageOptions) {
    options.since = since?.start
    options.until = until?.end
    options.computers = computer
    options.channels = channel
  }

  /// The filters as given, for the report.
  var described: [String] {
    var parts: [String] = []
    if let since { parts.append("--since \(since.start.shortDescription)") }
    if let until { parts.append("--until \(until.end.shortDescription)") }
    parts += computer.map { "--computer \($0)" } + channel.map { "--channel \($0)" }
    return parts
  }
}
