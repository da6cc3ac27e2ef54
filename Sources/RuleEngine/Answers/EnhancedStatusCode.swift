/// An enhanced mail system status code such as `4.7.0`: class, subject and detail (RFC 3463).
public struct EnhancedStatusCode: Sendable, Hashable, CustomStringConvertible {
  /// 2 for success, 4 for a failure that may pass, 5 for one that lasts.
  public var statusClass: Int
  /// What the code is about: 0 other, 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 security.
  public var subject: Int
  /// The case within the subject.
  public var detail: Int

  /// Makes a code of its numbers.
  public init(statusClass: Int, subject: Int, detail: Int) {
    self.statusClass = statusClass
    self.subject = subject
    self.detail = detail
  }

  /// The three numbers with dots in between.
  public var description: String { "\(statusClass).\(subject).\(detail)" }
}

/// Which enhanced codes a catalogue entry is about: `5.7.1`, `4.7.500-699`, or `x` for any number.
struct EnhancedCodePattern: Sendable, Hashable {
  private let parts: [ClosedRange<Int>?]

  /// Reads a pattern; nil for anything else.
  init?(_ text: String) {
    let texts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard texts.count == 3 else { return nil }
    var parts: [ClosedRange<Int>?] = []
    for text in texts {
      if text == "x" {
        parts.append(nil)
      } else if let range = NumberRange.parse(text) {
        parts.append(range)
      } else {
        return nil
      }
    }
    self.parts = parts
  }

  /// How closely a code fits, from 1 for a pattern of `x` alone to 9 for the code itself; nil when it does not. A detail
  /// says more than a class.
  func closeness(to code: EnhancedStatusCode) -> Int? {
    var closeness = 1
    for (index, number) in [code.statusClass, code.subject, code.detail].enumerated() {
      guard let part = parts[index] else { continue }
      guard part.contains(number) else { return nil }
      closeness += (index == 2 ? 4 : 2) - (part.count == 1 ? 0 : 1)
    }
    return closeness
  }

  /// Whether the pattern stands for whole classes or subjects, which says little about a code.
  var isGeneric: Bool { parts.contains { $0 == nil } }
}

/// `421` or `430-449`.
enum NumberRange {
  static func parse(_ text: some StringProtocol) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first, let low = first, let last = ends.last, let high = last, ends.count <= 2, low <= high,
      (0...999).contains(low), high <= 999
    else { return nil }
    return low...high
  }
}
