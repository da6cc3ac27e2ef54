public import EventLog
public import RuleEngine

/// A triage report, complete before any format sees it; formats only write.
public struct Report: Sendable, Hashable, Encodable {
  /// The version of this structure; grows when a field changes its meaning or goes.
  public var schemaVersion = 2
  /// The report's heading.
  public var title: String
  /// The inputs, in the order given.
  public var inputs: [SourceSummary] = []
  /// Arguments that stand for no input at all, as sentences.
  public var inputFailures: [String] = []
  /// The logs that were read, by computer and channel.
  public var logs: [ReportLog] = []
  /// The time from the first to the last event that was looked at.
  public var occurrences = Occurrences()
  /// The findings, the worst first.
  public var findings: [ReportFinding] = []
  /// What to do about findings of rules that do not say so themselves.
  public var remediations: [ReportRemediation] = []
  /// Causes that evidence supports for more than one finding.
  public var sharedCauses: [ReportSharedCause] = []
  /// The logs that would settle undecided causes, and the commands that export them.
  public var toCollect: [ReportMissingLog] = []
  /// Clocks that the events show to have been off; windows across computers are wider by as much.
  public var clocks: [ReportClock] = []
  /// Which computers use which addresses, as logons of machine accounts show.
  public var addresses: [ReportAddress] = []
  /// Events that may be evidence but were too many to be remembered.
  public var evidenceDropped = 0
  /// The critical, error and warning events, and how many of them rules explain.
  public var coverage = ReportCoverage()
  /// The listed events, in the order of time.
  public var events: [ReportEvent] = []
  /// Which tool, rules and options made the report.
  public var about: ReportAbout
}

/// The largest known correction of a computer's clock.
public struct ReportClock: Sendable, Hashable, Encodable {
  /// The computer.
  public var computer: String
  /// By how many seconds the clock was moved or would have to be; negative when it was fast.
  public var seconds: Int64
  /// When.
  public var time: EventTime
}

/// An address of which events show the computer.
public struct ReportAddress: Sendable, Hashable, Encodable {
  /// The address.
  public var address: String
  /// The computer's short name.
  public var computer: String
}

/// A log of a computer.
public struct ReportLog: Sendable, Hashable, Encodable {
  /// The computer.
  public var computer: String
  /// The channel.
  public var channel: String
  /// How many events, from when to when.
  public var occurrences: Occurrences
}

/// What a rule found.
public struct ReportFinding: Sendable, Hashable, Encodable {
  /// The number of the section, from 1.
  public var number: Int
  /// The rule.
  public var ruleID: String
  /// The pack that the rule is from.
  public var packID: String
  /// What happened.
  public var title: String
  /// How bad it is.
  public var severity: Severity
  /// Whether the rule's facts could not be verified.
  public var isUnverified: Bool
  /// How many events, from when to when.
  public var occurrences: Occurrences
  /// The counts over the report's time, in ``sparkColumns`` columns.
  public var activity: [Int]
  /// The computers.
  public var computers: [String]
  /// The fields whose values tell the groups apart.
  public var groupFields: [String]
  /// The distinct occurrences, the most frequent first.
  public var groups: [ReportGroup]
  /// What happened, in sentences with real values: of the most frequent groups.
  public var sentences: [String]
  /// What the mail answers in these sentences mean.
  public var mailAnswers: [AnswerMeaning] = []
  /// What it means, why it happens, how to check and fix it; the likeliest cause first.
  public var guidance: ReportGuidance
  /// The numbers of the findings that this one is a known consequence of.
  public var consequenceOf: [Int] = []
  /// What was changed on its computers in the day before.
  public var changes: [ReportEvidence] = []
  /// The positions in ``Report/events`` of the events that are listed.
  public var events: [Int]
  /// The numbers of the findings before it that are about exactly the same events, as far as those are kept.
  public var sameEventsAs: [Int] = []
  /// What the rule says about itself, if it is one of Sigma's.
  public var sigma: ReportSigmaRule?
  /// Why the rule matched the events that are listed.
  public var matches: [ReportMatch] = []
  /// The positions in ``Report/remediations`` of what to do about it, the most specific first.
  public var remediations: [Int] = []

  /// The number of columns of ``activity``.
  public static let sparkColumns = 24
}

/// One distinct occurrence of a finding.
public struct ReportGroup: Sendable, Hashable, Encodable {
  /// The values of ``ReportFinding/groupFields``; empty for the rest beyond the bound on groups.
  public var values: [String]
  /// How many events, from when to when.
  public var occurrences: Occurrences
}

/// A listed event.
public struct ReportEvent: Sendable, Hashable, Encodable {
  /// The event.
  public var sample: EventSample
  /// The name of its input.
  public var input: String
  /// The numbers of the findings that it belongs to.
  public var findings: [Int]
  /// The numbers of the findings whose causes it is evidence for or against.
  public var evidenceFor: [Int] = []
}

/// How much of the trouble in the logs rules explain.
public struct ReportCoverage: Sendable, Hashable, Encodable {
  /// Critical, error and warning events.
  public var events = 0
  /// Those of them that a rule matched.
  public var explainedEvents = 0
  /// Their kinds: distinct pairs of provider and event ID.
  public var kinds = 0
  /// The kinds of which a rule matched at least one event.
  public var explainedKinds = 0
  /// Events of kinds that were too many to be told apart.
  public var eventsBeyondBound = 0
  /// The most frequent kinds that no rule knows.
  public var unknown: [ReportUnknownKind] = []
  /// How many kinds no rule knows, listed or not.
  public var unknownKinds = 0
}

/// A kind of event that no rule knows.
public struct ReportUnknownKind: Sendable, Hashable, Encodable {
  /// The provider, as spelt in the first event.
  public var provider: String
  /// The event ID; nil when the events had none.
  public var eventID: Int?
  /// The worst level.
  public var level: Level
  /// The channels.
  public var channels: [String]
  /// How many events without a match.
  public var count: Int
  /// From when to when, with a match or without.
  public var occurrences: Occurrences
  /// The first event.
  public var sample: EventSample
  /// A provider with a similar name of which rules know this event.
  public var suggestion: String?
}

/// Which tool, rules and options made a report.
public struct ReportAbout: Sendable, Hashable, Encodable {
  /// The tool's name and version.
  public var tool: String
  /// The packs whose rules ran.
  public var packs: [ReportPack] = []
  /// How many rules ran.
  public var rules = 0
  /// How many of them matched at least one event.
  public var rulesMatched = 0
  /// What became of every rule that was loaded.
  public var accounting = RuleAccounting()
  /// The rules that could not be loaded, as `path:line:column: error: …`.
  public var rejectedRules: [String] = []
  /// What correlations left out, in sentences.
  public var correlationNotes: [String] = []
  /// The options that shape the report, as given.
  public var options: [String] = []
  /// Events that were read and looked at.
  public var considered = 0
  /// Events that the options left out.
  public var filteredOut = 0
  /// Attempts of rules' regular expressions that took too many steps and were given up.
  public var abandonedAttempts = 0
  /// How many events each finding lists at most.
  public var eventsPerFinding = 0

  /// Makes an entry.
  public init(tool: String) { self.tool = tool }
}

/// A pack whose rules ran.
public struct ReportPack: Sendable, Hashable, Encodable {
  /// Its name.
  public var id: String
  /// Its title.
  public var title: String
  /// How many rules it has.
  public var rules: Int
}
