/// A place in a rule file's text, from 1.
struct ConfigMark: Sendable, Hashable {
  var line: Int
  var column: Int
}

/// A node of a rule file, whatever form the file was stored in, with the place that messages point at.
indirect enum ConfigNode: Sendable, Hashable {
  /// Text; `isPlain` tells `4625` from `"4625"`.
  case scalar(String, isPlain: Bool, ConfigMark)
  case sequence([ConfigNode], ConfigMark)
  case mapping([ConfigEntry], ConfigMark)

  var mark: ConfigMark {
    switch self {
    case .scalar(_, _, let mark), .sequence(_, let mark), .mapping(_, let mark): mark
    }
  }

  /// The kind of node, as messages name it.
  var kind: String {
    switch self {
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }

  /// Whether this is a `null` written without quotes, or nothing at all.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true, _) = self else { return false }
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  /// The value of a key, when this is a map that has it.
  func value(of key: String) -> ConfigNode? {
    guard case .mapping(let entries, _) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

/// A key of a map with its value.
struct ConfigEntry: Sendable, Hashable {
  var key: String
  var keyMark: ConfigMark
  var value: ConfigNode
}
