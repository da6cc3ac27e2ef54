/// How bad a finding is, from bad to good to know.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Context: a restart, an installation, a successful synchronisation.
  case informational
  /// Worth knowing; look at it this week.
  case low
  /// Degraded, or one client affected; look at it today.
  case medium
  /// A function that users depend on fails, or will within hours.
  case high
  /// A service or data is down or being lost now.
  case critical

  /// 0 for informational to 4 for critical.
  public var rank: Int {
    switch self {
    case .informational: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }

  /// Whether one severity is less bad than another.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
