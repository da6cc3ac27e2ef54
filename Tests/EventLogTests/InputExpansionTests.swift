import EventLog
import Foundation
import TestSupport
import Testing

struct InputExpansionTests {
  /// Makes a folder with files for the time of a test.
  private func withFolder(_ files: [String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    for file in files {
      let url = folder.appendingPathComponent(file)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(event(data: file).utf8).write(to: url)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test func aDirectoryStandsForItsExportsInTheOrderOfTheirPaths() throws {
    try withFolder(["b.xml", "a/System.XML", "a/z.xml.gz", "a/notes.txt", "c.xml.bak", "d.xml/inner.xml"]) { folder in
      let expansion = InputSource.expand([folder])
      #expect(expansion.failures.isEmpty)
      #expect(
        expansion.sources.map { $0.name.dropFirst(folder.count + 1) }
          == ["a/System.XML", "a/z.xml.gz", "b.xml", "d.xml/inner.xml"])
      #expect(expansion.sources.allSatisfy { readAll($0).tally.intact == 1 })
    }
  }

  @Test func eachInputIsReadOnce() throws {
    try withFolder(["a.xml", "b.xml"]) { folder in
      let link = folder + "/link.xml"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/a.xml")
      let expansion = InputSource.expand([folder + "/b.xml", folder, folder + "/./a.xml", "-", "-"])
      #expect(expansion.sources.map(\.name) == [folder + "/b.xml", folder + "/a.xml", "standard input"])
    }
  }

  @Test func aFileIsTakenWhateverItsName() throws {
    try withFolder(["export.txt"]) { folder in
      #expect(InputSource.expand([folder + "/export.txt"]).sources.count == 1)
    }
  }

  @Test func whatIsNotThereIsSaid() throws {
    try withFolder(["only/notes.txt"]) { folder in
      let expansion = InputSource.expand([folder + "/missing.xml", folder])
      #expect(expansion.sources.isEmpty)
      #expect(expansion.failures.map(\.reason) == [.notFound, .emptyDirectory])
      #expect(expansion.failures.map(\.description).first?.contains("no such file or directory") == true)
    }
  }

  @Test func aLoopOfLinksEnds() throws {
    try withFolder(["a.xml"]) { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/loop", withDestinationPath: folder)
      #expect(InputSource.expand([folder]).sources.count == 1)
    }
  }
}
