/// An address of IP version 4 or 6; version 4 is held as the mapped address `::ffff:a.b.c.d`.
///
/// Windows writes clients of dual-stack services as `::ffff:192.0.2.10`, which is the same address as `192.0.2.10`.
struct IPAddress: Sendable, Hashable {
  static let bitCount = 128
  private static let mappedPrefix: UInt128 = 0xFFFF << 32

  let bits: UInt128

  /// Whether it is an address of version 4, mapped ones included.
  var isVersion4: Bool { bits >> 32 == Self.mappedPrefix >> 32 }

  /// Reads `192.0.2.10`, `2001:db8::1`, `::ffff:192.0.2.10` or `fe80::1%4`.
  init?(_ text: some StringProtocol) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      let address = text.prefix { $0 != "%" }
      guard let bits = Self.version6(address) else { return nil }
      self.bits = bits
    } else {
      guard let bits = Self.version4(text.utf8) else { return nil }
      self.bits = Self.mappedPrefix | UInt128(bits)
    }
  }

  /// Reads an address from UTF-8 text.
  init?(utf8 text: UnsafeRawBufferPointer) {
    if !text.contains(UInt8(ascii: ":")) {
      guard let bits = Self.version4(text) else { return nil }
      self = IPAddress(bits: Self.mappedPrefix | UInt128(bits))
    } else {
      self.init(String(decoding: text, as: UTF8.self))
    }
  }

  private init(bits: UInt128) { self.bits = bits }

  private static func version4(_ text: some Sequence<UInt8>) -> UInt32? {
    var bits: UInt32 = 0, octet: UInt32 = 0
    var digits = 0, dots = 0
    for byte in text {
      if byte == UInt8(ascii: "."), digits > 0, dots < 3 {
        bits = bits << 8 | octet
        (octet, digits, dots) = (0, 0, dots + 1)
      } else {
        guard isDigit(byte), digits < 3 else { return nil }
        octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        if octet > 255 { return nil }
      }
    }
    return dots == 3 && digits > 0 ? bits << 8 | octet : nil
  }

  private static func version6(_ text: some StringProtocol) -> UInt128? {
    guard text.utf8.count <= 45 else { return nil }
    let halves = splitAtGap(String(text))
    guard let head = groups(halves.head), let tail = groups(halves.tail ?? "") else { return nil }
    let count = head.count + tail.count
    guard halves.tail == nil ? count == 8 : count <= 7 else { return nil }
    let gap = Array(repeating: UInt16(0), count: 8 - count)
    return (head + gap + tail).reduce(0) { $0 << 16 | UInt128($1) }
  }

  /// The texts before and after `::`.
  private static func splitAtGap(_ text: String) -> (head: Substring, tail: Substring?) {
    var index = text.startIndex
    while let colon = text[index...].firstIndex(of: ":") {
      let next = text.index(after: colon)
      if next < text.endIndex, text[next] == ":" { return (text[..<colon], text[text.index(after: next)...]) }
      index = next
    }
    return (text[...], nil)
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains("."), let bits = version4(part.utf8) {
        groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
      } else {
        guard (1...4).contains(part.utf8.count), part.first?.isHexDigit == true, let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
