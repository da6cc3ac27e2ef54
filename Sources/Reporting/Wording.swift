import EventLog
import Foundation
import RuleEngine
import Triage

/// Numbers, times and spans as reports print them.
package enum Wording {
  /// `1,234,567`.
  package static func number(_ number: some BinaryInteger) -> String {
    let digits = String(number)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      let rest = digits.count - index
      if index > 0, rest.isMultiple(of: 3), grouped != "-" { grouped.append(",") }
      grouped.append(digit)
    }
    return grouped
  }

  /// `1 event`, `2 events`.
  package static func count(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number(count)) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// `14.2 kB`, in units of 1000 bytes.
  static func bytes(_ bytes: UInt64) -> String {
    var value = Double(bytes)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if value < 1000 || unit == "GB" {
        return unit == "bytes" ? "\(bytes) bytes" : String(format: "%.1f %@", value, unit)
      }
      value /= 1000
    }
    return "\(bytes) bytes"
  }

  /// `2026-03-01 08:00:12 – 09:12:44`; the date is not repeated on the same day.
  static func span(_ occurrences: Occurrences) -> String {
    guard let first = occurrences.first, let last = occurrences.last else { return "no time" }
    let (start, end) = (first.shortDescription, last.shortDescription)
    if start == end { return start }
    let sameDay = start.prefix(10) == end.prefix(10)
    return "\(start) – \(sameDay ? String(end.suffix(8)) : end)"
  }

  /// Eight heights of a block for counts, a dot for none.
  static func sparkline(_ counts: [Int]) -> String {
    let blocks = Array("▁▂▃▄▅▆▇█")
    guard let most = counts.max(), most > 0 else { return "" }
    return String(
      counts.map { count in
        count == 0 ? "·" : blocks[min(blocks.count - 1, count * blocks.count / (most + 1))]
      })
  }

  /// `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`.
  static func list(_ items: [String], limit: Int = 5) -> String {
    let shown = items.count > limit ? Array(items.prefix(limit - 1)) : items
    let rest = items.count - shown.count
    let parts = rest > 0 ? shown + ["\(number(rest)) more"] : shown
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
