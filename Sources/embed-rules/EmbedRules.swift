import Foundation
import RuleEngine

/// Checks the shipped packs and writes them as a Swift file: `embed-rules RULES-FOLDER OUTPUT.swift`.
@main
enum EmbedRules {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { return fail("usage: embed-rules RULES-FOLDER OUTPUT.swift") }
    let (folder, output) = (arguments[1], arguments[2])
    let files = try packs(below: folder)
    let loaded = RulePackLoader.load(files)
    let errors = loaded.issues.filter { $0.severity == .error }
    guard errors.isEmpty else {
      return fail(errors.map { $0.rendered(color: false) }.joined(separator: "\n"))
    }
    try Data(source(files).utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
  }

  private static func packs(below folder: String) throws -> [RuleFile] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
      RuleFile(path: name, text: try String(contentsOfFile: folder + "/" + name, encoding: .utf8))
    }
  }

  private static func source(_ files: [RuleFile]) -> String {
    var lines = [
      "// Made of Rules/ at build time; do not edit.",
      "enum EmbeddedPacks {",
      "  static let files: [(path: String, text: StaticString)] = [",
    ]
    for file in files {
      lines.append("    (\(literal(file.path)), \(literal(RulePackLoader.compact(file)))),")
    }
    lines += ["  ]", "}", ""]
    return lines.joined(separator: "\n")
  }

  /// A string literal on one line: one over several lines would turn carriage returns into line feeds.
  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case " "..."~": result.unicodeScalars.append(scalar)
      case "\u{A0}"...: result.unicodeScalars.append(scalar)
      default: result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result + "\""
  }

  private static func fail(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
  }
}
