import EventLog
import RuleEngine

/// Which logs were fed in, of which computers and for which time.
struct LogCoverage {
  /// The time around an episode for which logs must be known.
  struct Window {
    let episode: Episode
    let start: EventTime
    let end: EventTime

    /// - Parameters:
    ///   - episode: The episode.
    ///   - before: How far back from its first event, in seconds.
    ///   - after: How far on from its last event, in seconds.
    init(episode: Episode, before: Int, after: Int) {
      self.episode = episode
      start = episode.first.adding(seconds: -Int64(before))
      end = episode.last.adding(seconds: Int64(after))
    }
  }

  private let logs: FedLogs
  private let domainControllers: [Host]
  private let controllerIndex: HostIndex<Void>
  private let hosts: Hosts

  init(summary: TriageSummary, hosts: Hosts) {
    logs = FedLogs(summary, hosts)
    domainControllers = summary.domainControllers.sorted().map(hosts.host)
    controllerIndex = HostIndex(domainControllers)
    self.hosts = hosts
  }

  func isDomainController(_ host: Host) -> Bool { controllerIndex.contains(host) }

  /// The logs that a need asks for and that are missing for some of several times, each with the reason.
  ///
  /// - Parameters:
  ///   - need: The needed log.
  ///   - place: The finding.
  ///   - windows: The times; nil for a finding whose events have none, of which no log is known to cover the time.
  /// - Returns: The logs; none when one that was fed in covers each time.
  func missing(_ need: NeededChannel, _ place: FindingPlace, _ windows: [Window?]) -> [MissingLog] {
    if case .each(let scopes) = need.scope {
      return scopes.flatMap { missing(NeededChannel(channel: need.channel, scope: $0), place, windows) }
    }
    let channel = need.channel.lowercased()
    let open = need.scope == .any ? windows.filter { !logs.anyCovers($0, channel: channel) } : windows
    guard !open.isEmpty else { return [] }
    return computers(need.scope, place).compactMap { host in
      let gaps = gaps(in: host.flatMap { logs.logs(of: $0)[channel] }, open)
      guard let reason = gaps.lazy.map(\.reason).max() else { return nil }
      return MissingLog(
        computer: host?.spelling, channel: need.channel, from: gaps.lazy.compactMap(\.window?.start).min(),
        to: gaps.lazy.compactMap(\.window?.end).max(), reason: reason)
    }
  }

  /// The times that a log does not cover.
  private func gaps(in log: FedLog?, _ windows: [Window?]) -> [(window: Window?, reason: MissingLog.Reason)] {
    guard let log else { return windows.map { ($0, .absent) } }
    return windows.compactMap { window in log.gap(window).map { (window, $0) } }
  }

  /// The computers that a log must come from; nil for a domain controller that is not known.
  private func computers(_ scope: EvidenceScope, _ place: FindingPlace) -> [Host?] {
    switch scope {
    case .same, .any: place.hosts
    case .domainController: domainControllers.isEmpty ? [nil] : domainControllers
    case .named(let parameter): [place.value(of: parameter)].compactMap(\.self).filter { !$0.isEmpty }.map(hosts.host)
    case .each(let scopes): scopes.flatMap { computers($0, place) }
    }
  }
}
