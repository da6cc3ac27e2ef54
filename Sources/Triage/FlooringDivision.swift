extension Int64 {
  /// The quotient rounded towards minus infinity, so that bins before 1970 are as wide as those after.
  func dividedFlooring(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
