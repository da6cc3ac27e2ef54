import EventLog
import RuleEngine

/// What became of every rule; the numbers add up to the rules that were read.
public struct RuleAccounting: Sendable, Hashable, Encodable {
  /// IDs of the rules that matched an event.
  public var matched: [String] = []
  /// IDs of the rules that were asked about the events of their log and matched none.
  public var unmatched: [String] = []
  /// The rules whose log was not fed in, by the channels that any of their events may stand in.
  public var withoutLog: [RulesWithoutLog] = []
  /// The rules whose log source means no events here.
  public var notApplicable: [ReportNotApplicableRule] = []

  /// How many rules had no log.
  public var withoutLogCount: Int { withoutLog.reduce(0) { $0 + $1.rules.count } }

  /// An empty account.
  public init() {}

  /// - Parameters:
  ///   - rules: The rules that ran.
  ///   - found: The IDs of those that made findings.
  ///   - summary: What was read.
  init(_ rules: RuleSet, found: Set<String>, summary: TriageSummary) {
    let found = found.union(summary.signals.keys)
    let read = Set(summary.logs.keys.map { $0.channel.lowercased() })
    let isPartial = summary.eventsBeyondLogs != nil
    var waiting: [[String]: [String]] = [:]
    for (rule, channels) in rules.rulesWithChannels() {
      if found.contains(rule.id) {
        matched.append(rule.id)
      } else if let channels, !isPartial, !channels.contains(where: { read.contains($0.lowercased()) }) {
        waiting[channels, default: []].append(rule.id)
      } else {
        unmatched.append(rule.id)
      }
    }
    withoutLog = waiting.map { RulesWithoutLog(channels: $0.key, rules: $0.value) }.sorted { left, right in
      if left.rules.count != right.rules.count { return left.rules.count > right.rules.count }
      return left.channels.lexicographicallyPrecedes(right.channels)
    }
    notApplicable = rules.notApplicable.map(ReportNotApplicableRule.init)
  }
}

/// Rules whose log was not fed in.
public struct RulesWithoutLog: Sendable, Hashable, Encodable {
  /// The channels; any of them would do.
  public var channels: [String]
  /// The rules' IDs.
  public var rules: [String]
}

/// A Sigma rule whose log source means no events here.
public struct ReportNotApplicableRule: Sendable, Hashable, Encodable {
  /// The rule.
  public var id: String
  /// Its title.
  public var title: String
  /// The log source: `product: windows, service: …`.
  public var logSource: String
  /// Where it stands: `path:line`.
  public var place: String

  init(_ rule: NotApplicableRule) {
    id = rule.id
    title = rule.title
    logSource = rule.logSource.description
    place = "\(rule.source.path):\(rule.source.line)"
  }
}
