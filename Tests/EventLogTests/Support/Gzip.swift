import Foundation
import Testing

/// Compresses with gzip's own program.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent("input")
  try Data(bytes).write(to: file)
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["gzip", "-n", file.path]
  try process.run()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0)
  return Array(try Data(contentsOf: folder.appendingPathComponent("input.gz")))
}
