import Foundation

/// Finds the rule files of files and directories.
enum RuleFileFinder {
  /// The files, and every `*.yaml` and `*.yml` below a directory, in any letter case, in the order of their paths.
  static func paths(of paths: [String]) throws(RulePackLoader.Failure) -> [String] {
    var found: [String] = []
    for path in paths { found += try self.paths(of: path) }
    return found
  }

  private static func paths(of path: String) throws(RulePackLoader.Failure) -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw RulePackLoader.Failure(description: "\(path): no such file or directory; check the path of the rules.")
    }
    guard isDirectory.boolValue else { return [path] }
    let packs = packs(below: path.hasSuffix("/") ? path : path + "/")
    guard !packs.isEmpty else {
      throw RulePackLoader.Failure(description: "\(path): the directory has no *.yaml or *.yml below it.")
    }
    return packs
  }

  /// The paths of all rule files below a folder. Links to other folders are not followed.
  private static func packs(below root: String) -> [String] {
    var packs: [String] = []
    var folders = [root]
    while let folder = folders.popLast() {
      guard let entries = entries(of: folder) else {
        // It is told as a file that cannot be read, so that its rules are not lost without a word.
        packs.append(folder)
        continue
      }
      for entry in entries {
        switch entry.kind {
        case .folder: folders.append(folder + entry.name + "/")
        case .file where isRuleFile(entry.name):
          packs.append(folder + entry.name)
        default: break
        }
      }
    }
    return packs.sorted(by: precedes)
  }

  /// Windows minds no letter case, so files from there may end in `.YML`.
  private static func isRuleFile(_ name: String) -> Bool {
    let end = name.suffix(5).lowercased()
    return end == ".yaml" || end.hasSuffix(".yml")
  }

  private struct Entry {
    enum Kind {
      case file
      case folder
      /// A pipe or a device, which is no rule file and might never end, or a link to a folder.
      case other
    }

    var name: String
    var kind: Kind
  }

  /// What stands in a folder, in no order; nil when it cannot be read. Most file systems tell files from folders without
  /// being asked for each.
  private static func entries(of folder: String) -> [Entry]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        // The record goes on as far as the name does.
        String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      }
      guard name != ".", name != ".." else { continue }
      let kind: Entry.Kind =
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        default: kind(of: folder + name)
        }
      entries.append(Entry(name: name, kind: kind))
    }
    return entries
  }

  /// What a path is whose folder does not say it: a link counts as the file that it leads to.
  private static func kind(of path: String) -> Entry.Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .file }
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    // A link that leads nowhere is a file that cannot be read.
    guard stat(path, &status) == 0 else { return .file }
    return status.st_mode & S_IFMT == S_IFREG ? .file : .other
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
