import EventLog
import RuleEngine

/// Which logs were fed in, of which computers and for which time.
struct LogCoverage {
  private let logs: [(key: LogKey, span: Occurrences)]
  private let domainControllers: [String]
  private let hosts: Hosts
  /// Logs are sparse: one that ends this long before an episode's end may still have been exported after it, in ticks.
  private let slack = 3600 * EventTime.ticksPerSecond

  init(summary: TriageSummary, hosts: Hosts) {
    logs = summary.logs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    domainControllers = summary.domainControllers.sorted()
    self.hosts = hosts
  }

  func isDomainController(_ computer: String) -> Bool { domainControllers.contains { hosts.areSame($0, computer) } }

  /// The logs that a need asks for and that are missing for a time; empty when one that was fed in covers it.
  func missing(_ need: NeededChannel, _ symptom: Symptom, from start: EventTime, to end: EventTime) -> [MissingLog] {
    func log(_ computer: String?, _ reason: MissingLog.Reason) -> MissingLog {
      let name = computer.map { hosts.name(of: $0) }
      return MissingLog(computer: name, channel: need.channel, from: start, to: end, reason: reason)
    }
    let computers: [String?]
    switch need.scope {
    case .any: return logs.contains { fits($0.key, nil, need) } ? [] : [log(nil, .absent)]
    case .same: computers = symptom.hosts
    case .domainController: computers = domainControllers.isEmpty ? [nil] : domainControllers
    case .named(let parameter): computers = [symptom.value(of: parameter)].filter { !($0 ?? "").isEmpty }
    case .each(let scopes):
      return scopes.flatMap { missing(NeededChannel(channel: need.channel, scope: $0), symptom, from: start, to: end) }
    }
    return computers.compactMap { computer in
      guard let computer, let found = state(computer, need, from: start, to: end) else { return log(computer, .absent) }
      return found == .covered ? nil : log(computer, .partial)
    }
  }

  private enum State { case covered, partial }

  private func state(_ computer: String, _ need: NeededChannel, from start: EventTime, to end: EventTime) -> State? {
    let matching = logs.filter { fits($0.key, computer, need) }
    guard !matching.isEmpty else { return nil }
    let first = matching.compactMap(\.span.first).min()
    // Logs of one computer are exported together: the newest event of any of them says when.
    let last = logs.filter { hosts.areSame($0.key.computer, computer) }.compactMap(\.span.last).max()
    guard let first, let last else { return .partial }
    return first.ticks <= start.ticks + slack && last.ticks >= end.ticks - slack ? .covered : .partial
  }

  private func fits(_ key: LogKey, _ computer: String?, _ need: NeededChannel) -> Bool {
    guard key.channel.lowercased() == need.channel.lowercased() else { return false }
    return computer.map { hosts.areSame(key.computer, $0) } ?? true
  }
}
