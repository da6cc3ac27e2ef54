/// Lays out the strings of an event one after the other in memory that is used again for the next event.
final class FieldLayout: EventSource {
  private var text = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var used = 0
  private var fields = UnsafeMutableBufferPointer<EventField>(start: nil, count: 0)
  private var event = Event()

  deinit {
    text.deallocate()
    fields.deallocate()
  }

  override func makeEvent() -> Event { event }

  override var location: EventLocation { event.location }

  /// The kind of the event that was laid out last.
  private(set) var key = KindKey(
    provider: EventHeader.absent, channel: EventHeader.absent, computer: EventHeader.absent,
    eventID: EventHeader.absent, level: EventHeader.absent)

  /// The fields of an event; valid until the next call.
  func fields(of event: Event) -> EventFields {
    self.event = event
    reserve(bytes: event.layoutSize, fields: event.data.count + event.userData.count + event.otherData.count + 1)
    used = 0
    let header = header(of: event)
    let count = layOutPayload(of: event)
    key = KindKey(
      provider: header.provider, channel: header.channel, computer: header.computer,
      eventID: place(event.eventID.map(String.init) ?? ""), level: place(event.level.map { String($0.rawValue) } ?? ""))
    return EventFields(
      header: header, fields: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(fields)[..<count]),
      message: place(event.rendering?.message ?? ""), self)
  }

  private func layOutPayload(of event: Event) -> Int {
    var count = 0
    func add(_ kind: EventField.Kind, _ name: String, _ value: String) {
      fields.initializeElement(at: count, to: EventField(kind: kind, name: place(name), value: place(value)))
      count += 1
    }
    for item in event.data { add(.data, item.name ?? "", item.value) }
    for leaf in event.userData { add(.userData, leaf.name, leaf.value) }
    if let binary = event.binary { add(.binary, "", binary) }
    for leaf in event.otherData { add(.other, leaf.name, leaf.value) }
    return count
  }

  private func header(of event: Event) -> EventHeader {
    var header = EventHeader()
    header.provider = place(event.provider.name)
    header.providerGUID = place(event.provider.guid ?? "")
    header.providerEventSourceName = place(event.provider.eventSourceName ?? "")
    header.eventID = event.eventID
    header.qualifiers = event.qualifiers
    header.version = event.version
    header.level = event.level
    header.task = event.task
    header.opcode = event.opcode
    header.keywords = event.keywords
    header.timeCreated = event.timeCreated
    header.recordID = event.recordID
    header.activityID = place(event.activityID ?? "")
    header.relatedActivityID = place(event.relatedActivityID ?? "")
    header.processID = event.processID
    header.threadID = event.threadID
    header.channel = place(event.channel)
    header.computer = place(event.computer)
    header.userID = place(event.userID ?? "")
    return header
  }

  /// Room for a whole event first: what has been placed must not move.
  private func reserve(bytes: Int, fields count: Int) {
    if text.count < bytes + ChunkMemory.slack {
      text.deallocate()
      text = .allocate(byteCount: max(bytes, 2 * text.count, 4096) + ChunkMemory.slack, alignment: 16)
      text.initializeMemory(as: UInt8.self, repeating: 0)
    }
    if fields.count < count {
      fields.deallocate()
      fields = .allocate(capacity: max(count, 2 * fields.count, 64))
    }
  }

  private func place(_ string: String) -> UnsafeRawBufferPointer {
    var string = string
    return string.withUTF8 { bytes in
      let target = UnsafeMutableRawBufferPointer(rebasing: text[used..<used + bytes.count])
      target.copyMemory(from: UnsafeRawBufferPointer(bytes))
      used += bytes.count
      return UnsafeRawBufferPointer(target)
    }
  }
}

extension Event {
  /// The bytes of all strings that fields show.
  fileprivate var layoutSize: Int {
    let header = [
      provider.name, provider.guid ?? "", provider.eventSourceName ?? "", activityID ?? "", relatedActivityID ?? "",
      channel, computer, userID ?? "", binary ?? "", rendering?.message ?? "",
    ]
    let leaves = userData + otherData
    let digits = 40
    return header.reduce(digits) { $0 + $1.utf8.count }
      + data.reduce(0) { $0 + ($1.name?.utf8.count ?? 0) + $1.value.utf8.count }
      + leaves.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
  }
}
