import EventLog
import Foundation
import TestSupport
import Testing

/// The built command-line tool.
enum Tool {
  /// It stands beside the tests.
  static let path: String = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let beside = tests.deletingLastPathComponent().appendingPathComponent("evtriage").path
    guard !FileManager.default.isExecutableFile(atPath: beside) else { return beside }
    return Corpus.packageRoot.appendingPathComponent(".build/debug/evtriage").path
  }()

  /// Runs the tool in a folder.
  static func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:], in folder: Folder? = nil
  ) throws -> Subprocess.Output {
    try Subprocess.run(
      path, arguments, input: input, environment: environment, directory: folder.map { URL(fileURLWithPath: $0.path) })
  }
}

/// A folder for the files of one test, removed afterwards.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("evtriage-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func write(_ text: String, _ name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
}

/// An export of a server whose mail fails.
enum Export {
  static func event(_ provider: String, _ eventID: Int, at seconds: Int, _ data: String...) -> Event {
    var event = Event()
    event.provider.name = provider
    event.eventID = eventID
    event.timeCreated = EventTime(ticks: 17_723_520_000_000_000 + Int64(seconds) * EventTime.ticksPerSecond)
    event.computer = "EX01.example.com"
    event.channel = "Application"
    event.level = .warning
    event.recordID = UInt64(100 + seconds)
    event.data = data.map { DataItem(value: $0) }
    return event
  }

  static let text = EventXML.export(
    (0..<5).map {
      event("MSExchangeTransport", 1035, at: $0 * 60, "IllegalMessage", "Default EX01", "ExchangeAuth", "192.0.2.10")
    }
      + [event("Contoso Backup", 100, at: 3600, "Nightly", "0x70"), event("Contoso Backup", 999, at: 86_400, "x")])
}
