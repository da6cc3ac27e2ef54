/// Sigma rules come one a file, so the files of a folder count as one pack.
enum SigmaPack {
  /// The pack of a file: the path of its folder.
  static func id(of path: String) -> String {
    let folder = path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
    return folder.isEmpty ? "sigma" : String(folder)
  }

  /// The packs, with those of the same Sigma folder joined.
  static func joined(_ packs: [RulePack]) -> [RulePack] {
    var positions: [String: Int] = [:]
    var result: [RulePack] = []
    for pack in packs {
      if let position = positions[pack.id], result[position].path == pack.path {
        result[position].ruleCount += pack.ruleCount
      } else {
        positions[pack.id] = result.count
        result.append(pack)
      }
    }
    return result
  }
}
