import Foundation
import TestSupport
import Testing

@Suite("-o") struct OutputFileTests {
  private func write(to path: String, in folder: Folder) throws -> Subprocess.Output {
    try folder.write(Export.text, "a.xml")
    return try Tool.run("report", "a.xml", "-o", path, in: folder)
  }

  @Test("writes the file whole and nothing on standard output")
  func file() throws {
    let folder = try Folder()
    try folder.write("old", "report.md")
    let output = try write(to: "report.md", in: folder)
    #expect(output.exitCode == 0)
    #expect(output.standardOutput == "")
    #expect(try folder.read("report.md").hasPrefix("# Triage report"))
    #expect(folder.names == ["a.xml", "report.md"])
  }

  @Test("leaves nothing where it can't write, and says why")
  func unwritable() throws {
    let folder = try Folder()
    let missing = try write(to: "missing/report.md", in: folder)
    #expect(missing.exitCode == 2)
    #expect(
      missing.standardError
        == "evtriage: error: missing/report.md cannot be written: its directory does not exist; make it first.\n")
    let directory = try write(to: ".", in: folder)
    #expect(directory.exitCode == 2)
    #expect(directory.standardError.contains("it is a directory; name a file in it."))
    #expect(folder.names == ["a.xml"])
  }

  @Test("an unwritable directory keeps its old file", .enabled(if: geteuid() != 0, "the superuser may write anywhere"))
  func permissions() throws {
    let folder = try Folder()
    try folder.write("old", "locked/report.md")
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path + "/locked")
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path + "/locked") }
    let output = try write(to: "locked/report.md", in: folder)
    #expect(output.exitCode == 2)
    #expect(output.standardError.contains("no permission"))
    #expect(try folder.read("locked/report.md") == "old")
  }

  @Test("a link stays a link, and a pipe a pipe")
  func specialFiles() throws {
    let folder = try Folder()
    try folder.write("old", "target.md")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.md", withDestinationPath: folder.path + "/target.md")
    #expect(try write(to: "link.md", in: folder).exitCode == 0)
    #expect(try folder.read("target.md").hasPrefix("# Triage report"))
    let type = try FileManager.default.attributesOfItem(atPath: folder.path + "/link.md")[.type] as? FileAttributeType
    #expect(type == .typeSymbolicLink)
    #expect(try write(to: "/dev/null", in: folder).exitCode == 0)
    let null = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
    #expect(null == .typeCharacterSpecial)
  }

  @Test("a full disk is no success", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    let output = try write(to: "/dev/full", in: try Folder())
    #expect(output.exitCode == 2)
    #expect(output.standardError.contains("/dev/full cannot be written"))
  }
}
