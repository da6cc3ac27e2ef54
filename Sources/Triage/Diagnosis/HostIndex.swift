/// Values by computer, found by any name or address of it without looking through all.
///
/// Names that mean the same computer have the same first label, so only those with it are compared.
struct HostIndex<Value: Sendable>: Sendable {
  private let hosts: Hosts
  private let byLabel: [String: [(computer: String, value: Value)]]

  init(_ entries: some Sequence<(computer: String, value: Value)>, _ hosts: Hosts) {
    self.hosts = hosts
    byLabel = Dictionary(grouping: entries) { hosts.label(of: $0.computer) }
  }

  /// The values of a computer, in the order in which they were given.
  func values(of computer: String) -> [Value] {
    (byLabel[hosts.label(of: computer)] ?? []).filter { hosts.areSame($0.computer, computer) }.map(\.value)
  }
}
