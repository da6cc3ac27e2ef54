import EventLog
import TestSupport
import Testing

/// Events as slices hold what events as strings hold.
struct EventFieldsTests {
  @Test(arguments: ExportShape.all + ExportShape.tricky)
  func fieldsEqualTheEvents(shape: ExportShape) throws {
    let bytes = Array(shape.text.utf8)
    var seen: [Event] = []
    let reader = try? EventReader(InputSource(origin: .memory(bytes), name: shape.name))
    while let chunk = try reader?.next() {
      _ = chunk.decode(fields: { fields in
        let event = fields.makeEvent()
        expectEqual(fields, event)
        seen.append(event)
      })
    }
    #expect(seen == readAll(bytes).events)
  }

  @Test func insertionStringsComeFirst() {
    var event = Event()
    event.binary = "00FF"
    event.userData = [NamedValue(name: "Leaf/@x", value: "u")]
    event.data = [DataItem(name: "a", value: "1"), DataItem(value: "")]
    event.withFields { fields in
      #expect(fields.fields.map(\.kind) == [.data, .data, .userData, .binary])
      #expect(fields.fields[0].name.elementsEqual("a".utf8))
      #expect(fields.fields[1].name.isEmpty && fields.fields[1].value.isEmpty)
      expectEqual(fields, event)
    }
  }
}

/// Expects every slice to be the text of the event's property.
func expectEqual(_ fields: EventFields, _ event: Event, _ place: SourceLocation = #_sourceLocation) {
  let header = fields.header
  func text(_ slice: UnsafeRawBufferPointer) -> String? {
    slice.isEmpty ? nil : String(decoding: slice, as: UTF8.self)
  }
  #expect(text(header.provider) ?? "" == event.provider.name, sourceLocation: place)
  #expect(text(header.providerGUID) == event.provider.guid, sourceLocation: place)
  #expect(text(header.providerEventSourceName) == event.provider.eventSourceName, sourceLocation: place)
  #expect(header.eventID == event.eventID, sourceLocation: place)
  #expect(header.qualifiers == event.qualifiers, sourceLocation: place)
  #expect(header.version == event.version, sourceLocation: place)
  #expect(header.level == event.level, sourceLocation: place)
  #expect(header.task == event.task, sourceLocation: place)
  #expect(header.opcode == event.opcode, sourceLocation: place)
  #expect(header.keywords == event.keywords, sourceLocation: place)
  #expect(header.timeCreated == event.timeCreated, sourceLocation: place)
  #expect(header.recordID == event.recordID, sourceLocation: place)
  #expect(text(header.activityID) == event.activityID, sourceLocation: place)
  #expect(text(header.relatedActivityID) == event.relatedActivityID, sourceLocation: place)
  #expect(header.processID == event.processID, sourceLocation: place)
  #expect(header.threadID == event.threadID, sourceLocation: place)
  #expect(text(header.channel) ?? "" == event.channel, sourceLocation: place)
  #expect(text(header.computer) ?? "" == event.computer, sourceLocation: place)
  #expect(text(header.userID) == event.userID, sourceLocation: place)
  let data = event.data.map { NamedValue(name: "data \($0.name ?? "")", value: $0.value) }
  let userData = event.userData.map { NamedValue(name: "userData \($0.name)", value: $0.value) }
  let binary = event.binary.map { [NamedValue(name: "binary ", value: $0)] } ?? []
  let other = event.otherData.map { NamedValue(name: "other \($0.name)", value: $0.value) }
  let shown = fields.fields.map { field in
    NamedValue(
      name: "\(field.kind) \(String(decoding: field.name, as: UTF8.self))",
      value: String(decoding: field.value, as: UTF8.self))
  }
  #expect(shown == data + userData + binary + other, sourceLocation: place)
  #expect(text(fields.message) == event.rendering?.message, sourceLocation: place)
}
