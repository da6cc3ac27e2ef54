import RuleEngine

/// The remembered events of one probe, computer and values.
final class RememberedSeries: Sendable {
  let key: EvidenceKey
  let series: EvidenceSeries
  let host: Host

  init(_ key: EvidenceKey, _ series: EvidenceSeries, _ host: Host) {
    self.key = key
    self.series = series
    self.host = host
  }
}

/// The remembered events by probe and place.
struct RememberedEvents {
  private struct Probed {
    let everywhere: [RememberedSeries]
    let onDomainControllers: [RememberedSeries]
    let byHost: HostIndex<RememberedSeries>
  }

  private let byProbe: [String: Probed]

  init(_ evidence: EvidenceLedger, _ hosts: Hosts, _ coverage: LogCoverage) {
    byProbe = evidence.byProbe().mapValues { entries in
      let all = entries.map { RememberedSeries($0.key, $0.series, hosts.host($0.key.computer)) }
      return Probed(
        everywhere: all, onDomainControllers: all.filter { coverage.isDomainController($0.host) },
        byHost: HostIndex(all.lazy.map { (host: $0.host, value: $0) }))
    }
  }

  func includes(_ probe: EvidenceProbe) -> Bool { byProbe[probe.name] != nil }

  func everywhere(_ probe: EvidenceProbe) -> [RememberedSeries] { byProbe[probe.name]?.everywhere ?? [] }

  func onDomainControllers(_ probe: EvidenceProbe) -> [RememberedSeries] {
    byProbe[probe.name]?.onDomainControllers ?? []
  }

  /// What is remembered of a probe on computers, each once.
  func on(_ hosts: [Host], _ probe: EvidenceProbe) -> [RememberedSeries] {
    guard let index = byProbe[probe.name]?.byHost else { return [] }
    if hosts.count == 1 { return index.values(of: hosts[0]) }
    var seen: Set<ObjectIdentifier> = []
    return hosts.flatMap(index.values).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }
}
