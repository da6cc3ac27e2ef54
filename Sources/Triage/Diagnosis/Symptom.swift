import EventLog
import RuleEngine

/// One finding: what its events say of places and values.
struct FindingPlace {
  let rule: Rule
  let key: FindingKey
  /// The computers that logged it.
  let computers: Set<String>
  /// The logs that it stands in.
  let channels: Set<String>

  init(_ rule: Rule, _ key: FindingKey, _ summary: FindingSummary) {
    self.rule = rule
    self.key = key
    computers = summary.computers
    channels = summary.channels
  }

  /// The computers that logged it, or the one that the rule groups by.
  var hosts: [String] {
    if let computer = value(of: "Computer") { return [computer] }
    return computers.sorted()
  }

  /// The finding's value of a parameter or field that the rule groups by.
  func value(of name: String) -> String? {
    guard let index = rule.groupBy.firstIndex(of: name), index < key.group.count else { return nil }
    return key.group[index]
  }
}

/// One episode of one finding.
struct Symptom {
  let place: FindingPlace
  let episode: Episode

  /// The time in which evidence counts.
  ///
  /// - Parameters:
  ///   - evidence: The statement of evidence.
  ///   - skew: By how many seconds the clocks of the two computers may have been apart.
  /// - Returns: The first and the last moment.
  func window(_ evidence: EvidenceDefinition, skew: Int64) -> (start: EventTime, end: EventTime) {
    (
      episode.first.adding(seconds: -Int64(evidence.secondsBefore) - skew),
      episode.last.adding(seconds: Int64(evidence.secondsAfter) + skew)
    )
  }

  /// How far a time is from the episode, in seconds.
  func distance(to time: EventTime) -> Int64 {
    let ticks = max(episode.first.ticks - time.ticks, time.ticks - episode.last.ticks, 0)
    return ticks / EventTime.ticksPerSecond
  }
}

extension EventTime {
  /// The time some seconds later.
  func adding(seconds: Int64) -> EventTime { EventTime(ticks: ticks + seconds * Self.ticksPerSecond) }
}
