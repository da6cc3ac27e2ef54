import EventLog

/// A field of `<System>`, by the names of Sigma's taxonomy for Windows.
enum SystemField: Sendable, Hashable, CaseIterable {
  case providerName, providerGUID, providerEventSourceName
  case eventID, qualifiers, version, level, task, opcode, keywords
  case timeCreated, recordID, activityID, relatedActivityID
  case processID, threadID, channel, computer, userID

  /// The names that rules may use; the first is the one to show.
  var names: [String] {
    switch self {
    case .providerName: ["Provider_Name"]
    case .providerGUID: ["Provider_Guid"]
    case .providerEventSourceName: ["Provider_EventSourceName"]
    case .eventID: ["EventID"]
    case .qualifiers: ["Qualifiers", "EventID_Qualifiers"]
    case .version: ["Version"]
    case .level: ["Level"]
    case .task: ["Task"]
    case .opcode: ["Opcode"]
    case .keywords: ["Keywords"]
    case .timeCreated: ["TimeCreated", "TimeCreated_SystemTime"]
    case .recordID: ["EventRecordID"]
    case .activityID: ["Correlation_ActivityID", "ActivityID"]
    case .relatedActivityID: ["Correlation_RelatedActivityID", "RelatedActivityID"]
    case .processID: ["ProcessID", "Execution_ProcessID"]
    case .threadID: ["ThreadID", "Execution_ThreadID"]
    case .channel: ["Channel"]
    case .computer: ["Computer"]
    case .userID: ["UserID", "Security_UserID"]
    }
  }

  /// The fields that keywords are looked for in.
  static let searchedAnywhere: [SystemField] = [.providerName, .channel, .computer, .userID]

  /// The field of that name, exactly as spelt.
  static func named(_ name: String) -> SystemField? { byName[name] }

  /// The field of that name in any letter case, unless events carry other things under such names: a Sysmon event's
  /// `ProcessId` is not the process that wrote the event.
  static func namedIgnoringCase(_ name: String) -> SystemField? {
    guard let field = byFoldedName[FoldedText(name)] else { return nil }
    switch field {
    case .processID, .threadID, .userID, .activityID, .relatedActivityID: return nil
    default: return field
    }
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { field in field.names.map { ($0, field) } })
  private static let byFoldedName = Dictionary(
    uniqueKeysWithValues: byName.map { (FoldedText($0.key), $0.value) })

  /// The field's value; nil when the event does not have it. Empty text is none.
  func value(in event: Event) -> FieldValue? {
    switch self {
    case .providerName: .init(event.provider.name)
    case .providerGUID: .init(event.provider.guid ?? "")
    case .providerEventSourceName: .init(event.provider.eventSourceName ?? "")
    case .eventID: .init(event.eventID)
    case .qualifiers: .init(event.qualifiers)
    case .version: .init(event.version)
    case .level: .init(event.level?.rawValue)
    case .task: .init(event.task)
    case .opcode: .init(event.opcode)
    case .keywords: event.keywords.map(Self.keywords)
    case .timeCreated: event.timeCreated.map { .text($0.description) }
    case .recordID: .init(event.recordID)
    case .activityID: .init(event.activityID ?? "")
    case .relatedActivityID: .init(event.relatedActivityID ?? "")
    case .processID: .init(event.processID)
    case .threadID: .init(event.threadID)
    case .channel: .init(event.channel)
    case .computer: .init(event.computer)
    case .userID: .init(event.userID ?? "")
    }
  }

  /// Keywords as events write them.
  static func keywords(_ mask: UInt64) -> FieldValue { .text("0x" + String(mask, radix: 16)) }
}
