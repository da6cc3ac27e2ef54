import EventLog
import RuleEngine

/// One finding: what its events say of places and values.
struct FindingPlace {
  let rule: Rule
  let key: FindingKey
  /// The computers that logged it, or the one that the rule groups by.
  let hosts: [Host]
  let hostIndex: HostIndex<Void>
  /// The logs that it stands in, sorted.
  let channels: [String]

  init(_ rule: Rule, _ key: FindingKey, _ summary: FindingSummary, _ hosts: Hosts) {
    self.rule = rule
    self.key = key
    let computers = Self.value(of: "Computer", rule, key).map { [$0] } ?? summary.computers.sorted()
    self.hosts = computers.map(hosts.host)
    hostIndex = HostIndex(self.hosts)
    channels = summary.channels.sorted()
  }

  /// The finding's value of a parameter or field that the rule groups by.
  func value(of name: String) -> String? { Self.value(of: name, rule, key) }

  private static func value(of name: String, _ rule: Rule, _ key: FindingKey) -> String? {
    guard let index = rule.groupBy.firstIndex(of: name), index < key.group.count else { return nil }
    return key.group[index]
  }
}

/// One finding with its episodes, of which there are none when its events have no time.
struct Symptom {
  let place: FindingPlace
  let episodes: [Episode]
  /// By how many seconds the clocks of its computers may have been off, together, around each episode.
  let skews: [Int64]

  init(_ place: FindingPlace, _ episodes: [Episode], _ clocks: ClockSkews) {
    self.place = place
    self.episodes = episodes
    skews = clocks.seconds(of: place, near: episodes)
  }
}

extension Episode {
  /// The time in which evidence counts.
  ///
  /// - Parameters:
  ///   - evidence: The statement of evidence.
  ///   - skew: By how many seconds the clocks of the two computers may have been apart.
  /// - Returns: The first and the last moment.
  func window(_ evidence: EvidenceDefinition, skew: Int64) -> (start: EventTime, end: EventTime) {
    (
      first.adding(seconds: -Int64(evidence.secondsBefore) - skew),
      last.adding(seconds: Int64(evidence.secondsAfter) + skew)
    )
  }

  /// How far a time is from the episode, in seconds.
  func distance(to time: EventTime) -> Int64 {
    max(first.ticks - time.ticks, time.ticks - last.ticks, 0) / EventTime.ticksPerSecond
  }
}

extension EventTime {
  /// The time some seconds later.
  func adding(seconds: Int64) -> EventTime { EventTime(ticks: ticks + seconds * Self.ticksPerSecond) }
}
