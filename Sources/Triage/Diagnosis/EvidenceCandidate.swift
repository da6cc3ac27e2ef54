import EventLog
import RuleEngine

/// What is remembered of one probe on one computer and may be evidence about a finding.
struct EvidenceCandidate {
  /// The position of the probe among those that the evidence looks at.
  let probe: Int
  let remembered: RememberedSeries
  /// How far the computer's clock was off; nil when the finding has the same clock.
  let shifts: [ClockShift]?
  /// What its values must be, as a position among them; nil for a value that there is not.
  private let tests: [(value: Int?, test: EvidenceValueTest)]
  /// Whether its values are those that the evidence asks for; nil before somebody asks.
  private var fits: Bool?

  init(probe: Int, _ remembered: RememberedSeries, _ shifts: [ClockShift]?, _ tests: [(Int?, EvidenceValueTest)]) {
    self.probe = probe
    self.remembered = remembered
    self.shifts = shifts
    self.tests = tests
  }

  /// By how many seconds its clock and those of the finding may have been apart.
  func skew(_ episode: Episode, ofFinding seconds: Int64) -> Int64 {
    shifts.map { seconds + $0.seconds(near: episode) } ?? 0
  }

  /// Whether its values are those that the evidence asks for.
  mutating func fitsTests() -> Bool {
    if let fits { return fits }
    let values = remembered.key.values
    let result = tests.allSatisfy { position, test in
      guard let position, position < values.count else { return false }
      return test.fits(values[position])
    }
    fits = result
    return result
  }
}
