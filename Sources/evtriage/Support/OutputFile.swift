import ArgumentParser
import Foundation
import Triage

/// Where a result goes. A file is written whole or not at all: beside its place first, then moved there.
struct OutputFile {
  let path: String?

  /// - Throws: A sentence for the user when the file cannot be written.
  func write(_ text: String) throws {
    guard let path, path != "-" else { return Terminal.print(text) }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw RuntimeFailure("\(path) cannot be written: \((error as NSError).localizedDescription)")
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

/// A failure that ends a command, in a sentence.
struct RuntimeFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
