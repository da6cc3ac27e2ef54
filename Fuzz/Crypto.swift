/// Stands in for swift-crypto, which would only slow the fuzzer down: the digest is a simple sum.
public struct SHA256 {
  private var sum: UInt64 = 0

  /// Makes an empty digest.
  public init() {}

  /// Adds bytes.
  public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
    for byte in bufferPointer { sum = sum &* 31 &+ UInt64(byte) }
  }

  /// The digest of all bytes.
  public func finalize() -> [UInt8] { withUnsafeBytes(of: sum) { Array($0) } }
}
