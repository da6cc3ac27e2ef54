import EventLog
import RuleEngine

/// Tells which events an ``AddressBook`` has learned from before: logons are many, and few of them tell anything new.
struct LessonLedger {
  private static let limit = 65_536

  private var known: Set<[UInt8]> = []
  private var key: [UInt8] = []

  /// Whether a summary may learn something from an event.
  mutating func isNew(_ fields: EventFields) -> Bool {
    guard let eventID = fields.header.eventID, AddressBook.eventIDs.contains(eventID) else { return true }
    key.removeAll(keepingCapacity: true)
    for text in [fields.header.provider, fields.data(named: "TargetUserName"), fields.data(named: "IpAddress")] {
      key.append(lengthAndBytesOf: text ?? EventHeader.absent)
    }
    guard !known.contains(key) else { return false }
    if known.count >= Self.limit { known = [] }
    known.insert(key)
    return true
  }
}

extension EventFields {
  /// The value of the first `<Data>` of that name.
  fileprivate func data(named name: StaticString) -> UnsafeRawBufferPointer? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return fields.first { field in
      field.kind == .data && field.name.count == wanted.count && field.name.elementsEqual(wanted)
    }?.value
  }
}
