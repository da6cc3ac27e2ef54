/// Values that stay in memory until the process ends: taking apart their many small parts just before would take a tenth
/// of a short run.
final class KeptUntilExit {
  private let values: [any Sendable]

  private init(_ values: [any Sendable]) { self.values = values }

  /// Keeps values, such as the one set of rules that a command works with.
  static func keep(_ values: any Sendable...) { _ = Unmanaged.passRetained(KeptUntilExit(values)) }
}
