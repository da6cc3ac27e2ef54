/// A decimal number, compared exactly between whole numbers.
enum Number: Sendable, Hashable {
  case integer(Int64)
  case real(Double)

  /// Reads decimal text; hexadecimal text, units and blanks make it no number.
  init?(_ text: String) {
    if let number = Int64(text) {
      self = .integer(number)
    } else if text.utf8.allSatisfy(Self.isPartOfDecimal), let number = Double(text) {
      self = .real(number)
    } else {
      return nil
    }
  }

  /// Reads UTF-8 text, in the same way.
  init?(utf8 text: UnsafeRawBufferPointer) {
    let longestCertain = 18
    guard (1...longestCertain).contains(text.count), text.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
      self.init(String(decoding: text, as: UTF8.self))
      return
    }
    self = .integer(text.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
  }

  /// The number of a value of an event.
  init?(_ value: FieldValue) {
    switch value {
    case .number(let number): self = .integer(number)
    case .text(let text): self.init(text)
    }
  }

  /// Whether two numbers stand in an order.
  func stands(_ order: Order, to other: Number) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): order.holds(left, right)
    default: order.holds(real, other.real)
    }
  }

  /// How two numbers are compared.
  enum Order: Sendable, Hashable {
    case equal, less, lessOrEqual, greater, greaterOrEqual

    fileprivate func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
      switch self {
      case .equal: left == right
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      }
    }
  }

  private var real: Double {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    }
  }

  /// Keeps out what `Double` reads beyond decimals, such as `nan`, `infinity` and `0x1p3`.
  private static func isPartOfDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
