/// A number with nine decimals: sums of such numbers are exact, so they are the same in any order.
public struct FixedPoint: Sendable, Hashable, Comparable, CustomStringConvertible {
  private static let scale: Int128 = 1_000_000_000

  /// The number in units of 10⁻⁹.
  private var units: Int128

  /// 0.
  public static let zero = FixedPoint(0)

  /// A whole number.
  public init(_ number: Int) { units = Int128(number) * Self.scale }

  /// Reads decimal text; further decimals are rounded. Nil for anything else, and for numbers of 10¹⁸ and more.
  public init?(_ text: String) {
    switch Number(text) {
    case .integer(let number): units = Int128(number) * Self.scale
    case .real(let number) where abs(number) < 1e18: units = Int128((number * Double(Self.scale)).rounded())
    default: return nil
    }
  }

  /// Whether a number is less than another.
  public static func < (left: FixedPoint, right: FixedPoint) -> Bool { left.units < right.units }

  /// Adds a number; of all events that a report can hold, the sum fits.
  public static func += (left: inout FixedPoint, right: FixedPoint) { left.units &+= right.units }

  /// Takes a number away.
  public static func -= (left: inout FixedPoint, right: FixedPoint) { left.units &-= right.units }

  /// The number times a count.
  func multiplied(by count: Int) -> FixedPoint {
    var product = self
    product.units = units.multipliedReportingOverflow(by: Int128(count)).partialValue
    return product
  }

  /// The largest whole number that is not greater.
  var roundedDown: Int {
    let (quotient, remainder) = units.quotientAndRemainder(dividingBy: Self.scale)
    return Int(clamping: remainder < 0 ? quotient - 1 : quotient)
  }

  /// The shortest decimal text.
  public var description: String {
    let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: Self.scale.magnitude)
    let sign = units < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    let digits = String(rest)
    var decimals = String(repeating: "0", count: 9 - digits.count) + digits
    while decimals.last == "0" { decimals.removeLast() }
    return "\(sign)\(whole).\(decimals)"
  }
}
