import Foundation
import Testing

/// Compares a text with the file `Goldens/NAME`; with `RECORD_GOLDENS` set, writes the file and fails.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Goldens").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name); look at it, and run again without RECORD_GOLDENS", sourceLocation: sourceLocation)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  for change in lines(of: text).difference(from: lines(of: expected)).prefix(20) {
    switch change {
    case .insert(let offset, let line, _): Issue.record("+ line \(offset + 1): \(line)", sourceLocation: sourceLocation)
    case .remove(let offset, let line, _): Issue.record("- line \(offset + 1): \(line)", sourceLocation: sourceLocation)
    }
  }
}

/// The lines of a text; a carriage return belongs to its line.
private func lines(of text: String) -> [String] {
  text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
}
