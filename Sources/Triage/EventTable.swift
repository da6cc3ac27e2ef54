import EventLog
import RuleEngine

/// The events that a report lists: those of findings, and those that are evidence.
struct EventTable {
  let rows: [ReportEvent]
  private let positions: [EventLocation: Int]
  /// The listed events of findings, by their numbers.
  private let samples: [Int: [EventSample]]
  /// The numbers of the findings about the same events, in their order.
  private let alike: [Content: [Int]]

  /// What findings are about that are about the same events, as far as those are kept.
  private struct Content: Hashable {
    let occurrences: Occurrences
    let places: [EventLocation]

    init(_ section: ReportSection, _ samples: [EventSample]) {
      occurrences = section.occurrences
      places = samples.map(\.location)
    }
  }

  /// An event with the numbers of the findings that list it and of those whose causes it is evidence for.
  private struct Entry {
    let sample: EventSample
    var findings: [Int] = []
    var evidenceFor: [Int] = []
  }

  init(_ sections: [ReportSection], inputs: [Int: SourceSummary], perFinding: Int) {
    var entries: [EventLocation: Entry] = [:]
    var listed: [Int: [EventSample]] = [:]
    for section in sections {
      let samples = section.samples(perFinding)
      listed[section.number] = samples
      for sample in samples {
        entries[sample.location, default: Entry(sample: sample)].findings.append(once: section.number)
      }
      for sample in section.evidenceSamples {
        entries[sample.location, default: Entry(sample: sample)].evidenceFor.append(once: section.number)
      }
    }
    let sorted = entries.values.map { (position: $0.sample.position, entry: $0) }
      .sorted { $0.position < $1.position }.map(\.entry)
    rows = sorted.map { entry in
      ReportEvent(
        sample: entry.sample.withoutReasons, input: inputs[entry.sample.source]?.name ?? "", findings: entry.findings,
        evidenceFor: entry.evidenceFor)
    }
    positions = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.sample.location, $0) })
    samples = listed
    alike = Dictionary(grouping: sections) { Content($0, listed[$0.number] ?? []) }.mapValues { $0.map(\.number) }
  }

  /// The numbers of the findings before one that are about exactly its events, as far as those are kept.
  func sameEvents(as section: ReportSection) -> [Int] {
    (alike[Content(section, samples[section.number] ?? [])] ?? []).filter { $0 < section.number }
  }

  func positions(finding number: Int) -> [Int] {
    Set((samples[number] ?? []).compactMap { positions[$0.location] }).sorted()
  }

  /// Why the rule of a section matched its listed events; what has no reasons to tell is left out.
  func matches(_ section: ReportSection) -> [ReportMatch] {
    (samples[section.number] ?? []).compactMap { sample in
      guard let position = positions[sample.location], let reasons = sample.reasons, !reasons.isEmpty else {
        return nil
      }
      return ReportMatch(event: position, reasons: reasons)
    }
  }

  func evidence(_ found: FoundEvidence) -> ReportEvidence {
    ReportEvidence(
      title: found.title, computers: found.computers, count: found.count,
      events: found.samples.compactMap { positions[$0.location] })
  }
}

extension [Int] {
  /// Appends a number that is at least as high as all that are there, unless it is there.
  fileprivate mutating func append(once number: Int) {
    if last != number { append(number) }
  }
}
