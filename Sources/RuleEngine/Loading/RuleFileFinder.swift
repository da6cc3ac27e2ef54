import Foundation

/// Finds the rule files of files and directories.
enum RuleFileFinder {
  /// The files (every `*.yaml` and `*.yml` below a directory, in the order of their paths), each once.
  static func files(of paths: [String]) throws(RulePackLoader.Failure) -> [String] {
    var files: [File] = []
    for path in paths { files += try self.files(of: path) }
    var seen: Set<FileIdentity> = []
    return files.filter { seen.insert($0.identity).inserted }.map(\.path)
  }

  private struct File {
    var path: String
    var identity: FileIdentity
  }

  private static func files(of path: String) throws(RulePackLoader.Failure) -> [File] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw RulePackLoader.Failure(description: "\(path): no such file or directory; check the path of the rules.")
    }
    guard isDirectory.boolValue else { return [File(path: path, identity: FileIdentity(path))] }
    let packs = packs(below: path.hasSuffix("/") ? path : path + "/")
    guard !packs.isEmpty else {
      throw RulePackLoader.Failure(description: "\(path): the directory has no *.yaml or *.yml below it.")
    }
    return packs
  }

  /// The paths of all rule files below a folder. Links to other folders are not followed.
  private static func packs(below root: String) -> [File] {
    var packs: [File] = []
    var folders = [root]
    while let folder = folders.popLast() {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        let path = folder + name
        var status = stat()
        let kind = lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
          let identity = kind == S_IFREG ? FileIdentity(status) : FileIdentity(path)
          packs.append(File(path: path, identity: identity))
        }
        if kind == S_IFDIR { folders.append(path + "/") }
      }
    }
    return packs.sorted { Self.precedes($0.path, $1.path) }
  }

  /// Compares the bytes of two paths; looking at them one by one would take longer than all that finds the files.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let precedes = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right -> Bool in
        guard let first = left.baseAddress, let second = right.baseAddress else { return left.count < right.count }
        let order = memcmp(first, second, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
      }
    }
    return precedes.flatMap(\.self) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

/// What tells a file from others, whichever path or link leads to it.
private enum FileIdentity: Hashable {
  case stored(device: UInt64, number: UInt64)
  /// One that cannot be looked at.
  case unknown(path: String)

  init(_ path: String) {
    var status = stat()
    self = stat(path, &status) == 0 ? FileIdentity(status) : .unknown(path: path)
  }

  init(_ status: stat) {
    self = .stored(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
  }
}
