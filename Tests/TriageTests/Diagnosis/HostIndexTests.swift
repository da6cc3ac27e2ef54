import Testing

@testable import Triage

@Suite("looking up computers") struct HostIndexTests {
  private static let names = [
    "EX01", "ex01.example.com", "EX01.example.org", #"\\EX01"#, "EX01$", "EX02", "192.0.2.10", "[192.0.2.10]", "192",
    "::ffff:192.0.2.10", "", ".", ".example.com", "EX01.",
  ]

  private static let hosts = Hosts(file: "192.0.2.10 EX01.example.com\n")

  @Test("an index finds what means the same computer, and nothing else", arguments: names)
  func finds(name: String) {
    let hosts = Self.hosts
    let index = HostIndex(Self.names.map { (host: hosts.host($0), value: $0) })
    let same = Self.names.filter { hosts.areSame($0, name) }
    #expect(index.values(of: hosts.host(name)).sorted() == same.sorted())
    #expect(index.contains(hosts.host(name)) == !same.isEmpty)
  }

  @Test("computers that were worked out before are the same as others", arguments: names)
  func remembers(name: String) {
    let learned = Self.hosts.learning(AddressBook(), computers: Set(Self.names))
    #expect(learned.host(name) == Self.hosts.host(name))
  }

  @Test(
    "an address is told by its name, another computer as it is spelt",
    arguments: [
      ("[192.0.2.10]", "EX01.example.com"), ("EX02$", "EX02$"), ("192.0.2.11", "192.0.2.11"),
    ])
  func spelling(name: String, spelling: String) {
    #expect(Self.hosts.host(name).spelling == spelling)
  }
}
