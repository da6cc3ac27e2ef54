/// A log of a computer.
public struct LogKey: Sendable, Hashable, Codable, Comparable {
  /// The computer, as spelt in the events.
  public var computer: String
  /// The channel.
  public var channel: String

  /// Makes a key.
  public init(computer: String, channel: String) {
    self.computer = computer
    self.channel = channel
  }

  /// Orders by computer and channel.
  public static func < (left: LogKey, right: LogKey) -> Bool {
    (left.computer, left.channel) < (right.computer, right.channel)
  }
}
