import EventLog
import RuleEngine

@testable import Triage

/// What correlations mean, as plainly as it can be said and without any thought of speed: what the real one is compared
/// with.
struct NaiveCorrelator {
  /// A match of a rule or an event's part in an alert.
  struct Match {
    var seconds: Double
    /// The event; its fields are looked up by the names along the path.
    var event: Event
    /// From this correlation's input down to the rule about events.
    var path: [(correlation: Correlation, input: Int)]
    /// Whether it counts: of the parts of an alert in one group, the first does.
    var counts = true

    func value(_ name: String) -> String? {
      let field = path.reduce(name) { $1.correlation.field($0, of: $1.input) }
      if field == "Computer" { return event.computer }
      return event.data.first { $0.name == field }?.value
    }
  }

  let rules: RuleSet
  let events: [Event]

  /// The alerts of a correlation: the matches of each, in groups.
  private func alerts(_ correlation: Correlation) -> [(group: [String], first: Double, last: Double, matches: [Match])]
  {
    let matches = matches(correlation)
    let groups = Dictionary(grouping: matches) { match in
      correlation.groupBy.compactMap { match.value($0)?.lowercased() }
    }
    let span = Double(correlation.timespan) / Double(EventTime.ticksPerSecond)
    var alerts: [(group: [String], first: Double, last: Double, matches: [Match])] = []
    for (group, matches) in groups where group.count == correlation.groupBy.count {
      var moments: [[Double]] = []
      for moment in Set(matches.map(\.seconds)).sorted() {
        let window = matches.filter { $0.seconds >= moment - span && $0.seconds <= moment }
        guard holds(correlation, window, moment) else { continue }
        if let last = moments.last?.last, moment - last <= span {
          moments[moments.count - 1].append(moment)
        } else {
          moments.append([moment])
        }
      }
      for alert in moments {
        let inside = matches.filter { $0.seconds >= alert[0] - span && $0.seconds <= alert[alert.count - 1] }
        alerts.append((group, alert[0], alert[alert.count - 1], inside))
      }
    }
    return alerts
  }

  private func matches(_ correlation: Correlation) -> [Match] {
    correlation.inputs.enumerated().flatMap { index, input -> [Match] in
      guard let rule = rules.rule(id: input.ruleID) else { return [] }
      guard let inner = rule.correlation else {
        return events.filter { rule.matches($0) }.compactMap { event in
          event.timeCreated.map { time in
            let seconds = Double(time.ticks - morning.ticks) / Double(EventTime.ticksPerSecond)
            return Match(seconds: seconds, event: event, path: [(correlation, index)])
          }
        }
      }
      return alerts(inner).flatMap { alert -> [Match] in
        let parts = alert.matches.map { match in
          Match(
            seconds: max(match.seconds, alert.first), event: match.event, path: [(correlation, index)] + match.path)
        }
        var seen: Set<[String?]> = []
        return parts.sorted { $0.seconds < $1.seconds }.map { part in
          var part = part
          part.counts = seen.insert(correlation.groupBy.map { part.value($0)?.lowercased() }).inserted
          return part
        }
      }
    }
  }

  private func holds(_ correlation: Correlation, _ window: [Match], _ moment: Double) -> Bool {
    let condition = correlation.condition
    let values = window.compactMap { match -> [String]? in
      let values = condition.fields.compactMap { match.value($0)?.lowercased() }
      return values.count == condition.fields.count ? values : nil
    }
    switch correlation.type {
    case .eventCount: return condition.holds(count: window.count(where: \.counts))
    case .valueCount: return condition.holds(count: Set(values).count)
    case .temporal: return condition.holds(count: Set(window.map { $0.path[0].input }).count)
    case .temporalOrdered: return condition.holds(count: longestChain(window))
    case .valueSum, .valueAverage:
      let numbers = values.compactMap { Double($0[0]) }.filter(\.isFinite)
      guard !numbers.isEmpty else { return false }
      let sum = numbers.reduce(0, +)
      return compare(correlation.type == .valueSum ? sum : sum / Double(numbers.count), condition)
    case .valuePercentile:
      if let percentile = condition.percentile {
        let numbers = values.compactMap { Double($0[0]) }.filter(\.isFinite).sorted()
        // The smallest number that at least so many percent are not greater than.
        return numbers.first { number in
          numbers.filter { $0 <= number }.count * 100 >= percentile * numbers.count
        }.map { compare($0, condition) } ?? false
      }
      return window.filter { $0.seconds == moment }.contains { match in
        let own = condition.fields.compactMap { match.value($0)?.lowercased() }
        guard own.count == condition.fields.count else { return false }
        return compare(Double(values.filter { $0 == own }.count * 100) / Double(values.count), condition)
      }
    }
  }

  private func compare(_ number: Double, _ condition: CorrelationCondition) -> Bool {
    condition.bounds.allSatisfy { bound in
      let limit = Double(bound.value.description) ?? .nan
      return switch bound.order {
      case .gt: number > limit
      case .gte: number >= limit
      case .lt: number < limit
      case .lte: number <= limit
      case .eq: number == limit
      case .neq: number != limit
      }
    }
  }

  private func longestChain(_ window: [Match]) -> Int {
    let sorted = window.sorted { ($0.seconds, $0.path[0].input) < ($1.seconds, $1.path[0].input) }
    var lengths = [Int](repeating: 1, count: sorted.count)
    for (later, match) in sorted.enumerated() {
      for earlier in 0..<later where sorted[earlier].path[0].input < match.path[0].input {
        lengths[later] = max(lengths[later], lengths[earlier] + 1)
      }
    }
    return lengths.max() ?? 0
  }

  /// What every correlation says, by the correlation's ID.
  func told() -> [String: Set<Told>] {
    var told: [String: Set<Told>] = [:]
    for rule in rules.rules {
      guard let correlation = rule.correlation else { continue }
      told[rule.id] = Set(
        alerts(correlation).map { alert in
          Told(
            group: alert.group, first: alert.first, last: alert.last,
            events: Set(alert.matches.map { Int($0.event.recordID ?? 0) }))
        })
    }
    return told
  }
}
