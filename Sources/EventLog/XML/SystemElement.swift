/// The children of `<System>`.
enum SystemElement: CaseIterable {
  case provider, eventID, version, level, task, opcode, keywords, timeCreated, eventRecordID, correlation, execution
  case channel, computer, security, unknown

  init(_ name: XMLName) {
    if name == "Provider" {
      self = .provider
    } else if name == "EventID" {
      self = .eventID
    } else if name == "Version" {
      self = .version
    } else if name == "Level" {
      self = .level
    } else if name == "Task" {
      self = .task
    } else if name == "Opcode" {
      self = .opcode
    } else if name == "Keywords" {
      self = .keywords
    } else if name == "TimeCreated" {
      self = .timeCreated
    } else if name == "EventRecordID" {
      self = .eventRecordID
    } else if name == "Correlation" {
      self = .correlation
    } else if name == "Execution" {
      self = .execution
    } else if name == "Channel" {
      self = .channel
    } else if name == "Computer" {
      self = .computer
    } else if name == "Security" {
      self = .security
    } else {
      self = .unknown
    }
  }

  /// The element's name, for fields that are kept verbatim.
  var name: String? {
    switch self {
    case .provider: "Provider"
    case .eventID: "EventID"
    case .version: "Version"
    case .level: "Level"
    case .task: "Task"
    case .opcode: "Opcode"
    case .keywords: "Keywords"
    case .timeCreated: "TimeCreated"
    case .eventRecordID: "EventRecordID"
    case .correlation: "Correlation"
    case .execution: "Execution"
    case .channel: "Channel"
    case .computer: "Computer"
    case .security: "Security"
    case .unknown: nil
    }
  }
}

extension Event {
  /// Takes the text of a child of `<System>`; what does not fit its type is kept verbatim.
  mutating func setSystemText(_ element: SystemElement, _ elementName: String, _ raw: String) {
    let text = raw.trimmingXMLSpace()
    guard !text.isEmpty else { return }
    switch element {
    case .eventID: eventID = UInt32(text).map(Int.init)
    case .version: version = UInt8(text)
    case .level: level = UInt8(text).map(Level.init(rawValue:))
    case .task: task = UInt16(text)
    case .opcode: opcode = UInt8(text)
    case .keywords: keywords = UInt64(numeral: text)
    case .eventRecordID: recordID = UInt64(text)
    case .channel: channel = text
    case .computer: computer = text
    default: break
    }
    if !tookSystemText(element) {
      unparsedSystemFields.append(NamedValue(name: element.name ?? elementName, value: text))
    }
  }

  private func tookSystemText(_ element: SystemElement) -> Bool {
    switch element {
    case .eventID: eventID != nil
    case .version: version != nil
    case .level: level != nil
    case .task: task != nil
    case .opcode: opcode != nil
    case .keywords: keywords != nil
    case .eventRecordID: recordID != nil
    case .channel, .computer: true
    case .provider, .timeCreated, .correlation, .execution, .security, .unknown: false
    }
  }

  /// Takes an attribute of a child of `<System>`; what has no property or does not fit it is kept verbatim.
  mutating func setSystemAttribute(
    _ element: SystemElement, _ elementName: String, _ name: XMLName, _ value: String
  ) {
    guard !value.isEmpty, !takeSystemAttribute(element, name, value) else { return }
    unparsedSystemFields.append(NamedValue(name: "\(element.name ?? elementName)_\(name.string)", value: value))
  }

  private mutating func takeSystemAttribute(_ element: SystemElement, _ name: XMLName, _ value: String) -> Bool {
    switch element {
    case .provider where name == "Name": provider.name = value
    case .provider where name == "Guid": provider.guid = value
    case .provider where name == "EventSourceName": provider.eventSourceName = value
    case .eventID where name == "Qualifiers":
      qualifiers = UInt16(value)
      return qualifiers != nil
    case .timeCreated where name == "SystemTime":
      timeCreated = EventTime(value)
      return timeCreated != nil
    case .correlation where name == "ActivityID": activityID = value
    case .correlation where name == "RelatedActivityID": relatedActivityID = value
    case .execution where name == "ProcessID":
      processID = UInt32(value)
      return processID != nil
    case .execution where name == "ThreadID":
      threadID = UInt32(value)
      return threadID != nil
    case .security where name == "UserID": userID = value
    default: return false
    }
    return true
  }
}

extension UInt64 {
  /// Reads `0x80000000000000` or a decimal number.
  init?(numeral text: some StringProtocol) {
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      self.init(text.dropFirst(2), radix: 16)
    } else {
      self.init(text)
    }
  }
}

extension String {
  /// The text without white space around it; itself when there is none.
  func trimmingXMLSpace() -> String {
    guard let first = utf8.first, let last = utf8.last, first.isXMLSpace || last.isXMLSpace else { return self }
    var slice = utf8[...]
    while let byte = slice.first, byte.isXMLSpace { slice = slice.dropFirst() }
    while let byte = slice.last, byte.isXMLSpace { slice = slice.dropLast() }
    return String(Substring(slice))
  }
}
