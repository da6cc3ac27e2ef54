import RuleEngine

/// Slides a window over the matches of each group, and finds when the condition holds.
///
/// The window at a moment reaches from the timespan before it to the moment, both included. It is looked at whenever a
/// match happens, with all matches of that moment, so that the order of simultaneous matches does not matter.
struct CorrelationWindows {
  let correlation: Correlation
  /// The matches, sorted by group and time.
  let matches: [CorrelationMatch]
  /// The numbers of values, by value; empty where the condition is not about numbers.
  let numbers: [FixedPoint?]

  /// The alerts, in the order of groups and time. Those of one group have no match in common.
  func alerts() -> [CorrelationAlert] {
    let rules = correlation.inputs.count
    switch correlation.type {
    case .eventCount: return alerts(MatchCount())
    case .valueCount: return alerts(ValueCount())
    case .temporal: return alerts(RuleCount(rules: rules))
    case .temporalOrdered: return alerts(RuleOrder(rules: rules))
    case .valueSum: return alerts(NumberSum(numbers: numbers, isMean: false))
    case .valueAverage: return alerts(NumberSum(numbers: numbers, isMean: true))
    case .valuePercentile:
      guard let percentile = correlation.condition.percentile else { return alerts(ValueShare()) }
      return alerts(NumberRank(numbers: numbers, percentile: percentile))
    }
  }

  private func alerts(_ measure: some CorrelationMeasure) -> [CorrelationAlert] {
    var measure = measure
    var alerts: [CorrelationAlert] = []
    var start = 0
    while start < matches.count {
      let group = matches[start].group
      var end = start
      while end < matches.count, matches[end].group == group { end += 1 }
      slide(&measure, start..<end, &alerts)
      start = end
    }
    return alerts
  }

  private func slide(
    _ measure: inout some CorrelationMeasure, _ group: Range<Int>, _ alerts: inout [CorrelationAlert]
  ) {
    measure.begin(matches[group])
    var oldest = group.lowerBound
    var next = group.lowerBound
    var alert: CorrelationAlert?
    while next < group.upperBound {
      let moment = matches[next].time
      let start = moment - correlation.timespan
      let first = next
      while next < group.upperBound, matches[next].time == moment {
        measure.enter(matches[next])
        next += 1
      }
      while matches[oldest].time < start {
        measure.leave(matches[oldest])
        oldest += 1
      }
      guard measure.holds(correlation.condition, from: start, newest: matches[first..<next]) else { continue }
      if let known = alert, known.last >= start {
        alert = CorrelationAlert(first: known.first, last: moment, matches: known.matches.lowerBound..<next)
      } else {
        if let alert { alerts.append(alert) }
        alert = CorrelationAlert(first: moment, last: moment, matches: oldest..<next)
      }
    }
    for match in matches[oldest..<group.upperBound] { measure.leave(match) }
    if let alert { alerts.append(alert) }
  }
}
