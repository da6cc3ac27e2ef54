import EventLog

/// Puts events together that one statement of evidence found with one probe.
struct EvidenceCollector {
  /// The rule that is evidence; nil for an inline selection.
  let ruleID: String?
  /// The most events around any episode: windows of episodes overlap, so counts do not add up.
  private var count = 0
  private var countOfEpisode = 0
  private var samples: [EventLocation: EventSample] = [:]
  private var computers: Set<String> = []
  private var distance = Int64.max

  init(ruleID: String?) { self.ruleID = ruleID }

  /// Adds what a computer held around an episode.
  mutating func add(_ events: EvidenceSeries.Found, _ computer: String, _ episode: Episode) {
    guard events.count > 0 else { return }
    countOfEpisode += events.count
    computers.insert(computer)
    for sample in events.samples {
      if samples[sample.location] == nil { samples[sample.location] = sample }
      if let time = sample.time { distance = min(distance, episode.distance(to: time)) }
    }
  }

  /// Says that nothing more comes of the episode.
  mutating func endEpisode() {
    count = max(count, countOfEpisode)
    countOfEpisode = 0
  }

  /// What was found, under the title of the rule that is the evidence, or of the one rule that knows the events.
  func found(_ title: (String) -> String?) -> FoundEvidence? {
    guard count > 0 else { return nil }
    let distinct = samples.values.sorted(by: EventSample.precedes)
    let known = Set(distinct.map(\.ruleID))
    let teller = ruleID ?? (known.count == 1 ? known.first.flatMap(\.self) : nil)
    return FoundEvidence(
      title: teller.flatMap(title) ?? distinct.first?.kind ?? "events", computers: computers.sorted(),
      count: max(count, distinct.count),
      samples: distinct.count > 4 ? Array(distinct.prefix(2) + distinct.suffix(2)) : distinct, distance: distance)
  }
}

extension EventSample {
  /// The provider and the event ID.
  fileprivate var kind: String { "\(provider) \(eventID.map { String($0) } ?? "")" }
}
