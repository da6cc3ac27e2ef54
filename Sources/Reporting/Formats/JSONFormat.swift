import Foundation
public import Triage

/// Writes a report as JSON: every field of ``Report``, keys sorted, times in ISO 8601.
public struct JSONFormat: ReportFormat {
  /// Makes the format.
  public init() {}

  /// Writes a report.
  public func write(_ report: Report, to output: inout some TextOutputStream) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // A report holds strings, whole numbers and their collections only, which always encode.
    guard let data = try? encoder.encode(report) else { return }
    output.write(String(decoding: data, as: UTF8.self) + "\n")
  }
}
