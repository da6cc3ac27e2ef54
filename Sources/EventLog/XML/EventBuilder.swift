/// Builds an ``Event`` from the elements of one `<Event>`.
///
/// Follows the event schema (https://learn.microsoft.com/windows/win32/wes/eventschema-elements); elements that it does
/// not know are kept as ``Event/otherData``.
final class EventBuilder: XMLHandler {
  private enum Section { case none, system, eventData, userData, rendering, processingError, other }

  private(set) var event = Event()
  /// Whether the `<System>` element was closed: a damaged event without that is worth nothing.
  private(set) var hasHeader = false
  /// Whether the names that values were found under were too long to keep, see ``nameLimit``.
  private(set) var hasTooLongNames = false
  /// Whether placeholders of ``EventRepair`` stand in the text.
  var restoresControlCharacters = false

  /// Every leaf carries its path, so long names times many leaves could fill the memory.
  private static let nameLimit = 64 * 1024 * 1024
  private var nameBytes = 0

  private var depth = 0
  private var section = Section.none
  private var text: [UInt8] = []
  private var system = SystemElement.unknown
  private var dataName: String?
  private var elementName = ""
  private var path = ElementPath()
  private var lines: [String] = []

  /// Forgets the last event.
  func reset() {
    event = Event()
    hasHeader = false
    hasTooLongNames = false
    nameBytes = 0
    depth = 0
    section = .none
    text.removeAll(keepingCapacity: true)
    path = ElementPath()
  }

  /// Keeps what an event that ends too early left open; a header that was left open stays incomplete.
  func finish() {
    while depth > 2 || (depth == 2 && section == .other) { endElement() }
  }

  override func startElement(_ name: XMLName, _ attributes: XMLAttributes) {
    depth += 1
    switch depth {
    case 1: break
    case 2: startSection(name, attributes)
    case 3: startField(name, attributes)
    default: startNested(name, attributes)
    }
  }

  override func characters(_ bytes: UnsafeRawBufferPointer) {
    guard depth >= 3 || (depth == 2 && section == .other) else { return }
    text.append(contentsOf: bytes)
  }

  override func endElement() {
    switch depth {
    case 2: endSection()
    case 3: endField()
    case 4...: endNested()
    default: break
    }
    depth -= 1
  }

  private func startSection(_ name: XMLName, _ attributes: XMLAttributes) {
    text.removeAll(keepingCapacity: true)
    if name == "System" {
      section = .system
    } else if name == "EventData" {
      section = .eventData
      event.dataTemplate = value(attributes, "Name") ?? event.dataTemplate
    } else if name == "UserData" {
      section = .userData
    } else if name == "RenderingInfo" {
      section = .rendering
      var rendering = RenderingInfo()
      rendering.culture = value(attributes, "Culture")
      event.rendering = rendering
    } else if name == "ProcessingErrorData" {
      section = .processingError
    } else {
      section = .other
      path.push(name.string)
      append(attributes)
    }
  }

  private func endSection() {
    if section == .system { hasHeader = true }
    if section == .other { endLeaf() }
    section = .none
  }

  private func startField(_ name: XMLName, _ attributes: XMLAttributes) {
    switch section {
    case .system:
      text.removeAll(keepingCapacity: true)
      system = SystemElement(name)
      if system == .unknown { elementName = name.string }
      attributes.forEach { name, value in
        guard hasRoom(elementName.utf8.count) else { return }
        event.setSystemAttribute(system, elementName, name, string(value))
      }
    case .eventData:
      text.removeAll(keepingCapacity: true)
      lines.removeAll()
      elementName = name == "Data" ? "Data" : name.string
      dataName = value(attributes, "Name").flatMap { $0.isEmpty ? nil : $0 }
    case .rendering:
      text.removeAll(keepingCapacity: true)
      elementName = name.string
    case .userData, .processingError, .other:
      startNested(name, attributes)
    case .none:
      break
    }
  }

  private func endField() {
    switch section {
    case .system: event.setSystemText(system, elementName, takeText())
    case .eventData: endData()
    case .rendering: endRendering()
    case .userData, .processingError, .other: endLeaf()
    case .none: break
    }
  }

  private func startNested(_ name: XMLName, _ attributes: XMLAttributes) {
    switch section {
    case .userData, .processingError, .other:
      keepMixedText()
      path.push(name.string)
      append(attributes)
    case .eventData:
      endLine()
    case .rendering:
      text.removeAll(keepingCapacity: true)
    case .system, .none:
      break
    }
  }

  private func endNested() {
    switch section {
    case .userData, .processingError, .other: endLeaf()
    case .eventData: endLine()
    case .rendering where elementName == "Keywords": event.rendering?.keywords.append(takeText())
    default: break
    }
  }

  /// A value of several strings may nest them as elements; they become lines of one value.
  private func endLine() {
    if text.allSatisfy(\.isXMLSpace) { return text.removeAll(keepingCapacity: true) }
    lines.append(takeText().trimmingXMLSpace())
  }

  private func takeValue() -> String {
    guard !lines.isEmpty else { return takeText() }
    endLine()
    return lines.joined(separator: "\n")
  }

  private func endData() {
    switch elementName {
    case "Data": event.data.append(DataItem(name: dataName, value: takeValue()))
    case "Binary": event.binary = takeValue()
    default: event.data.append(DataItem(name: dataName ?? elementName, value: takeValue()))
    }
    dataName = nil
  }

  private func endRendering() {
    let value = takeText()
    switch elementName {
    case "Message": event.rendering?.message = value.isEmpty ? nil : value
    case "Level": event.rendering?.level = value
    case "Task": event.rendering?.task = value
    case "Opcode": event.rendering?.opcode = value
    case "Channel": event.rendering?.channel = value
    case "Provider": event.rendering?.provider = value
    case "Keywords": break
    default: if !value.isEmpty { keep(NamedValue(name: "RenderingInfo/\(elementName)", value: value)) }
    }
  }
}

// MARK: - Payload of any shape

extension EventBuilder {
  private func append(_ attributes: XMLAttributes) {
    attributes.forEach { name, value in
      guard hasRoom(path.length) else { return }
      keep(NamedValue(name: "\(path.description)/@\(name.string)", value: string(value)))
    }
  }

  /// Text that stands before a child element: kept when it says something.
  private func keepMixedText() {
    if !path.isEmpty, !isBlank(text), hasRoom(path.length) {
      keep(NamedValue(name: path.description, value: takeText()))
    }
    text.removeAll(keepingCapacity: true)
    path.noteChild()
  }

  private func endLeaf() {
    if !path.isEmpty, !path.hasChildren || !isBlank(text), hasRoom(path.length) {
      keep(NamedValue(name: path.description, value: takeText()))
    }
    text.removeAll(keepingCapacity: true)
    path.pop()
  }

  private func hasRoom(_ length: Int) -> Bool {
    nameBytes += length
    if nameBytes > Self.nameLimit { hasTooLongNames = true }
    return !hasTooLongNames
  }

  private func keep(_ value: NamedValue) {
    switch section {
    case .userData: event.userData.append(value)
    case .processingError: event.processingErrors.append(value)
    default: event.otherData.append(value)
    }
  }

  private func takeText() -> String {
    defer { text.removeAll(keepingCapacity: true) }
    return text.withUnsafeBytes { string($0) }
  }

  private func value(_ attributes: XMLAttributes, _ name: StaticString) -> String? {
    attributes.bytes(name).map { string($0) }
  }

  /// White space with a line break in it is an exporter's indentation of an empty element.
  private func string(_ bytes: UnsafeRawBufferPointer) -> String {
    if let first = bytes.first, first.isXMLSpace, bytes.contains(0x0A), bytes.allSatisfy(\.isXMLSpace) { return "" }
    let text = String(decoding: bytes, as: UTF8.self)
    return restoresControlCharacters ? EventRepair.restoringControlCharacters(in: text) : text
  }

  private func isBlank(_ text: [UInt8]) -> Bool {
    // Trees copied from a browser have `-` before every element that has children.
    text.allSatisfy { $0.isXMLSpace || $0 == UInt8(ascii: "-") }
  }
}

/// The names of the open elements of a payload.
private struct ElementPath: CustomStringConvertible {
  private var names: [String] = []
  private var childFlags: [Bool] = []

  var isEmpty: Bool { names.isEmpty }
  var hasChildren: Bool { childFlags.last ?? false }
  var description: String { names.joined(separator: "/") }
  /// The length of the description in bytes.
  private(set) var length = 0

  mutating func push(_ name: String) {
    names.append(name)
    length += name.utf8.count + 1
    childFlags.append(false)
  }

  mutating func noteChild() {
    if !childFlags.isEmpty { childFlags[childFlags.count - 1] = true }
  }

  mutating func pop() {
    length -= names.popLast().map { $0.utf8.count + 1 } ?? 0
    _ = childFlags.popLast()
  }
}
