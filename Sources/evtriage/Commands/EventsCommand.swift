import ArgumentParser
import EventLog
import Foundation
import Reporting
import RuleEngine
import Triage

/// `evtriage events`: what was read, normalised.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Print the events that were read, one a line.",
    discussion: """
        evtriage events System.xml --where 'EventID=7036' --format jsonl
        evtriage events exports/ --where 'Provider_Name|contains=Exchange and Level=2'

      Fields are named as in Sigma: Provider_Name, EventID, Level, Channel, Computer, the names of the event's data.
      """)

  @Argument(help: ArgumentHelp("Files or directories to read, - for standard input.", valueName: "input"))
  var inputs: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Print only events that fit: FIELD=VALUE, FIELD!=VALUE, FIELD|contains=VALUE, joined by 'and'.",
      valueName: "filter"))
  var `where`: String?

  @OptionGroup var filters: FilterOptions

  @Option(name: .long, help: "How to print: text, jsonl (every field, one JSON object a line) or csv.")
  var format = EventsFormat.text

  @OptionGroup var terminalOptions: TerminalOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("name at least one file or directory to read, or - for standard input.") }
  }

  func run() throws {
    let terminal = terminalOptions.terminal
    let filter = try `where`.map(parse)
    var options = TriageOptions()
    filters.apply(to: &options)
    let expansion = InputSource.expand(inputs)
    for failure in expansion.failures { terminal.error(failure.description) }
    var listing = EventListing(format: format.writer, options: options, filter: filter)
    try listing.begin()
    for (index, source) in expansion.sources.enumerated() { try listing.list(source, index) }
    for failure in listing.failures { terminal.error(failure) }
    if listing.isPartlyUnread || !expansion.failures.isEmpty { throw ExitCode.partlyUnread }
  }

  private func parse(_ text: String) throws -> EventFilter {
    do {
      return try EventFilter(parsing: text)
    } catch {
      throw ValidationError("--where: \(error.message)\n    \(text)\n\(caret(error, text))\(hint(error))")
    }
  }

  private func caret(_ error: MatchError, _ text: String) -> String {
    guard case .condition(let offset) = error.culprit, !text.contains(where: \.isNewline) else { return "" }
    let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    return "    " + String(repeating: " ", count: before.count) + "^\n"
  }

  private func hint(_ error: MatchError) -> String {
    error.hint.map { "    hint: \($0)" } ?? ""
  }
}

/// How `events` prints.
enum EventsFormat: String, ExpressibleByArgument, CaseIterable {
  case text, jsonl, csv

  var writer: EventLineFormat {
    switch self {
    case .text: .text
    case .jsonl: .jsonLines
    case .csv: .csv
    }
  }
}

/// Reads inputs one after the other and prints their events.
private struct EventListing {
  let format: EventLineFormat
  let options: TriageOptions
  let filter: EventFilter?
  private(set) var failures: [String] = []
  private(set) var isPartlyUnread = false

  init(format: EventLineFormat, options: TriageOptions, filter: EventFilter?) {
    self.format = format
    self.options = options
    self.filter = filter
  }

  func begin() throws {
    if let heading = format.heading { try Terminal.print(heading + "\n") }
  }

  mutating func list(_ source: InputSource, _ index: Int) throws {
    do {
      let reader = try EventReader(source, index: index)
      while let chunk = try reader.next() {
        var text = ""
        let tally = chunk.decode { event in
          guard options.includes(event), filter?.matches(event) ?? true else { return }
          text += format.line(event) + "\n"
        }
        try Terminal.print(text)
        note(tally, source)
      }
    } catch let failure as InputFailure {
      failures.append(failure.description)
      isPartlyUnread = true
    }
  }

  private mutating func note(_ tally: ReadingTally, _ source: InputSource) {
    guard tally.unreadable > 0 else { return }
    isPartlyUnread = true
    for place in tally.damage where !place.isRecovered {
      failures.append("\(source.name): event at byte \(place.byteOffset) is unreadable: \(place.reason).")
    }
  }
}
