public import Foundation

/// Runs programs.
public enum Subprocess {
  /// What a program left behind.
  public struct Output: Sendable {
    /// How it ended.
    public var exitCode: Int32
    /// What it wrote on standard output.
    public var standardOutput: String
    /// What it wrote on standard error.
    public var standardError: String
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Its arguments.
  ///   - input: What it reads on standard input.
  ///   - environment: Variables besides those of the tests.
  ///   - directory: Where it runs.
  /// - Returns: What it left behind.
  /// - Throws: What keeps the program from being started.
  public static func run(
    _ path: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
    directory: URL? = nil
  ) throws -> Output {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a pipe that nobody empties in time would stop the program.
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try Data(input.utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = directory
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    let texts = try files[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Output(exitCode: process.terminationStatus, standardOutput: texts[0], standardError: texts[1])
  }
}
