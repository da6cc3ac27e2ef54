import Foundation
import TestSupport

/// Runs the tool on a pseudo-terminal, by the `script` of util-linux.
enum Terminal {
  /// Without a file system for pseudo-terminals, as in a bare container, there is none to run on.
  static let canBeFaked = ["/usr/bin/script", "/dev/pts/ptmx"].allSatisfy(FileManager.default.fileExists(atPath:))

  static func run(_ arguments: String, environment: [String: String]) throws -> String {
    try Subprocess.run(
      "/usr/bin/script", ["-qec", "\(Tool.path) \(arguments) > /dev/null", "/dev/null"],
      environment: environment.merging(["NO_COLOR": environment["NO_COLOR"] ?? ""]) { $1 }
    ).standardOutput
  }
}
