import EventLog
import Foundation
import Reporting
import Triage

/// A line on standard error that says how far reading is, once it takes over a second.
final class ProgressBar {
  private let total: UInt64
  private let isShown: Bool
  private let start = Date()
  private var lastDrawn = Date.distantPast
  private var hasDrawn = false

  /// - Parameters:
  ///   - total: The bytes of all inputs; 0 when unknown.
  ///   - isShown: Whether someone watches.
  init(total: UInt64, isShown: Bool) {
    self.total = total
    self.isShown = isShown
  }

  func update(_ progress: TriageSession.Progress) {
    let now = Date()
    guard isShown, now.timeIntervalSince(start) > 1, now.timeIntervalSince(lastDrawn) > 0.1 else { return }
    lastDrawn = now
    hasDrawn = true
    draw("\u{1B}[2K\r" + line(progress))
  }

  /// Wipes the line.
  func finish() {
    if hasDrawn { draw("\u{1B}[2K\r") }
  }

  private func line(_ progress: TriageSession.Progress) -> String {
    let megabytes = progress.bytes / 1_000_000
    let name = TerminalText.line(progress.input.split(separator: "/").last.map(String.init) ?? progress.input)
    guard total > 0 else { return "\(megabytes) MB read, \(name.prefix(40))" }
    let share = min(1, Double(progress.bytes) / Double(total))
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    return "\(bar) \(Int(share * 100)) % of \(total / 1_000_000) MB, \(name.prefix(40))"
  }

  private func draw(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

extension ProgressBar {
  /// The size of all files, in bytes; 0 when there is another input.
  static func totalBytes(of sources: [InputSource]) -> UInt64 {
    var total: UInt64 = 0
    for source in sources {
      guard case .file(let path) = source.origin,
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
      else { return 0 }
      total += size
    }
    return total
  }
}
