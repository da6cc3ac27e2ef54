extension Modifier {
  /// Numbers of a field that has a time.
  static let time: [Modifier] = TimePart.allCases.map { part in
    Modifier(part.rawValue) { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let wanted = "a number from \(part.range.lowerBound) to \(part.range.upperBound) without quotes"
        guard case .integer(let number) = try current.untouched(operand, at: index, wanted: wanted),
          let number = Int(exactly: number), part.range.contains(number)
        else { throw current.misfit(operand, at: index, wanted: wanted) }
        return .test(.timePart(part, number))
      }
    }
  }
}
