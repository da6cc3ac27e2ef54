/// A network in CIDR notation, such as `192.0.2.0/24` or `2001:db8::/32`.
struct IPNetwork: Sendable, Hashable {
  /// Why a text is no network.
  enum ParseError: Error {
    /// The part before the slash is no address.
    case invalidAddress
    /// The part after the slash is no number, or more than the address has bits.
    case invalidPrefix(maximum: Int)
    /// The address has bits beyond the prefix; the network it lies in.
    case hostBits(network: String)
  }

  private let address: IPAddress
  private let mask: UInt128

  /// Reads a network; an address alone is a network of one.
  init(_ text: String) throws(ParseError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first), !first.contains("%") else {
      throw .invalidAddress
    }
    let isDotted = !first.contains(":")
    let width = isDotted ? 32 : IPAddress.bitCount
    var length = width
    if parts.count == 2 {
      guard let number = Int(parts[1]), (0...width).contains(number) else { throw .invalidPrefix(maximum: width) }
      length = number
    }
    let hostBitCount = width - length
    mask = hostBitCount == IPAddress.bitCount ? 0 : UInt128.max << UInt128(hostBitCount)
    guard address.bits & mask == address.bits else {
      throw .hostBits(network: Self.description(address.bits & mask, isDotted: isDotted) + "/\(length)")
    }
    self.address = address
  }

  /// Whether an address lies in the network; version 4 and version 6 never meet.
  func contains(_ other: IPAddress) -> Bool {
    other.bits & mask == address.bits && other.isVersion4 == address.isVersion4
  }

  private static func description(_ bits: UInt128, isDotted: Bool) -> String {
    if isDotted {
      return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
    }
    return (0..<8).map { String(bits >> UInt128(112 - 16 * $0) & 0xFFFF, radix: 16) }.joined(separator: ":")
  }
}
