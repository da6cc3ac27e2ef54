import EventLog

extension EventFields {
  /// The properties of an event that these fields do not show as they are.
  func mismatches(with event: Event) -> [String] {
    func text(_ slice: UnsafeRawBufferPointer) -> String? {
      slice.isEmpty ? nil : String(decoding: slice, as: UTF8.self)
    }
    let rendered = text(message)
    let equalities: [(String, Bool)] = [
      ("location", location == event.location),
      ("provider", text(header.provider) ?? "" == event.provider.name),
      ("providerGUID", text(header.providerGUID) == event.provider.guid),
      ("eventSourceName", text(header.providerEventSourceName) == event.provider.eventSourceName),
      ("eventID", header.eventID == event.eventID),
      ("qualifiers", header.qualifiers == event.qualifiers),
      ("version", header.version == event.version),
      ("level", header.level == event.level),
      ("task", header.task == event.task),
      ("opcode", header.opcode == event.opcode),
      ("keywords", header.keywords == event.keywords),
      ("timeCreated", header.timeCreated == event.timeCreated),
      ("recordID", header.recordID == event.recordID),
      ("activityID", text(header.activityID) == event.activityID),
      ("relatedActivityID", text(header.relatedActivityID) == event.relatedActivityID),
      ("processID", header.processID == event.processID),
      ("threadID", header.threadID == event.threadID),
      ("channel", text(header.channel) ?? "" == event.channel),
      ("computer", text(header.computer) ?? "" == event.computer),
      ("userID", text(header.userID) == event.userID),
      ("message", rendered == event.rendering?.message),
      ("payload", payload == event.payload),
    ]
    return equalities.filter { !$0.1 }.map { "\($0.0) of event at \(event.location.byteOffset)" }
  }

  private var payload: [NamedValue] {
    fields.map { field in
      NamedValue(
        name: "\(field.kind) \(String(decoding: field.name, as: UTF8.self))",
        value: String(decoding: field.value, as: UTF8.self))
    }
  }
}

extension Event {
  fileprivate var payload: [NamedValue] {
    let data = data.map { NamedValue(name: "data \($0.name ?? "")", value: $0.value) }
    let userData = userData.map { NamedValue(name: "userData \($0.name)", value: $0.value) }
    let binary = binary.map { [NamedValue(name: "binary ", value: $0)] } ?? []
    return data + userData + binary + otherData.map { NamedValue(name: "other \($0.name)", value: $0.value) }
  }
}
