import Foundation

/// Bytes with nodes in their compact form.
final class StoredBytes: Sendable {
  private enum Content: Sendable {
    case program(StaticString)
    case file(Data)
  }

  private let content: Content

  /// Bytes of the program itself.
  init(_ text: StaticString) { content = .program(text) }

  /// The bytes of a file.
  init(_ data: Data) { content = .file(data) }

  /// A copy of some of the bytes.
  func data(in range: Range<Int>) -> Data { withBytes { Data($0[range]) } }

  /// Calls `body` with the bytes, which must not leave it.
  func withBytes<Value, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let result: Result<Value, Failure> =
      switch content {
      case .program(let text): text.withUTF8Buffer { bytes in Result { () throws(Failure) in try body(bytes) } }
      case .file(let data):
        data.withUnsafeBytes { bytes in
          Result { () throws(Failure) in try body(bytes.assumingMemoryBound(to: UInt8.self)) }
        }
      }
    return try result.get()
  }
}

/// A node in its compact form, decoded when it is asked for.
struct StoredNode: Sendable, Hashable {
  private let bytes: StoredBytes
  private let range: Range<Int>

  init(bytes: StoredBytes, range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// The node; nothing at all when the form is damaged, which the build and the checksum of a cache rule out.
  var node: ConfigNode {
    let nothing = ConfigNode.scalar("", isPlain: true, ConfigMark(line: 1, column: 1))
    return (try? ConfigNodeCoder.decode(bytes, range))?.first ?? nothing
  }

  static func == (left: StoredNode, right: StoredNode) -> Bool { left.node == right.node }

  func hash(into hasher: inout Hasher) { hasher.combine(node) }
}
