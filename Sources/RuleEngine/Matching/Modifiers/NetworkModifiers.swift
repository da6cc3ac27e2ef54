extension Modifier {
  /// Networks of addresses.
  static let network: [Modifier] = [
    Modifier("cidr") { draft throws(MatchError) in
      let current = draft
      try draft.mapOperands { operand, index throws(MatchError) in
        let wanted = "a network such as 192.0.2.0/24"
        guard case .string(let text) = try current.untouched(operand, at: index, wanted: wanted) else {
          throw current.misfit(operand, at: index, wanted: wanted)
        }
        do throws(IPNetwork.ParseError) {
          return .test(.network(try IPNetwork(text)))
        } catch {
          throw .invalidNetwork(text, error, at: index)
        }
      }
    }
  ]
}
