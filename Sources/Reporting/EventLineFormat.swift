public import EventLog
import Foundation

/// Writes events one a line, as they were read.
public enum EventLineFormat: Sendable {
  /// For people: time, computer, channel, provider, ID, level, and the message or the payload.
  case text
  /// One JSON object a line with every field, named as in Sigma.
  case jsonLines
  /// Comma-separated values.
  case csv

  /// The line before the first event; nil for none.
  public var heading: String? {
    switch self {
    case .text, .jsonLines: nil
    case .csv: "time,computer,channel,provider,event_id,record_id,level,message_or_data,byte_offset\r"
    }
  }

  /// An event in one line, without the line break.
  public func line(_ event: Event) -> String {
    switch self {
    case .text: text(event)
    case .jsonLines: EventJSON.text(event)
    case .csv: csv(event)
    }
  }

  private func text(_ event: Event) -> String {
    let columns = [
      event.timeCreated?.shortDescription ?? "no time            ", event.computer, event.channel,
      "\(event.provider.name) \(event.eventID.map { String($0) } ?? "—")", event.level?.name ?? "—",
      event.content,
    ]
    return TerminalText.line(columns.joined(separator: "  "))
  }

  private func csv(_ event: Event) -> String {
    let values = [
      event.timeCreated?.description ?? "", event.computer, event.channel, event.provider.name,
      event.eventID.map { String($0) } ?? "", event.recordID.map { String($0) } ?? "", event.level?.name ?? "",
      event.content, String(event.location.byteOffset),
    ]
    return values.map(CSVFormat.field).joined(separator: ",") + "\r"
  }
}

extension Event {
  /// The rendered message, or the payload's values with their names.
  fileprivate var content: String {
    if let message = rendering?.message { return message }
    let values = data.map { item in item.name.map { "\($0)=\(item.value)" } ?? item.value }
    let leaves = userData.map { "\($0.name)=\($0.value)" }
    return (values + leaves).joined(separator: "; ")
  }
}

/// An event as a JSON object; the order of repeated and unnamed data is kept.
private enum EventJSON {
  private struct Item: Encodable {
    var name: String?
    var value: String
  }

  /// Keys are named as in Sigma's taxonomy for Windows.
  private struct Object: Encodable {
    var providerName: String
    var providerGuid: String?
    var eventSourceName: String?
    var eventID: Int?
    var qualifiers: UInt16?
    var version: UInt8?
    var level: UInt8?
    var task: UInt16?
    var opcode: UInt8?
    var keywords: String?
    var timeCreated: EventTime?
    var eventRecordID: UInt64?
    var activityID: String?
    var relatedActivityID: String?
    var processID: UInt32?
    var threadID: UInt32?
    var channel: String
    var computer: String
    var userID: String?
    var system: [Item]?
    var eventDataName: String?
    var eventData: [Item]?
    var binary: String?
    var userData: [Item]?
    var processingErrorData: [Item]?
    var otherData: [Item]?
    var culture: String?
    var message: String?
    var repairs: [String]?
    var byteOffset: UInt64

    enum CodingKeys: String, CodingKey {
      case providerName = "Provider_Name"
      case providerGuid = "Provider_Guid"
      case eventSourceName = "Provider_EventSourceName"
      case eventID = "EventID"
      case qualifiers = "Qualifiers"
      case version = "Version"
      case level = "Level"
      case task = "Task"
      case opcode = "Opcode"
      case keywords = "Keywords"
      case timeCreated = "TimeCreated"
      case eventRecordID = "EventRecordID"
      case activityID = "ActivityID"
      case relatedActivityID = "RelatedActivityID"
      case processID = "ProcessID"
      case threadID = "ThreadID"
      case channel = "Channel"
      case computer = "Computer"
      case userID = "UserID"
      case system = "System"
      case eventDataName = "EventDataName"
      case eventData = "EventData"
      case binary = "Binary"
      case userData = "UserData"
      case processingErrorData = "ProcessingErrorData"
      case otherData = "OtherData"
      case culture = "Culture"
      case message = "Message"
      case repairs = "Repairs"
      case byteOffset = "ByteOffset"
    }
  }

  static func text(_ event: Event) -> String {
    func items(_ values: [NamedValue]) -> [Item]? {
      values.isEmpty ? nil : values.map { Item(name: $0.name, value: $0.value) }
    }
    let object = Object(
      providerName: event.provider.name, providerGuid: event.provider.guid,
      eventSourceName: event.provider.eventSourceName, eventID: event.eventID,
      qualifiers: event.qualifiers, version: event.version, level: event.level?.rawValue, task: event.task,
      opcode: event.opcode, keywords: event.keywords.map { "0x" + String($0, radix: 16) },
      timeCreated: event.timeCreated, eventRecordID: event.recordID, activityID: event.activityID,
      relatedActivityID: event.relatedActivityID, processID: event.processID, threadID: event.threadID,
      channel: event.channel, computer: event.computer, userID: event.userID,
      system: items(event.unparsedSystemFields), eventDataName: event.dataTemplate,
      eventData: event.data.isEmpty ? nil : event.data.map { Item(name: $0.name, value: $0.value) },
      binary: event.binary, userData: items(event.userData), processingErrorData: items(event.processingErrors),
      otherData: items(event.otherData), culture: event.rendering?.culture, message: event.rendering?.message,
      repairs: event.repairs.isEmpty ? nil : event.repairs.descriptions, byteOffset: event.location.byteOffset)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and numbers always encode.
    return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
