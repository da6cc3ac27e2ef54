/// Writes and reads ``ConfigNode``s in a compact text form that needs no YAML parser: how packs travel inside the binary.
///
/// `p3,7,4:text` is plain text of four bytes at line 3, column 7, `q…` quoted text, `l3,7,2:` a list and `m3,7,2:` a map
/// of two entries, which follow; a map's key is written as text. A value that most runs never look at stands behind
/// `d0,0,9:` with its length, so that it can be passed over and decoded when it is asked for.
enum ConfigNodeCoder {
  /// The keys whose values are passed over.
  private static let deferredKeys: Set<String> = [
    "answers", "causes", "check", "examples", "fix", "meaning", "references", "symptoms", "tests", "why",
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

  /// Reads nodes, one after the other, of bytes that live as long as the program.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) -> [ConfigNode] {
    var reader = Reader(bytes: bytes)
    var nodes: [ConfigNode] = []
    while reader.position < bytes.count { nodes.append(try reader.node(depth: 0)) }
    return nodes
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func node(depth: Int) throws(Failure) -> ConfigNode {
      guard position < bytes.count, depth < 200 else { throw Failure() }
      let kind = bytes[position]
      position += 1
      let mark = ConfigMark(line: try number(), column: try number())
      let count = try number()
      switch kind {
      case UInt8(ascii: "p"), UInt8(ascii: "q"):
        return .scalar(try text(count), isPlain: kind == UInt8(ascii: "p"), mark)
      case UInt8(ascii: "l"):
        var items: [ConfigNode] = []
        for _ in 0..<count { items.append(try node(depth: depth + 1)) }
        return .sequence(items, mark)
      case UInt8(ascii: "m"):
        var entries: [ConfigEntry] = []
        for _ in 0..<count {
          entries.append(try entry(depth: depth + 1))
        }
        return .mapping(entries, mark)
      default:
        throw Failure()
      }
    }

    private mutating func entry(depth: Int) throws(Failure) -> ConfigEntry {
      guard case .scalar(let key, _, let keyMark) = try node(depth: depth) else { throw Failure() }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "d") else {
        return ConfigEntry(key: key, keyMark: keyMark, value: try node(depth: depth))
      }
      position += 1
      _ = (try number(), try number())
      let count = try number()
      guard position + count <= bytes.count else { throw Failure() }
      defer { position += count }
      let stored = StoredNode(bytes: UnsafeBufferPointer(rebasing: bytes[position..<position + count]))
      return ConfigEntry(key: key, keyMark: keyMark, stored: stored)
    }

    /// A decimal number and the byte after it.
    private mutating func number() throws(Failure) -> Int {
      var value = 0
      while position < bytes.count, 0x30...0x39 ~= bytes[position], value < 100_000_000 {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
      }
      position += 1
      guard position <= bytes.count else { throw Failure() }
      return value
    }

    private mutating func text(_ count: Int) throws(Failure) -> String {
      guard position + count <= bytes.count else { throw Failure() }
      defer { position += count }
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[position..<position + count]), as: UTF8.self)
    }
  }
}

/// A node in its compact form, decoded when it is asked for.
///
/// The bytes are those of the program itself, which nothing changes or frees.
struct StoredNode: @unchecked Sendable, Hashable {
  private let start: UnsafePointer<UInt8>?
  private let count: Int

  fileprivate init(bytes: UnsafeBufferPointer<UInt8>) { (start, count) = (bytes.baseAddress, bytes.count) }

  /// The node; nothing at all when the form is damaged, which the build rules out.
  var node: ConfigNode {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let nothing = ConfigNode.scalar("", isPlain: true, ConfigMark(line: 1, column: 1))
    return (try? ConfigNodeCoder.decode(bytes))?.first ?? nothing
  }
}
