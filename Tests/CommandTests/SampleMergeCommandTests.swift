import Foundation
import TestSupport
import Testing

@Suite("evtriage merge, on a sample") struct SampleMergeCommandTests {
  private let samples = URL(fileURLWithPath: Corpus.packageRoot.path + "/Samples/exchange-1035-clock-right")

  private func run(_ arguments: [String]) throws -> String {
    let output = try Subprocess.run(Tool.path, arguments, directory: samples)
    #expect(output.exitCode == 0, "\(output.standardError)")
    return output.standardOutput
  }

  @Test(
    "three machines' summaries make the report of one machine, byte for byte", arguments: ["markdown", "json", "csv"])
  func machines(format: String) throws {
    let folder = try Folder()
    let machines = [
      ["Application.xml", "System.xml"], ["EX02-Application.xml", "EX02-System.xml"],
      ["DC01-Directory-Service.xml", "DC01-System.xml"],
    ]
    let shape = ["--hosts", "hosts", "--format", format]
    let summaries = machines.indices.map { "\(folder.path)/\($0).json" }
    for (machine, summary) in zip(machines, summaries) {
      _ = try run(["report"] + machine + ["--summary-out", summary, "-o", folder.path + "/x.md"])
    }
    #expect(try run(["merge"] + summaries + shape) == run(["report"] + machines.joined() + shape))
  }

  @Test("eight slices of one file make the report of the file, byte for byte")
  func slices() throws {
    let folder = try Folder()
    let summaries = (1...8).map { "\(folder.path)/\($0).json" }
    for (index, summary) in summaries.enumerated() {
      _ = try run(
        [
          "report", "Application.xml", "--slice", "\(index + 1)/8", "--summary-out", summary, "-o",
          folder.path + "/x.md",
        ])
    }
    #expect(try run(["merge"] + summaries) == run(["report", "Application.xml"]))
  }
}
