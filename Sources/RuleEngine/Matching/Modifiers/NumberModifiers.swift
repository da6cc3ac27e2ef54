extension Modifier {
  /// Orders of numbers.
  static let number: [Modifier] = [
    comparison("gt", .greater), comparison("gte", .greaterOrEqual),
    comparison("lt", .less), comparison("lte", .lessOrEqual),
  ]

  private static func comparison(_ name: String, _ order: Number.Order) -> Modifier {
    Modifier(name) { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let wanted = "a number without quotes"
        switch try current.untouched(operand, at: index, wanted: wanted) {
        case .integer(let number): return .test(.number(order, .integer(number)))
        case .number(let number): return .test(.number(order, .real(number)))
        default: throw current.misfit(operand, at: index, wanted: wanted)
        }
      }
    }
  }
}
