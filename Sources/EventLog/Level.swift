/// The level of an event (`System/Level`), `winmeta.xml`'s standard values; other values survive as they are.
public struct Level: RawRepresentable, Sendable, Hashable, Codable {
  /// The number in `<Level>`.
  public var rawValue: UInt8

  /// Makes a level of a number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// 0: always logged; what audit events carry.
  public static let logAlways = Level(rawValue: 0)
  /// 1: critical.
  public static let critical = Level(rawValue: 1)
  /// 2: error.
  public static let error = Level(rawValue: 2)
  /// 3: warning.
  public static let warning = Level(rawValue: 3)
  /// 4: information.
  public static let information = Level(rawValue: 4)
  /// 5: verbose.
  public static let verbose = Level(rawValue: 5)

  /// Whether the level is critical, error or warning.
  public var isTrouble: Bool { (1...3).contains(rawValue) }

  /// The English name, `level 16` for a number that has none.
  public var name: String {
    switch rawValue {
    case 0: "information"
    case 1: "critical"
    case 2: "error"
    case 3: "warning"
    case 4: "information"
    case 5: "verbose"
    default: "level \(rawValue)"
    }
  }
}
