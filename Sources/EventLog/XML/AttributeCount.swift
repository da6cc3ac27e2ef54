/// Counts attributes before libxml2 does, which compares each of an element with every other one and looks every name up
/// among all namespaces: a million of them would take hours.
enum AttributeCount {
  private static let limit = 1000

  /// Why a text is refused, nil for any that an exporter would write.
  static func excess(in text: UnsafeRawBufferPointer) -> String? {
    // The worst that a short text can do takes milliseconds.
    guard text.count > 16 * 1024 else { return nil }
    var namespaces = 0
    var position = 0
    while let start = text.firstIndex(of: UInt8(ascii: "<"), from: position) {
      position = start + 1
      var attributes = 0
      var quote: UInt8 = 0
      while position < text.count, text[position] != UInt8(ascii: "<") {
        let byte = text[position]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: ">") {
          break
        } else if byte == UInt8(ascii: "=") {
          attributes += 1
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: "x"), text.matches("xmlns", at: position) {
          namespaces += 1
        }
        position += 1
      }
      if attributes > limit { return "an element has more than \(limit) attributes" }
    }
    return namespaces > limit ? "it declares more than \(limit) namespaces" : nil
  }
}
