import EventLog

/// What was fed in of one log of a computer.
struct FedLog {
  private let span: Occurrences
  /// The newest event of any log of the computer. Its logs are exported together, so this says when.
  private let end: EventTime?
  private let clearings: [EventTime]

  init(_ span: Occurrences, end: EventTime?, clearings: [EventTime]) {
    self.span = span
    self.end = end
    self.clearings = clearings
  }

  /// Why the log does not cover a time; nil when it does.
  func gap(_ window: LogCoverage.Window?) -> MissingLog.Reason? {
    guard let window else { return .partial }
    let (start, end, episode) = (window.start, window.end, window.episode)
    if clearings.contains(where: { $0 > start && $0 <= end }) { return .cleared }
    guard let first = span.first, let last = self.end else { return .partial }
    let slack = slack
    // A log that begins with the finding shows nothing of the time before it, nor one that ends with it of that after.
    let isEarly = first <= start || (first.ticks <= start.ticks + slack && first < episode.first)
    let isLate = last.ticks >= end.ticks - slack && (end == episode.last || last > episode.last)
    return isEarly && isLate ? nil : .partial
  }

  /// How long a log may be silent at either end of a time for which it was exported: twice its usual pause, an hour at
  /// least and twelve at most, in ticks.
  private var slack: Int64 {
    let hour = 3600 * EventTime.ticksPerSecond
    guard let first = span.first, let last = span.last, span.count > 1 else { return hour }
    let pause = (last.ticks / 2 - first.ticks / 2) / Int64(span.count - 1) * 2
    return min(max(2 * min(pause, 12 * hour), hour), 12 * hour)
  }
}

/// What was fed in of every log, by computer and channel.
struct FedLogs {
  private typealias Log = (channel: String, span: Occurrences)

  private let logs: HostIndex<Log>
  private let clearings: HostIndex<LogClearings.Cleared>
  /// What is known of the computers that logs name, by their names as they are compared.
  private var byName: [String: [String: FedLog]] = [:]
  private var byChannel: [String: [FedLog]] = [:]

  init(_ summary: TriageSummary, _ hosts: Hosts) {
    let entries = summary.logs.map { key, span in
      (host: hosts.host(key.computer), value: (channel: key.channel.lowercased(), span: span))
    }
    logs = HostIndex(entries)
    clearings = summary.clearings.byHost(hosts)
    for (host, _) in entries where byName[host.name] == nil {
      let own = collected(host)
      byName[host.name] = own
      for (channel, log) in own { byChannel[channel, default: []].append(log) }
    }
  }

  /// The logs of a computer, by channel in small letters.
  func logs(of host: Host) -> [String: FedLog] { byName[host.name] ?? collected(host) }

  /// Whether a log of this channel, in small letters, covers a time on any computer.
  func anyCovers(_ window: LogCoverage.Window?, channel: String) -> Bool {
    byChannel[channel]?.contains { $0.gap(window) == nil } ?? false
  }

  private func collected(_ host: Host) -> [String: FedLog] {
    let own = logs.values(of: host)
    let end = own.compactMap(\.span.last).max()
    let spans = Dictionary(own.map { ($0.channel, $0.span) }) { $0.merging($1) }
    let cleared = clearings.values(of: host)
    return Dictionary(
      uniqueKeysWithValues: spans.map { channel, span in
        (channel, FedLog(span, end: end, clearings: cleared.filter { $0.channel == channel }.flatMap(\.times)))
      })
  }
}
