/// Owns the memory of shapes and of other things that are learnt of events, all freed at once.
final class ShapeStore {
  private static let blockSize = 64 * 1024
  private var blocks: [UnsafeMutableRawPointer] = []
  private var used = ShapeStore.blockSize
  /// The bytes that are in use.
  private(set) var size = 0

  deinit { removeAll() }

  /// Frees everything.
  func removeAll() {
    for block in blocks { block.deallocate() }
    blocks = []
    used = Self.blockSize
    size = 0
  }

  /// Memory for some values, which stays where it is; ``ChunkMemory/slack`` bytes behind it can be read.
  func allocate<Value>(_ type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
    let bytes = (count * MemoryLayout<Value>.stride + 15) & ~15
    if used + bytes > Self.blockSize {
      let capacity = max(bytes, Self.blockSize)
      let block = UnsafeMutableRawPointer.allocate(byteCount: capacity + ChunkMemory.slack, alignment: 16)
      block.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + ChunkMemory.slack)
      blocks.append(block)
      used = 0
    }
    size += bytes
    defer { used += bytes }
    return (blocks[blocks.count - 1] + used).bindMemory(to: type, capacity: count)
  }

  /// A copy of bytes.
  func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<UInt8> {
    let target = allocate(UInt8.self, count: max(bytes.count, 1))
    if let source = bytes.baseAddress {
      UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
    }
    return UnsafePointer(target)
  }

  /// A copy of values.
  func copy<Value>(_ values: [Value]) -> UnsafeBufferPointer<Value> {
    let target = allocate(Value.self, count: max(values.count, 1))
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { target.initialize(from: base, count: source.count) }
    }
    return UnsafeBufferPointer(start: target, count: values.count)
  }
}
