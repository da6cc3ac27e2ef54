/// Bounds on hostile input.
public struct ReadingLimits: Sendable, Hashable {
  /// The largest event that is read, in bytes of its text.
  public var eventBytes = 16 * 1024 * 1024
  /// How deep elements of an event may nest.
  public var depth = 256
  /// The size of the slices that an input is cut into, in bytes; the unit of parallel work.
  public var chunkBytes = 1024 * 1024
  /// The largest input whose SHA-256 is computed, in bytes: that of a large one takes longer than reading its events.
  public var digestBytes: UInt64 = 64_000_000

  /// Makes the usual limits.
  public init() {}
}
