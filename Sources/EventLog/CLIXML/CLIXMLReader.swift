/// Reads events that PowerShell serialised: `Get-EventLog … | Export-Clixml` and `Get-WinEvent … | Export-Clixml`.
///
/// The format is described in [MS-PSRP] section 2.2.5; `EventLogEntry` and `EventLogRecord` are .NET classes.
struct CLIXMLReader {
  private let context: ChunkText

  init(_ context: ChunkText) { self.context = context }

  func read(_ body: (Event) -> Void) -> ReadingTally {
    var tally = ReadingTally()
    let handler = CLIXMLObjectHandler()
    guard let parser = XMLParser(handler: handler, depthLimit: context.limits.depth) else {
      tally.note(Damage(byteOffset: 0, reason: "libxml2 has no memory left", isRecovered: false))
      return tally
    }
    let splitter = CLIXMLSplitter(context.text)
    // An object that is not closed ends with the text.
    let rest = splitter.unclosed.map { [$0..<context.text.count] } ?? []
    // A reference means the list that was last written before it, wherever the input is cut into chunks.
    var logNames = CLIXMLLogNames(context.chunk.logNames)
    var collected = 0
    for range in splitter.objects + rest {
      let location = context.location(of: range.lowerBound)
      logNames.collect(from: context.text.slice(collected..<range.upperBound))
      collected = range.upperBound
      switch read(range, parser, handler, logNames.names) {
      case .success(var event):
        event.location = location
        if context.hasReplacement(in: range) { event.repairs.insert(.invalidText) }
        tally.note(event)
        body(event)
      case .failure(let failure):
        tally.note(Damage(byteOffset: location.byteOffset, reason: failure.reason, isRecovered: false))
      }
    }
    return tally
  }

  private func read(
    _ range: Range<Int>, _ parser: XMLParser, _ handler: CLIXMLObjectHandler, _ logNames: [Int: String]
  ) -> Result<Event, EventDecoder.Failure> {
    guard range.count <= context.limits.eventBytes else { return failure("the event is larger than the limit") }
    let text = context.text.slice(range)
    var repairs: Repairs = []
    handler.reset()
    var outcome = parser.parse(text)
    if case .malformed = outcome {
      let repair = EventRepair(text, isDeclaredWestern: context.isDeclaredWestern)
      repairs = repair.repairs
      handler.reset(restoresControlCharacters: repairs.contains(.controlCharacters))
      outcome = repair.bytes.withUnsafeBytes { parser.parse($0) }
    }
    switch outcome {
    case .refused(let reason), .malformed(let reason): return failure(reason)
    case .wellFormed: break
    }
    guard var event = Event(handler.object, logNames: logNames) else {
      return failure("the serialised object is no event log entry")
    }
    event.repairs = repairs
    return .success(event)
  }

  private func failure(_ reason: String) -> Result<Event, EventDecoder.Failure> {
    .failure(EventDecoder.Failure(reason: reason))
  }
}

/// The properties of one serialised object.
struct CLIXMLObject {
  /// The text of each property by name: of a scalar itself, of an object its `<ToString>`.
  var properties: [String: String] = [:]
  /// The items of each property that is a list.
  var lists: [String: [String]] = [:]
  /// The object's type names, the most special first.
  var typeNames: [String] = []
  /// The number of a type name list that was written out earlier in the file.
  var typeNameReference: Int?
}

/// Collects a ``CLIXMLObject`` from the elements of one outermost `<Obj>`.
final class CLIXMLObjectHandler: XMLHandler {
  private enum Element { case object, properties, list, typeNames, toString, scalar }

  private struct Frame {
    var element: Element
    var name: String?
  }

  private(set) var object = CLIXMLObject()
  private var frames: [Frame] = []
  private var text: [UInt8] = []
  private var restoresControlCharacters = false

  /// Forgets the last object.
  ///
  /// - Parameter restoresControlCharacters: Whether placeholders of ``EventRepair`` stand in the text of the next one.
  func reset(restoresControlCharacters: Bool = false) {
    self.restoresControlCharacters = restoresControlCharacters
    object = CLIXMLObject()
    frames.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
  }

  override func startElement(_ name: XMLName, _ attributes: XMLAttributes) {
    text.removeAll(keepingCapacity: true)
    if name == "TNRef", frames.count == 1 {
      object.typeNameReference = attributes.value("RefId").flatMap { Int($0) }
    }
    frames.append(Frame(element: Self.element(name), name: attributes.value("N")))
  }

  override func characters(_ bytes: UnsafeRawBufferPointer) { text.append(contentsOf: bytes) }

  override func endElement() {
    guard let frame = frames.popLast() else { return }
    defer { text.removeAll(keepingCapacity: true) }
    switch frame.element {
    case .scalar where frames.last?.element == .typeNames:
      if frames.count == 2 { object.typeNames.append(value) }
    case .scalar: keepScalar(frame)
    case .toString: if let property, frames.count == 3 { object.properties[property] = value }
    case .object, .properties, .list, .typeNames: break
    }
  }

  private var value: String {
    let text = String(decoding: text, as: UTF8.self)
    return Self.unescape(restoresControlCharacters ? EventRepair.restoringControlCharacters(in: text) : text)
  }

  /// The property of the outermost object that the open elements belong to.
  private var property: String? { frames.dropFirst().first { $0.name != nil }?.name }

  private func keepScalar(_ frame: Frame) {
    guard let property = property ?? frame.name else { return }
    if frames.last?.element == .properties, frames.count == 2 {
      object.properties[property] = value
    } else if frames.contains(where: { $0.element == .list }), frame.name == nil || frame.name == "Value" {
      object.lists[property, default: []].append(value)
    }
  }

  private static func element(_ name: XMLName) -> Element {
    if name == "Obj" { return .object }
    if name == "Props" || name == "MS" { return .properties }
    if name == "LST" || name == "IE" || name == "STK" || name == "QUE" { return .list }
    if name == "TN" || name == "TNRef" { return .typeNames }
    if name == "ToString" { return .toString }
    return .scalar
  }

  /// Resolves `_x000A_`, the way PowerShell writes characters that XML could not carry ([MS-PSRP] 2.2.5.3.2).
  static func unescape(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let units = Array(text.utf16)
    var result: [UInt16] = []
    result.reserveCapacity(units.count)
    var index = 0
    while index < units.count {
      if index + 7 <= units.count, units[index] == 0x5F, units[index + 1] == 0x78, units[index + 6] == 0x5F,
        let unit = UInt16(String(decoding: units[(index + 2)..<(index + 6)], as: UTF16.self), radix: 16)
      {
        result.append(unit)
        index += 7
      } else {
        result.append(units[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF16.self)
  }
}
