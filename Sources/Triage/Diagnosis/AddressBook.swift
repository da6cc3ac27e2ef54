import EventLog

/// Which computers use which addresses, as logons and ticket requests of machine accounts show.
///
/// Security 4624, 4768 and 4769 name the account (`EX02$`) and the address that it came from. An address that several
/// computers came from, such as that of a proxy, says nothing.
struct AddressBook: Sendable, Hashable, Codable {
  private var names = BoundedTable<String, NameSet>(limit: 4_000)

  /// The computer of an address, by its short name.
  func computer(at address: String) -> String? {
    guard let known = names[address]?.sorted, known.count == 1 else { return nil }
    return known.first
  }

  /// The addresses of which the computer is known, sorted.
  var list: [(address: String, computer: String)] {
    names.sorted.compactMap { entry in computer(at: entry.key).map { (entry.key, $0) } }
  }

  /// Learns from an event.
  mutating func add(_ event: Event) {
    guard let eventID = event.eventID, [4624, 4768, 4769].contains(eventID),
      event.provider.name == "Microsoft-Windows-Security-Auditing",
      let account = event.dataValue("TargetUserName")?.prefix(while: { $0 != "@" }), account.count > 1,
      account.last == "$", account.count <= 64,
      let address = event.dataValue("IpAddress").flatMap(Self.address)
    else { return }
    learn(address, account.dropLast().lowercased())
  }

  /// Adds what was learned elsewhere.
  mutating func merge(_ other: AddressBook) {
    for (address, set) in other.names.entries {
      for name in set.sorted { learn(address, name) }
    }
  }

  private mutating func learn(_ address: String, _ name: String) {
    // Two names are as good as many: the address says nothing then.
    _ = names.update(address, default: NameSet()) { $0.insert(name, limit: 2) }
  }

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
