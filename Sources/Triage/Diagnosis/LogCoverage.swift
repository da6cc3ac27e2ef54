import EventLog
import RuleEngine

/// Which logs were fed in, of which computers and for which time.
struct LogCoverage {
  /// The time around an episode for which logs must be known.
  struct Window {
    let episode: Episode
    /// How far back from its first event, in seconds.
    let before: Int
    /// How far on from its last event, in seconds.
    let after: Int

    var start: EventTime { episode.first.adding(seconds: -Int64(before)) }
    var end: EventTime { episode.last.adding(seconds: Int64(after)) }
  }

  private typealias Log = (key: LogKey, span: Occurrences)

  private let logs: [Log]
  private let logsByHost: HostIndex<Log>
  private let controllersByHost: HostIndex<String>
  private let domainControllers: [String]
  private let clearings: LogClearings
  private let hosts: Hosts

  init(summary: TriageSummary, hosts: Hosts) {
    logs = summary.logs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    logsByHost = HostIndex(logs.map { (computer: $0.key.computer, value: $0) }, hosts)
    domainControllers = summary.domainControllers.sorted()
    controllersByHost = HostIndex(domainControllers.map { (computer: $0, value: $0) }, hosts)
    clearings = summary.clearings
    self.hosts = hosts
  }

  func isDomainController(_ computer: String) -> Bool { !controllersByHost.values(of: computer).isEmpty }

  /// The logs that a need asks for and that are missing for a time; empty when one that was fed in covers it.
  ///
  /// - Parameters:
  ///   - need: The needed log.
  ///   - place: The finding.
  ///   - window: The time; nil for a finding whose events have none, of which no log is known to cover the time.
  /// - Returns: The logs, each with the reason.
  func missing(_ need: NeededChannel, _ place: FindingPlace, _ window: Window?) -> [MissingLog] {
    if case .each(let scopes) = need.scope {
      return scopes.flatMap { missing(NeededChannel(channel: need.channel, scope: $0), place, window) }
    }
    if need.scope == .any, isCoveredAnywhere(need, window) { return [] }
    return computers(need.scope, place).compactMap { computer in
      guard let reason = computer.map({ gap($0, need, window) }) ?? .absent else { return nil }
      return MissingLog(
        computer: computer.map { hosts.name(of: $0) }, channel: need.channel, from: window?.start, to: window?.end,
        reason: reason)
    }
  }

  /// The computers that a log must come from; nil for a domain controller that is not known.
  private func computers(_ scope: EvidenceScope, _ place: FindingPlace) -> [String?] {
    switch scope {
    case .same, .any: place.hosts
    case .domainController: domainControllers.isEmpty ? [nil] : domainControllers
    case .named(let parameter): [place.value(of: parameter)].filter { !($0 ?? "").isEmpty }
    case .each(let scopes): scopes.flatMap { computers($0, place) }
    }
  }

  private func isCoveredAnywhere(_ need: NeededChannel, _ window: Window?) -> Bool {
    logs.contains { isNeeded($0.key, need) && gap($0.key.computer, need, window) == nil }
  }

  /// Why a log does not cover a time; nil when it does.
  private func gap(_ computer: String, _ need: NeededChannel, _ window: Window?) -> MissingLog.Reason? {
    let own = logsByHost.values(of: computer)
    let matching = own.filter { isNeeded($0.key, need) }
    guard !matching.isEmpty else { return .absent }
    guard let window else { return .partial }
    if clearings.includes(need.channel, of: computer, from: window.start, to: window.end, hosts) { return .cleared }
    // Logs of one computer are exported together: the newest event of any of them says when.
    let last = own.compactMap(\.span.last).max()
    let span = matching.reduce(into: Occurrences()) { $0.merge($1.span) }
    guard let first = span.first, let last else { return .partial }
    let slack = Self.slack(span)
    // A log that begins with the finding shows nothing of the time before it, nor one that ends with it of that after.
    let (start, end, episode) = (window.start, window.end, window.episode)
    let isEarly = first <= start || (first.ticks <= start.ticks + slack && first < episode.first)
    let isLate = last.ticks >= end.ticks - slack && (end == episode.last || last > episode.last)
    return isEarly && isLate ? nil : .partial
  }

  /// How long a log may be silent at either end of a time for which it was exported: twice its usual pause, an hour at
  /// least and twelve at most, in ticks.
  private static func slack(_ span: Occurrences) -> Int64 {
    let hour = 3600 * EventTime.ticksPerSecond
    guard let first = span.first, let last = span.last, span.count > 1 else { return hour }
    let pause = (last.ticks / 2 - first.ticks / 2) / Int64(span.count - 1) * 2
    return min(max(2 * min(pause, 12 * hour), hour), 12 * hour)
  }

  private func isNeeded(_ key: LogKey, _ need: NeededChannel) -> Bool {
    key.channel.lowercased() == need.channel.lowercased()
  }
}
