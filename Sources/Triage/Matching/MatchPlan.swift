import EventLog
import RuleEngine

/// What becomes of the events of one kind that match the same.
struct MatchPlan {
  /// Events to be remembered as evidence.
  struct Evidence {
    enum Source {
      case rule(Int)
      case selection(Int)
    }

    let probe: EvidenceProbe
    let source: Source
    /// The position of the rule whose words tell of the events, if any does.
    let teller: Int?
  }

  /// What the events match.
  let matches: EventMatches
  /// Where they are from.
  let origin: SampleOrigin
  /// The positions of the signal rules that match.
  let signals: [Int]
  /// The positions of the other rules that match.
  let findings: [Int]
  /// What the events are evidence for.
  let evidence: [Evidence]
  /// The fields by whose values findings and evidence are told apart.
  let key: ValueKey
  /// The rows of the values that were met.
  var rows = RowIndex()

  init(_ matches: EventMatches, of header: EventHeader, _ catalog: EvidenceCatalog) {
    let rules = catalog.rules.rules
    self.matches = matches
    origin = SampleOrigin(header)
    signals = matches.rules.filter { rules[$0].isSignal }
    findings = matches.rules.filter { !rules[$0].isSignal }
    let ofRules = matches.rules.compactMap { rule in
      catalog.probe(ofRule: rule).map { Evidence(probe: $0, source: .rule(rule), teller: rule) }
    }
    // What an inline selection finds is told as the rule tells it that knows the event.
    let teller = findings.first ?? signals.first
    evidence =
      ofRules
      + matches.evidence.map {
        Evidence(probe: catalog.probe(ofEvidence: $0), source: .selection($0), teller: teller)
      }
    key = ValueKey()
    for rule in findings { key.add(rules[rule].groupBy, rule: rules[rule]) }
    for evidence in evidence {
      if case .rule(let rule) = evidence.source {
        key.add(catalog.fields(of: evidence.probe), rule: rules[rule])
      } else {
        key.add(catalog.fields(of: evidence.probe))
      }
    }
  }

  /// A row for values that were not met yet.
  func makeRow(at position: Int, sampleLimit: Int) -> MatchRow {
    MatchRow(
      plan: position, isFinding: !findings.isEmpty, isEvidence: !evidence.isEmpty, sampleLimit: sampleLimit)
  }
}

/// The numbers of rows by the bytes of their values; the values of the last event are often those of the next.
struct RowIndex {
  private struct Entry {
    let key: [UInt8]
    let row: Int
  }

  private var entries: [Entry] = []
  private var positions: [UInt64: [Int]] = [:]
  private var last = 0

  /// The row of a key; nil when there is none yet.
  mutating func find(_ key: [UInt8]) -> Int? {
    if last < entries.count, entries[last].key == key { return entries[last].row }
    guard let found = positions[Self.hash(key)]?.first(where: { entries[$0].key == key }) else { return nil }
    last = found
    return entries[found].row
  }

  /// Adds the row of a key that has none.
  mutating func insert(_ row: Int, for key: [UInt8]) {
    last = entries.count
    positions[Self.hash(key), default: []].append(last)
    entries.append(Entry(key: key, row: row))
  }

  /// Multiplies eight bytes at a time; who makes keys collide makes searches longer, but never wrong, and the number of
  /// entries is bounded.
  private static func hash(_ key: [UInt8]) -> UInt64 {
    key.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count)
      var offset = 0
      while offset + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        offset += 8
      }
      while offset < bytes.count {
        hash = (hash ^ UInt64(bytes[offset])) &* 0x0000_0100_0000_01B3
        offset += 1
      }
      return hash
    }
  }
}
