/// Values by computer, found by any name or address of it without looking through all.
struct HostIndex<Value: Sendable>: Sendable {
  private var byName: [String: [Value]] = [:]
  /// The values of names with a domain, by the name without it.
  private var byLabel: [String: [Value]] = [:]

  init(_ entries: some Sequence<(host: Host, value: Value)>) {
    for (host, value) in entries {
      byName[host.name, default: []].append(value)
      if host.isQualified { byLabel[host.label, default: []].append(value) }
    }
  }

  /// The values of a computer, those of the same name first.
  func values(of host: Host) -> [Value] {
    let same = host.name.isEmpty ? [] : byName[host.name] ?? []
    let others = (host.isQualified ? byName : byLabel)[host.label] ?? []
    return others.isEmpty ? same : same + others
  }

  /// Whether a computer has a value.
  func contains(_ host: Host) -> Bool { !values(of: host).isEmpty }
}

extension HostIndex where Value == Void {
  /// A set of computers.
  init(_ hosts: some Sequence<Host>) { self.init(hosts.lazy.map { (host: $0, value: ()) }) }
}
