import Foundation
import TestSupport

/// Runs the tool on a pseudo-terminal, by the `script` of util-linux.
enum Terminal {
  static let canBeFaked = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  static func run(_ arguments: String, environment: [String: String]) throws -> String {
    try Subprocess.run(
      "/usr/bin/script", ["-qec", "\(Tool.path) \(arguments) > /dev/null", "/dev/null"],
      environment: environment.merging(["NO_COLOR": environment["NO_COLOR"] ?? ""]) { $1 }
    ).standardOutput
  }
}
