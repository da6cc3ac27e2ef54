/// A computer as its names are compared.
struct Host: Sendable, Hashable {
  /// How it is told: the listed name of an address, any other name as it was given.
  let spelling: String
  /// The name in small letters, without what events put around it.
  let name: String
  /// The first label of the name: the same for all names of a computer.
  let label: String
  /// Whether the name has a domain.
  let isQualified: Bool

  init(spelling: String, name: String) {
    self.spelling = spelling
    self.name = name
    let label = name.prefix { $0 != "." }
    isQualified = label.endIndex < name.endIndex
    self.label = String(label)
  }

  /// Whether both are the same computer: a name without a domain is the same as the first label of a full one.
  func isSame(as other: Host) -> Bool {
    guard isQualified == other.isQualified else { return label == other.label }
    return name == other.name && !name.isEmpty
  }
}
