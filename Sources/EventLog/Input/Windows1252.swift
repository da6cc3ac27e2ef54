/// The code page of Western Windows (https://encoding.spec.whatwg.org/index-windows-1252.txt).
enum Windows1252 {
  private static let c1: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  /// The number of the character that a byte stands for; nil where the page has none.
  static func scalar(_ byte: UInt8) -> UInt32? {
    guard 0x80..<0xA0 ~= byte else { return UInt32(byte) }
    let scalar = c1[Int(byte) - 0x80]
    return scalar == 0 ? nil : scalar
  }
}
