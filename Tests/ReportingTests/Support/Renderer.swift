import Foundation
import TestSupport
import Testing

/// What an independent renderer made of Markdown.
struct Rendering: Decodable {
  var tags: [String: Int]
  var ids: [String]
  var links: [String]
  var text: String
}

/// Markdown renderers written in Python; absent on most machines. `EVTRIAGE_PYTHON` names an interpreter that has
/// `cmarkgfm` or `markdown-it-py`.
enum Renderer {
  static let isPresent = (try? render("x")).map { !$0.isEmpty } ?? false

  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("render.py").path

  /// Renders with all that there are, by name.
  static func render(_ markdown: String) throws -> [String: Rendering] {
    let python = ProcessInfo.processInfo.environment["EVTRIAGE_PYTHON"] ?? "python3"
    let output = try Subprocess.run("/usr/bin/env", [python, script], input: markdown)
    try #require(output.exitCode == 0, "\(output.standardError)")
    return try JSONDecoder().decode([String: Rendering].self, from: Data(output.standardOutput.utf8))
  }
}
