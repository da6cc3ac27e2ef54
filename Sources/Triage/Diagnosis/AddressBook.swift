import EventLog

/// Which computers use which addresses, as logons and ticket requests of machine accounts show.
///
/// Security 4624, 4768 and 4769 name the account (`EX02$`) and the address that it came from. An address that several
/// computers came from, such as that of a proxy, says nothing.
struct AddressBook: Sendable, Hashable, Codable {
  /// The first names in their order; two are as good as many, as the address says nothing then.
  private struct Names: Sendable, Hashable, Codable, Mergeable {
    var sorted: [String] = []

    mutating func merge(_ other: Names) { sorted = Array(Set(sorted + other.sorted).sorted().prefix(2)) }
  }

  static let eventIDs: Set = [4624, 4768, 4769]

  private var names = BoundedTable<String, Names>(limit: 4_000)

  /// The addresses of which the computer is known, by its short name, sorted.
  var list: [(address: String, computer: String)] {
    names.kept.sorted { $0.key < $1.key }.compactMap { address, names in
      names.sorted.count == 1 ? names.sorted.first.map { (address, $0) } : nil
    }
  }

  /// Learns from an event.
  mutating func add(_ event: Event) {
    guard let eventID = event.eventID, Self.eventIDs.contains(eventID),
      event.provider.name == "Microsoft-Windows-Security-Auditing",
      let account = event.dataValue("TargetUserName")?.prefix(while: { $0 != "@" }), account.count > 1,
      account.last == "$", account.count <= 64,
      let address = event.dataValue("IpAddress").flatMap(Self.address)
    else { return }
    // Names of machine accounts are in capitals, whatever the event says.
    let name = account.dropLast().uppercased()
    names.update(address, default: Names()) { $0.merge(Names(sorted: [name])) }
  }

  /// Adds what was learned elsewhere.
  mutating func merge(_ other: AddressBook) { names.merge(other.names) }

  /// An address as events of other providers spell it; nil for none and for the computer's own.
  static func address(_ text: String) -> String? {
    let lower = text.lowercased()
    let plain = lower.hasPrefix("::ffff:") ? String(lower.dropFirst(7)) : lower
    let isAddress = plain.count <= 45 && plain.contains { $0 == "." || $0 == ":" }
    let isOwn = plain == "::1" || plain.hasPrefix("127.") || plain == "0.0.0.0" || plain == "::"
    return isAddress && !isOwn ? plain : nil
  }
}

extension Event {
  /// The value of a named `<Data>`.
  func dataValue(_ name: String) -> String? { data.first { $0.name == name }?.value }
}
