public import ArgumentParser
public import Triage

extension TriageSlice: ExpressibleByArgument {
  /// Reads `3/8`.
  public init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number: number, count: count)
  }
}
