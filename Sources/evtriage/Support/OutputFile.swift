import Foundation
import Triage

/// Where a result goes. A file is written whole or not at all: beside its place first, then moved there.
struct OutputFile {
  let path: String?

  /// - Throws: A sentence for the user when the file cannot be written.
  func write(_ text: String) throws {
    guard let path, path != "-" else { return try Terminal.print(text) }
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      if isDevice(url) {
        // Moving a file to the place of a device or a pipe would replace it.
        try FileHandle(forWritingTo: url).write(contentsOf: Data(text.utf8))
      } else {
        try Data(text.utf8).write(to: url, options: .atomic)
      }
    } catch {
      throw RuntimeFailure("\(path) cannot be written: \(Self.reason(error, url))")
    }
  }

  private func isDevice(_ url: URL) -> Bool {
    guard let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType else {
      return false
    }
    return type != .typeRegular && type != .typeDirectory
  }

  private static func reason(_ error: any Error, _ url: URL) -> String {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue {
      return "it is a directory; name a file in it."
    }
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile: return "its directory does not exist; make it first."
    case .fileWriteNoPermission: return "no permission."
    case .fileWriteOutOfSpace: return "the disk is full."
    default: return (error as NSError).localizedDescription
    }
  }
}

extension OutputFile {
  /// - Throws: A sentence for the user when the file cannot be written.
  func write(_ summary: SummaryFile) throws {
    guard let text = try? String(decoding: summary.json(), as: UTF8.self) else {
      throw RuntimeFailure("The summary cannot be written as JSON.")
    }
    try write(text)
  }
}
