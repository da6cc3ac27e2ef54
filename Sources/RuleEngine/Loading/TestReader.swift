import EventLog

/// Reads one entry of `tests:`.
struct TestReader {
  private let log: IssueLog

  init(log: IssueLog) { self.log = log }

  func test(_ node: ConfigNode) -> RuleTest? {
    guard let reader = NodeReader(node, "a test", log: log) else { return nil }
    let fires = reader.node("fires")
    let quiet = reader.node("quiet")
    let message = reader.string("message")
    reader.finish()
    let source = RuleSource(path: log.path, line: node.mark.line, column: node.mark.column)
    switch (fires, quiet) {
    case (let node?, nil):
      return event(node).map { RuleTest(kind: .fires, event: $0, expectedMessage: message, source: source) }
    case (nil, let node?):
      return event(node).map { RuleTest(kind: .quiet, event: $0, expectedMessage: message, source: source) }
    default:
      log.error("bad-test", "a test needs either 'fires' or 'quiet'", at: node.mark, hint: "fires: {EventID: …}")
      return nil
    }
  }

  private func event(_ node: ConfigNode) -> Event? {
    guard case .mapping(let entries, _) = node else {
      log.error("wrong-type", "a test's event must be a map, but this is \(node.kind)", at: node.mark)
      return nil
    }
    var event = Event()
    event.channel = "Application"
    event.computer = "TEST01"
    for entry in entries { set(entry, &event) }
    return event
  }

  private func set(_ entry: ConfigEntry, _ event: inout Event) {
    switch entry.key {
    case "Data":
      for value in values(entry.value) { event.data.append(DataItem(value: value)) }
    case "UserData":
      setUserData(entry.value, &event)
    default:
      guard let text = values(entry.value).first else { return }
      if case .isSystem(let isGood) = event.setSystemField(entry.key, text) {
        if !isGood { log.error("bad-value", "'\(text)' is no \(entry.key)", at: entry.value.mark) }
      } else {
        for value in values(entry.value) { event.data.append(DataItem(name: entry.key, value: value)) }
      }
    }
  }

  private func setUserData(_ node: ConfigNode, _ event: inout Event) {
    guard case .mapping(let entries, _) = node else {
      return log.error("wrong-type", "'UserData' must be a map of paths and values", at: node.mark)
    }
    for entry in entries {
      for value in values(entry.value) { event.userData.append(NamedValue(name: entry.key, value: value)) }
    }
  }

  private func values(_ node: ConfigNode) -> [String] {
    switch node {
    case .scalar(let text, _, _): return [node.isNull ? "" : text]
    case .sequence(let items, _): return items.flatMap(values)
    case .mapping:
      log.error("wrong-type", "a test's value must be text or a list", at: node.mark)
      return []
    }
  }
}

private enum SystemFieldResult {
  case isSystem(isGood: Bool)
  case isData
}

extension Event {
  /// Sets a field of the header by its Sigma name.
  fileprivate mutating func setSystemField(_ name: String, _ text: String) -> SystemFieldResult {
    switch name {
    case "Provider_Name": provider.name = text
    case "Provider_Guid": provider.guid = text
    case "Provider_EventSourceName": provider.eventSourceName = text
    case "Channel": channel = text
    case "Computer": computer = text
    case "UserID", "Security_UserID": userID = text
    case "Binary": binary = text
    case "EventID": return Self.assign(&eventID, Int(text))
    case "Qualifiers": return Self.assign(&qualifiers, UInt16(text))
    case "Version": return Self.assign(&version, UInt8(text))
    case "Level": return Self.assign(&level, UInt8(text).map(Level.init(rawValue:)))
    case "Task": return Self.assign(&task, UInt16(text))
    case "Opcode": return Self.assign(&opcode, UInt8(text))
    case "Keywords":
      let digits = text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
      return Self.assign(&keywords, digits)
    case "TimeCreated": return Self.assign(&timeCreated, EventTime(text))
    case "EventRecordID": return Self.assign(&recordID, UInt64(text))
    case "Execution_ProcessID": return Self.assign(&processID, UInt32(text))
    case "Execution_ThreadID": return Self.assign(&threadID, UInt32(text))
    default: return .isData
    }
    return .isSystem(isGood: true)
  }

  private static func assign<Value>(_ property: inout Value?, _ value: Value?) -> SystemFieldResult {
    property = value
    return .isSystem(isGood: value != nil)
  }
}
