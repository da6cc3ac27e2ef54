public import Foundation

/// Real events for tests, kept beside the project; absent on most machines.
public enum Corpus {
  /// The folder of the package.
  public static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The corpus folder; `EVTRIAGE_CORPUS` overrides where it is looked for.
  public static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["EVTRIAGE_CORPUS"] { return URL(fileURLWithPath: path) }
    return packageRoot.deletingLastPathComponent().appendingPathComponent("shared/corpus")
  }()

  /// Whether the corpus is there.
  public static var isPresent: Bool { FileManager.default.fileExists(atPath: root.appendingPathComponent("xml").path) }

  /// The paths of all files below a folder of the corpus that end in `.xml`, sorted.
  public static func xmlFiles(below folder: String) -> [String] {
    let base = root.appendingPathComponent(folder).path
    guard let walk = FileManager.default.enumerator(atPath: base) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".xml") }.sorted().map { base + "/" + $0 }
  }
}
