/// A place in a rule file's text, from 1.
struct ConfigMark: Sendable, Hashable {
  // Files have tens of thousands of nodes, so each is kept small.
  private var storedLine: Int32
  private var storedColumn: Int32

  init(line: Int, column: Int) { (storedLine, storedColumn) = (Int32(clamping: line), Int32(clamping: column)) }

  var line: Int { Int(storedLine) }
  var column: Int { Int(storedColumn) }

  /// The place so many characters to the right.
  func moved(by columns: Int) -> ConfigMark { ConfigMark(line: line, column: column + columns) }
}

/// A node of a rule file, whatever form the file was stored in, with the place that messages point at.
enum ConfigNode: Sendable, Hashable {
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

  /// The items of a list; a single value counts as a list of one.
  var items: [ConfigNode] {
    if case .sequence(let items, _) = self { return items }
    return [self]
  }

  /// The text of a key, when this is a map that has it.
  func text(of key: String) -> String? {
    if case .scalar(let text, _, _)? = value(of: key), !text.isEmpty { text } else { nil }
  }

  /// The value of a key, when this is a map that has it.
  func value(of key: String) -> ConfigNode? {
    guard case .mapping(let entries, _) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

/// A key of a map with its value.
struct ConfigEntry: Sendable, Hashable {
  private enum Content: Sendable, Hashable {
    case node(ConfigNode)
    case stored(StoredNode)
  }

  let key: String
  let keyMark: ConfigMark
  private var content: Content

  init(key: String, keyMark: ConfigMark, value: ConfigNode) {
    self.key = key
    self.keyMark = keyMark
    content = .node(value)
  }

  init(key: String, keyMark: ConfigMark, stored: StoredNode) {
    self.key = key
    self.keyMark = keyMark
    content = .stored(stored)
  }

  /// The value; one that is stored is decoded each time.
  var value: ConfigNode {
    get {
      switch content {
      case .node(let node): node
      case .stored(let stored): stored.node
      }
    }
    set { content = .node(newValue) }
  }
}
