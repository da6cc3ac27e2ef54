import Foundation

extension Event {
  /// Makes an event of a serialised `EventLogEntry` (`Get-EventLog`) or `EventLogRecord` (`Get-WinEvent`).
  ///
  /// - Parameters:
  ///   - object: The object's properties.
  ///   - logNames: The log names of type name lists written out earlier in the file.
  init?(_ object: CLIXMLObject, logNames: [Int: String]) {
    self.init()
    // As in XML, a text without characters is none.
    let properties = object.properties.filter { !$0.value.isEmpty }
    if properties["ProviderName"] != nil || properties["LogName"] != nil {
      takeRecord(properties, object.lists)
    } else if properties["Source"] != nil || properties["InstanceId"] != nil || properties["EventID"] != nil {
      takeEntry(properties, object.lists)
      channel = Self.logName(object.typeNames) ?? object.typeNameReference.flatMap { logNames[$0] } ?? ""
    } else {
      return nil
    }
  }

  /// The log in a type name such as `System.Diagnostics.EventLogEntry#Application/MSExchangeTransport/1035`.
  static func logName(_ typeNames: [String]) -> String? {
    let prefix = "System.Diagnostics.EventLogEntry#"
    guard let name = typeNames.first(where: { $0.contains(prefix) }), let range = name.range(of: prefix) else {
      return nil
    }
    let log = name[range.upperBound...].prefix { $0 != "/" }
    return log.isEmpty ? nil : String(log)
  }

  /// https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlogentry
  private mutating func takeEntry(_ properties: [String: String], _ lists: [String: [String]]) {
    provider.name = properties["Source"] ?? ""
    computer = properties["MachineName"] ?? ""
    recordID = properties["Index"].flatMap { UInt64($0) }
    timeCreated = (properties["TimeGenerated"] ?? properties["TimeWritten"]).flatMap { EventTime($0) }
    if let instance = properties["InstanceId"].flatMap({ Int64($0) }) {
      // The low word is the event ID, the high word the qualifiers; PowerShell prints the whole as a signed number.
      eventID = Int(instance & 0xFFFF)
      qualifiers = UInt16(truncatingIfNeeded: instance >> 16)
    } else {
      eventID = properties["EventID"].flatMap { Int($0) }
    }
    takeEntryType(properties["EntryType"] ?? "")
    task = properties["CategoryNumber"].flatMap { UInt16($0) }
    data = (lists["ReplacementStrings"] ?? []).map { DataItem(value: $0) }
    binary = properties["Data"].flatMap { Data(base64Encoded: $0) }.flatMap { Self.hexadecimal($0) }
    if let message = properties["Message"] {
      var rendering = RenderingInfo()
      rendering.message = message
      rendering.task = properties["Category"]
      self.rendering = rendering
    }
    if let user = properties["UserName"], !user.isEmpty {
      unparsedSystemFields.append(NamedValue(name: "UserName", value: user))
    }
  }

  private mutating func takeEntryType(_ type: String) {
    switch type {
    case "Error", "1": level = .error
    case "Warning", "2": level = .warning
    case "Information", "4": level = .information
    case "SuccessAudit", "8": (level, keywords) = (.logAlways, 0x8020_0000_0000_0000)
    case "FailureAudit", "16": (level, keywords) = (.logAlways, 0x8010_0000_0000_0000)
    default: break
    }
  }

  /// https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord
  private mutating func takeRecord(_ properties: [String: String], _ lists: [String: [String]]) {
    provider = Provider(name: properties["ProviderName"] ?? "", guid: properties["ProviderId"])
    channel = properties["LogName"] ?? ""
    computer = properties["MachineName"] ?? ""
    eventID = properties["Id"].flatMap { Int($0) }
    qualifiers = properties["Qualifiers"].flatMap { UInt16($0) }
    version = properties["Version"].flatMap { UInt8($0) }
    level = properties["Level"].flatMap { UInt8($0) }.map(Level.init(rawValue:))
    task = properties["Task"].flatMap { UInt16($0) }
    opcode = properties["Opcode"].flatMap { UInt8($0) }
    // PowerShell prints the 64 bits as a signed number.
    keywords = properties["Keywords"].flatMap { Int64($0) }.map { UInt64(bitPattern: $0) }
    timeCreated = properties["TimeCreated"].flatMap { EventTime($0) }
    recordID = properties["RecordId"].flatMap { UInt64($0) }
    activityID = properties["ActivityId"]
    relatedActivityID = properties["RelatedActivityId"]
    processID = properties["ProcessId"].flatMap { UInt32($0) }
    threadID = properties["ThreadId"].flatMap { UInt32($0) }
    userID = properties["UserId"]
    data = (lists["Properties"] ?? []).map { DataItem(value: $0) }
    if let message = properties["Message"] {
      var rendering = RenderingInfo()
      rendering.message = message
      rendering.level = properties["LevelDisplayName"]
      rendering.task = properties["TaskDisplayName"]
      rendering.opcode = properties["OpcodeDisplayName"]
      rendering.keywords = lists["KeywordsDisplayNames"] ?? []
      self.rendering = rendering
    }
  }

  private static func hexadecimal(_ bytes: Data) -> String? {
    guard !bytes.isEmpty else { return nil }
    return bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}

/// Collects the log names of type name lists, which later objects of the file refer to by number.
struct CLIXMLLogNames {
  private(set) var names: [Int: String]
  /// More distinct kinds of events than any log has.
  private static let limit = 100_000

  init(_ names: [Int: String] = [:]) { self.names = names }

  /// Notes the lists that a chunk writes out: `<TN RefId="3"><T>System.Diagnostics.EventLogEntry#Application/…`.
  mutating func collect(from chunk: UnsafeRawBufferPointer, encoding: TextEncoding) {
    guard encoding.unitWidth == 2 else { return collect(from: chunk) }
    let text = UTF16Transcoder(chunk, isBigEndian: encoding == .utf16BigEndian)
    withExtendedLifetime(text) { collect(from: text.utf8) }
  }

  /// Notes the lists that a part of the UTF-8 text writes out. Nothing is looked for beyond the object of a list, so that
  /// the result does not depend on the parts.
  mutating func collect(from text: UnsafeRawBufferPointer) {
    var position = 0
    while let found = text.firstIndex(of: "<TN RefId=", from: position), names.count < Self.limit {
      position = found + 10
      let head = String(decoding: text[position...].prefix(400), as: UTF8.self)
      let number = head.dropFirst().prefix { $0.isNumber }
      let object = head[..<(head.range(of: "</Obj>")?.lowerBound ?? head.endIndex)]
      let end = object.range(of: "</T>")?.lowerBound ?? object.endIndex
      guard let key = Int(number), let name = Event.logName([String(head[..<end])]) else { continue }
      names[key] = name
    }
  }
}
