/// Gives out the fields of plain events, in memory that is used again for the next one.
final class PlainFields: EventSource {
  private let fields = UnsafeMutablePointer<EventField>.allocate(capacity: ShapeLearner.valueLimit)
  /// Texts whose references had to be resolved.
  private var resolved = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
  private var used = 0
  /// The parser of the chunk, and where in it the event stands.
  var decoder: EventDecoder?
  private var range = 0..<0

  deinit {
    fields.deallocate()
    resolved.deallocate()
  }

  override func makeEvent() -> Event {
    guard let decoder, case .success(let event) = decoder.decode(range) else { return Event() }
    return event
  }

  override var plainText: UnsafeRawBufferPointer? {
    decoder.map { UnsafeRawBufferPointer(rebasing: $0.context.text[range]) }
  }

  override var location: EventLocation { decoder?.context.location(of: range.lowerBound) ?? EventLocation() }

  /// - Parameters:
  ///   - reader: What has read an event.
  ///   - range: Where in the chunk's text the event stands.
  /// - Returns: The fields of the event.
  func fields(of reader: inout PlainReader, at range: Range<Int>) -> EventFields {
    self.range = range
    reserve(range.count)
    var count = 0
    for field in reader.payloadFields where count < ShapeLearner.valueLimit {
      (fields + count).initialize(
        to: EventField(kind: field.kind, name: field.name, value: text(reader.payloadValue(field.hole))))
      count += 1
    }
    return EventFields(
      header: header(of: &reader), fields: UnsafeBufferPointer(start: fields, count: count),
      message: text(reader.message), shape: reader.payloadShape, self)
  }

  private func header(of reader: inout PlainReader) -> EventHeader {
    let kind = reader.kinds.kinds + reader.kind
    var header = EventHeader()
    header.kind = reader.kind
    header.provider = kind.pointee.key.provider
    header.channel = kind.pointee.key.channel
    header.computer = kind.pointee.key.computer
    header.eventID = kind.pointee.eventID
    header.level = kind.pointee.level
    header.timeCreated = reader.time()
    header.providerGUID = text(reader.value(.providerGUID))
    header.providerEventSourceName = text(reader.value(.providerEventSourceName))
    header.activityID = text(reader.value(.activityID))
    header.relatedActivityID = text(reader.value(.relatedActivityID))
    header.userID = text(reader.value(.userID))
    header.qualifiers = integer(reader.value(.qualifiers))
    header.version = integer(reader.value(.version))
    header.task = integer(reader.value(.task))
    header.opcode = integer(reader.value(.opcode))
    header.recordID = integer(reader.value(.recordID))
    header.processID = integer(reader.value(.processID))
    header.threadID = integer(reader.value(.threadID))
    header.keywords = reader.value(.keywords).flatMap { PlainNumber.keywords(text($0)) }
    return header
  }

  private func integer<Number: FixedWidthInteger>(_ value: FoundValue?) -> Number? {
    value.flatMap { PlainNumber.integer(text($0), Number.self) }
  }

  /// Resolved texts must not move, so there is room for all before the first.
  private func reserve(_ size: Int) {
    used = 0
    guard resolved.count < size else { return }
    resolved.deallocate()
    resolved = .allocate(capacity: max(size + ChunkMemory.slack, 64 * 1024))
  }

  @inline(__always)
  private func text(_ value: FoundValue?) -> UnsafeRawBufferPointer {
    guard let value, value.count > 0 else { return EventHeader.absent }
    let text = value.needs.isEmpty ? value.bytes : resolve(value)
    return text[0] <= 0x20 && text.isIndentation ? EventHeader.absent : text
  }

  private func resolve(_ value: FoundValue) -> UnsafeRawBufferPointer {
    guard let target = resolved.baseAddress, used + value.count <= resolved.count else { return EventHeader.absent }
    let count = PlainText.resolve(value.bytes, into: target + used)
    defer { used += count }
    return UnsafeRawBufferPointer(start: target + used, count: count)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether this is white space with a line break in it, which is an exporter's indentation of an empty element.
  var isIndentation: Bool { contains(0x0A) && allSatisfy(\.isXMLSpace) }
}
