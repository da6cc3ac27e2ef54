import ArgumentParser
import Foundation
import RuleEngine

/// `evtriage rules new`.
struct RulesNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a rule file to start from.",
    discussion: "  evtriage rules new my-rules.yaml")

  @Argument(help: "The file to write; it must not exist yet.")
  var file: String

  func run() throws {
    guard !FileManager.default.fileExists(atPath: file) else {
      throw RuntimeFailure("\(file) exists already; name another file.")
    }
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    try OutputFile(path: file).write(RuleTemplate.text(packID: RuleTemplate.identifier(from: name)))
    try Terminal.print(
      "Wrote \(file). Edit it, then run: evtriage rules check \(file) && evtriage rules test \(file)\n")
  }
}
