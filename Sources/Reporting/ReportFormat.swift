public import Triage

/// A way to write a report as text. A format only writes: everything it says is in the report.
public protocol ReportFormat: Sendable {
  /// Writes a report.
  func write(_ report: Report, to output: inout some TextOutputStream)
}

extension ReportFormat {
  /// The report as one string.
  public func text(of report: Report) -> String {
    var text = ""
    write(report, to: &text)
    return text
  }
}
