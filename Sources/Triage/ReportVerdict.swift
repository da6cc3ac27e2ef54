public import EventLog

/// What the logs say about a cause.
public struct ReportVerdict: Sendable, Hashable, Encodable {
  /// The verdict.
  public var verdict: Verdict
  /// What speaks for the cause.
  public var supporting: [ReportEvidence]
  /// What speaks against it.
  public var contradicting: [ReportEvidence]
  /// The logs without which nothing can be said.
  public var missing: [ReportMissingLog]
  /// Whether so many events were read that some which may speak for it are not remembered one by one.
  public var isThinned: Bool
  /// Why the verdict is what it is.
  public var reasons: [String]
}

/// Events that are evidence for or against a cause.
public struct ReportEvidence: Sendable, Hashable, Encodable {
  /// What happened, in words.
  public var title: String
  /// The computers.
  public var computers: [String]
  /// How many events there are, at least.
  public var count: Int
  /// The positions in ``Report/events`` of the events that are listed.
  public var events: [Int]
}

/// A log that would settle a cause, with the command that exports it.
public struct ReportMissingLog: Sendable, Hashable, Encodable {
  /// The computer; nil for any domain controller.
  public var computer: String?
  /// The channel.
  public var channel: String
  /// The first moment of interest; nil when the finding's events have no time.
  public var from: EventTime?
  /// The last moment of interest; nil when the finding's events have no time.
  public var to: EventTime?
  /// Whether the log was not fed in at all, or not for the whole time, or was cleared within it.
  public var reason: MissingLog.Reason
  /// The command that exports it, to run on the computer; nil when it was cleared, as no export brings it back.
  public var command: String?
  /// The numbers of the findings that it would help to judge.
  public var findings: [Int]

  /// Whether it was cleared, so that only a copy can help.
  public var isLost: Bool { reason == .cleared }

  init(_ log: MissingLog, findings: [Int] = []) {
    computer = log.computer
    channel = log.channel
    from = log.from
    to = log.to
    reason = log.reason
    self.findings = findings
    command = isLost ? nil : Self.command(log)
  }

  /// `wevtutil qe` with an XPath filter on time
  /// (https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil).
  private static func command(_ log: MissingLog) -> String {
    let computer = log.computer.map(shortName) ?? "DC"
    let file = fileName("\(computer)-\(log.channel)") + ".xml"
    var query = ""
    if let from = log.from, let to = log.to {
      query =
        "/q:\"*[System[TimeCreated[@SystemTime>='\(from.secondsDescription)' and "
        + "@SystemTime<='\(to.nextMinuteDescription)']]]\" "
    }
    return "wevtutil qe \"\(quotable(log.channel))\" \(query)/f:xml /e:Events > \(file)"
  }

  /// The first label of a name; an address whole.
  private static func shortName(_ computer: String) -> String {
    let label = computer.prefix { $0 != "." }
    return label.allSatisfy(\.isNumber) ? computer : String(label)
  }

  /// Letters, digits and hyphens of a name: what a log says must not become part of a command.
  private static func fileName(_ text: String) -> String {
    let mapped = text.unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain ? Character(scalar) : "-"
    }
    return String(mapped).split(separator: "-").joined(separator: "-")
  }

  private static func quotable(_ text: String) -> String {
    let isUnsafe: (Unicode.Scalar) -> Bool = { $0.value < 0x20 || "\"`$%&|<>^;".unicodeScalars.contains($0) }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isUnsafe($0) }))
  }
}

/// A cause that evidence supports for several findings.
public struct ReportSharedCause: Sendable, Hashable, Encodable {
  /// The cause, as the worst of the findings puts it.
  public var title: String
  /// The numbers of the findings.
  public var findings: [Int]
  /// What speaks for it.
  public var evidence: [String]
}

extension EventTime {
  /// `2016-08-24T17:21:43.000Z`.
  fileprivate var secondsDescription: String { description.prefix(19) + ".000Z" }

  /// The start of the next minute but one, so that the last event is within.
  fileprivate var nextMinuteDescription: String {
    let minute = 60 * Self.ticksPerSecond
    return EventTime(ticks: (ticks.dividedFlooring(by: minute) + 2) * minute).secondsDescription
  }
}
