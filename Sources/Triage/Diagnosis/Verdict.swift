public import EventLog

/// What the logs that were fed in say about a possible cause.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
  /// Events that speak for it were found.
  case supported
  /// A log that it needs is missing, or does not cover the time.
  case undecided
  /// The logs that it needs were fed in; nothing speaks for it.
  case notSupported = "not supported"
  /// Events that speak against it were found, none for it.
  case contradicted

  /// The order in reports.
  var rank: Int {
    switch self {
    case .supported: 0
    case .undecided: 1
    case .notSupported: 2
    case .contradicted: 3
    }
  }
}

/// The verdict on one cause of a finding.
public struct CauseVerdict: Sendable, Hashable {
  /// The cause's position in its rule.
  public var cause: Int
  /// The verdict.
  public var verdict = Verdict.undecided
  /// What speaks for the cause; one entry for each statement of evidence that holds.
  public var supporting: [FoundEvidence] = []
  /// What speaks against it.
  public var contradicting: [FoundEvidence] = []
  /// The logs without which nothing can be said.
  public var missing: [MissingLog] = []
  /// Whether so many events were read that some which may speak for it are not remembered one by one.
  public var isThinned = false
  /// Why the verdict is what it is, for `--explain-verdicts`.
  public var reasons: [String] = []
}

/// Events that one statement of evidence found.
public struct FoundEvidence: Sendable, Hashable {
  /// What was found, in words.
  public var title: String
  /// The computers.
  public var computers: [String]
  /// How many events at least.
  public var count: Int
  /// The first and last ones, at most four.
  public var samples: [EventSample]
  /// How far the nearest one is from the finding's events, in seconds.
  public var distance: Int64
}

/// A log that would settle a cause.
public struct MissingLog: Sendable, Hashable, Comparable {
  /// Why it does not help yet.
  public enum Reason: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// It was cleared within the time, so what it held before is gone.
    case cleared
    /// It was fed in, but not for the whole time.
    case partial
    /// It was not fed in.
    case absent

    /// The one that a new export mends the most is the greatest.
    public static func < (left: Reason, right: Reason) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// The computer: its name, the address that a finding names, or nil for any domain controller.
  public var computer: String?
  /// The channel.
  public var channel: String
  /// The first moment of interest; nil when the finding's events have no time.
  public var from: EventTime?
  /// The last moment of interest; nil when the finding's events have no time.
  public var to: EventTime?
  /// Why it does not help yet.
  public var reason: Reason

  /// Orders by computer, channel and time.
  public static func < (left: MissingLog, right: MissingLog) -> Bool { left.position < right.position }

  private var position: (String, String, Int64) { (computer ?? "~", channel, from?.ticks ?? .min) }

  /// One request for the log that both ask for.
  func joined(with other: MissingLog) -> MissingLog {
    var joined = self
    joined.from = [from, other.from].compactMap(\.self).min()
    joined.to = [to, other.to].compactMap(\.self).max()
    joined.reason = max(reason, other.reason)
    return joined
  }
}
