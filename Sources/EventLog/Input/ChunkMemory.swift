import Synchronization

/// Memory for chunks, used again and again: fresh memory costs a page fault for every few kilobytes.
public final class ChunkMemory: Sendable {
  /// The zeros behind the bytes of every block, so that whoever looks sixteen bytes ahead reads nothing that is not his,
  /// and every search for the end of a text ends.
  static let slack = 64

  /// Makes a stock that is empty yet.
  public init() {}

  private static let keptBlocks = 64
  private let free = Mutex<[Block]>([])

  private struct Block: @unchecked Sendable {
    var bytes: UnsafeMutableRawBufferPointer
  }

  deinit {
    free.withLock { blocks in
      for block in blocks { block.bytes.deallocate() }
    }
  }

  /// Memory with room for so many bytes and the slack.
  fileprivate func take(_ capacity: Int) -> UnsafeMutableRawBufferPointer {
    let found = free.withLock { blocks -> Block? in
      blocks.lastIndex { $0.bytes.count >= capacity + Self.slack }.map { blocks.remove(at: $0) }
    }
    return found?.bytes ?? .allocate(byteCount: capacity + Self.slack, alignment: 64)
  }

  fileprivate func give(_ bytes: UnsafeMutableRawBufferPointer) {
    // An oversized event is rare and its memory too much to keep.
    let isKept = free.withLock { blocks in
      guard blocks.count < Self.keptBlocks, bytes.count <= 8 * 1024 * 1024 else { return false }
      blocks.append(Block(bytes: bytes))
      return true
    }
    if !isKept { bytes.deallocate() }
  }
}

/// Bytes that are written once, by one thread, and then only read; their memory goes back where it came from.
final class ChunkBytes: @unchecked Sendable {
  /// Where the memory is from.
  let memory: ChunkMemory
  private let block: UnsafeMutableRawBufferPointer
  /// How many bytes there are.
  private(set) var count = 0

  /// Makes room for so many bytes.
  init(capacity: Int, in memory: ChunkMemory) {
    self.memory = memory
    block = memory.take(capacity)
  }

  deinit { memory.give(block) }

  /// How many bytes fit.
  var capacity: Int { block.count - ChunkMemory.slack }

  /// The bytes. Behind them stand those that were cut off, if any were, and then ``ChunkMemory/slack`` zeros.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: block[..<count]) }

  /// Some of the bytes, also of those that were cut off.
  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: block[range]) }

  /// The room behind the bytes.
  var room: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: block[count..<capacity]) }

  /// Takes bytes that were written to ``room``.
  func grow(by added: Int) {
    precondition(added >= 0 && count + added <= capacity, "more bytes than there is room for")
    count += added
  }

  /// Lets go the bytes from an offset on; they stay where they are until the memory is used again.
  func cut(at offset: Int) {
    precondition(offset >= 0 && offset <= count, "a cut outside of the bytes")
    count = offset
  }

  /// Writes the zeros behind the bytes, before any are cut off.
  func seal() {
    UnsafeMutableRawBufferPointer(rebasing: block[count..<count + ChunkMemory.slack]).initializeMemory(
      as: UInt8.self, repeating: 0)
  }

  /// Adds bytes.
  func append(_ bytes: UnsafeRawBufferPointer) {
    room.copyMemory(from: bytes)
    grow(by: bytes.count)
  }
}
