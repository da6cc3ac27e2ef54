/// Unicode simple case folding: what "ignoring letter case" means everywhere in rules.
enum CaseFolding {
  /// Whether folding could change one of the bytes' characters that are not ASCII.
  ///
  /// Lead bytes E3–E9 and EB–ED begin the characters U+3000–U+9FFF and U+B000–U+DFFF, which have no letter case; so
  /// Chinese, Japanese and Korean text never needs the slow path.
  static func mayChangeBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = ByteSearch.firstNonASCII(in: bytes) else { return false }
    return bytes[start...].contains { byte in
      switch byte {
      case 0xE3...0xE9, 0xEB...0xED: false
      default: byte >= 0xC0
      }
    }
  }

  /// Adds the folded UTF-8 bytes of a text to others.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in text.utf8 { bytes.append(folded(byte)) }
    } else {
      append(text.unicodeScalars, to: &bytes)
    }
  }

  /// The folded UTF-8 bytes of a text.
  static func folded(_ text: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.underestimatedCount)
    append(text, to: &bytes)
    return bytes
  }

  private static func append(_ text: some Sequence<Unicode.Scalar>, to bytes: inout [UInt8]) {
    for scalar in text {
      if scalar.isASCII {
        bytes.append(folded(UInt8(truncatingIfNeeded: scalar.value)))
      } else {
        bytes.append(contentsOf: UTF8.encode(folded(scalar)) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }

  /// The folded form of one character.
  ///
  /// By way of the upper case, so that `ς` meets `σ`, `ſ` meets `s` and `K` (Kelvin) meets `k`; mappings to more than
  /// one character are no simple folding and are left out.
  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return Unicode.Scalar(folded(UInt8(truncatingIfNeeded: scalar.value))) }
    let dotlessI: Unicode.Scalar = "\u{131}"
    if scalar == dotlessI { return scalar }
    let upper = onlyScalar(scalar.properties.uppercaseMapping) ?? scalar
    return onlyScalar(upper.properties.lowercaseMapping) ?? scalar
  }

  /// The folded form of one byte of ASCII; other bytes stay.
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 { isUpperCase(byte) ? byte | 0x20 : byte }

  @inline(__always)
  static func isUpperCase(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

  private static func onlyScalar(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
