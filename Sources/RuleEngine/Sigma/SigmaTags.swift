/// Reads the tags of a Sigma rule: `namespace.name`, as the specification's appendix on tags lists them.
enum SigmaTags {
  /// The namespaces of the appendix.
  static let namespaces: Set = ["attack", "car", "cve", "d3fend", "detection", "emerging-threats", "stp", "tlp"]

  /// The tactics of MITRE ATT&CK for enterprises.
  private static let tactics: Set = [
    "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation",
    "defense-evasion", "credential-access", "discovery", "lateral-movement", "collection", "command-and-control",
    "exfiltration", "impact",
    // What version 19 of ATT&CK made of defense-evasion.
    "stealth", "defense-impairment",
  ]

  /// The techniques, in capitals and in the order of the tags.
  static func techniques(in tags: [String]) -> [String] {
    names(in: tags).filter(isTechnique).map { $0.uppercased() }
  }

  /// The tactics, with hyphens and in the order of the tags.
  static func tactics(in tags: [String]) -> [String] { names(in: tags).filter(tactics.contains) }

  /// Whether a tag names a tactic: `attack.credential-access`.
  static func isTactic(_ tag: String) -> Bool { names(in: [tag]).contains(where: tactics.contains) }

  /// Whether a tag names a technique with its sub-technique: `attack.t1003.001`.
  static func isSubTechnique(_ tag: String) -> Bool {
    names(in: [tag]).contains { isTechnique($0) && $0.contains(".") }
  }

  /// The names in the namespace `attack`.
  private static func names(in tags: [String]) -> [String] {
    tags.compactMap { tag in
      let name = spelledToday(tag)
      return name.utf8.starts(with: "attack.".utf8) ? String(name.dropFirst(7)) : nil
    }
  }

  /// A tag in small letters and with hyphens; older rules write tactics with `_`.
  static func spelledToday(_ tag: String) -> String {
    String(decoding: tag.lowercased().utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
  }

  /// Whether a name is `t1234` or `t1234.001`.
  private static func isTechnique(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard name.first == "t", (1...2).contains(parts.count), parts[0].count == 5 else { return false }
    return parts[0].dropFirst().allSatisfy(\.isNumber) && parts.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  /// What is wrong with the form of a tag; nil when nothing is.
  static func mistake(in tag: String) -> String? {
    let parts = tag.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return "has no namespace" }
    guard namespaces.contains(String(parts[0])) else { return "has an unknown namespace" }
    let isPlain = tag.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"): true
      default: false
      }
    }
    return isPlain ? nil : "has other characters than small letters, digits, '.', '-', '_' and ':'"
  }
}
