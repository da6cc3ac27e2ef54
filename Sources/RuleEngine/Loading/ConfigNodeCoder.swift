/// Writes and reads ``ConfigNode``s in a compact text form that needs no YAML parser: how packs travel inside the binary.
///
/// `p3,7,4:text` is plain text of four bytes at line 3, column 7, `q…` quoted text, `l3,7,2:` a list and `m3,7,2:` a map
/// of two entries, which follow; a map's key is written as text. A value that most runs never look at stands behind
/// `d0,0,9:` with its length, so that it can be passed over and decoded when it is asked for.
enum ConfigNodeCoder {
  /// The keys whose values are passed over.
  private static let deferredKeys: Set<String> = [
    "answers", "author", "causes", "check", "description", "examples", "falsepositives", "fix", "meaning", "references",
    "related", "symptoms", "tests", "why",
  ]

  /// A stored form that is damaged.
  struct Failure: Error {}

  static func encode(_ node: ConfigNode) -> String {
    var text = ""
    append(node, to: &text)
    return text
  }

  private static func append(_ node: ConfigNode, to text: inout String) {
    switch node {
    case .scalar(let value, let isPlain, let mark):
      append(value, kind: isPlain ? "p" : "q", mark, to: &text)
    case .sequence(let items, let mark):
      text += "l\(mark.line),\(mark.column),\(items.count):"
      for item in items { append(item, to: &text) }
    case .mapping(let entries, let mark):
      text += "m\(mark.line),\(mark.column),\(entries.count):"
      for entry in entries {
        append(entry.key, kind: "p", entry.keyMark, to: &text)
        guard deferredKeys.contains(entry.key) else {
          append(entry.value, to: &text)
          continue
        }
        let value = encode(entry.value)
        text += "d0,0,\(value.utf8.count):\(value)"
      }
    }
  }

  private static func append(_ value: String, kind: String, _ mark: ConfigMark, to text: inout String) {
    text += "\(kind)\(mark.line),\(mark.column),\(value.utf8.count):"
    text += value
  }

  /// Reads nodes, one after the other; those that are passed over hold on to the bytes.
  ///
  /// - Parameters:
  ///   - stored: The bytes.
  ///   - range: Which of them to read; nil for all.
  /// - Returns: The nodes.
  /// - Throws: A ``Failure`` when the form is damaged.
  static func decode(_ stored: StoredBytes, _ range: Range<Int>? = nil) throws(Failure) -> [ConfigNode] {
    try stored.withBytes { bytes throws(Failure) in
      let range = range ?? bytes.indices
      guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw Failure() }
      var reader = Reader(bytes: bytes, stored: stored, position: range.lowerBound, end: range.upperBound)
      var nodes: [ConfigNode] = []
      while reader.position < reader.end { nodes.append(try reader.node(depth: 0)) }
      return nodes
    }
  }

  private struct Reader {
    /// How many items memory is taken for before any of them was read: a damaged count must not take all.
    private static let largestReserve = 256

    let bytes: UnsafeBufferPointer<UInt8>
    let stored: StoredBytes
    var position: Int
    let end: Int

    mutating func node(depth: Int) throws(Failure) -> ConfigNode {
      guard position < end, depth < 200 else { throw Failure() }
      let kind = bytes[position]
      position += 1
      let mark = ConfigMark(line: try number(), column: try number())
      let count = try number()
      switch kind {
      case UInt8(ascii: "p"), UInt8(ascii: "q"):
        return .scalar(try text(count), isPlain: kind == UInt8(ascii: "p"), mark)
      case UInt8(ascii: "l"):
        var items: [ConfigNode] = []
        items.reserveCapacity(min(count, Self.largestReserve))
        for _ in 0..<count { items.append(try node(depth: depth + 1)) }
        return .sequence(items, mark)
      case UInt8(ascii: "m"):
        var entries: [ConfigEntry] = []
        entries.reserveCapacity(min(count, Self.largestReserve))
        for _ in 0..<count { entries.append(try entry(depth: depth + 1)) }
        return .mapping(entries, mark)
      default:
        throw Failure()
      }
    }

    private mutating func entry(depth: Int) throws(Failure) -> ConfigEntry {
      guard case .scalar(let key, _, let keyMark) = try node(depth: depth) else { throw Failure() }
      guard position < end, bytes[position] == UInt8(ascii: "d") else {
        return ConfigEntry(key: key, keyMark: keyMark, value: try node(depth: depth))
      }
      position += 1
      _ = (try number(), try number())
      let count = try number()
      guard position + count <= end else { throw Failure() }
      defer { position += count }
      let value = StoredNode(bytes: stored, range: position..<position + count)
      return ConfigEntry(key: key, keyMark: keyMark, stored: value)
    }

    /// A decimal number and the byte after it.
    private mutating func number() throws(Failure) -> Int {
      var value = 0
      while position < end, 0x30...0x39 ~= bytes[position], value < 100_000_000 {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
      }
      position += 1
      guard position <= end else { throw Failure() }
      return value
    }

    private mutating func text(_ count: Int) throws(Failure) -> String {
      guard position + count <= end else { throw Failure() }
      defer { position += count }
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[position..<position + count]), as: UTF8.self)
    }
  }
}
