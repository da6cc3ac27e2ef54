/// Reads an event that no known shape fits: finds out whether it is plain and well-formed, and what its shape is.
///
/// Conservative: what it accepts, a strict XML 1.0 parser accepts with the same values. Everything else (prefixes,
/// comments, CDATA, declarations, odd names, unknown references, anything to mend) it leaves to the parser.
struct ShapeLearner {
  static let depthLimit = 16
  static let sizeLimit = 1024 * 1024
  static let valueLimit = 2048
  private static let attributeLimit = 16
  private static let namespaceLimit = 32
  private static let nameLimit = 48

  /// A shape whose literals are still where they were found.
  struct Draft {
    var literals: [(start: UnsafePointer<UInt8>, count: Int, terminator: UInt8)] = []
    var fields: [(kind: EventField.Kind, name: [UInt8], hole: Int32)] = []
    var systemHoles = [Int32](repeating: EventShape.none, count: SystemRole.count)
    var messageHole = EventShape.none
    var binaryCount = 0
  }

  private enum Section { case root, system, eventData, userData, rendering, error }

  private struct Element {
    var name: UnsafeRawBufferPointer
    var hasChildren = false
    /// The length of ``path`` without this element.
    var pathStart = 0
  }

  private(set) var header = Draft()
  private(set) var payload = Draft()
  /// The values of the header and then those of the payload.
  private(set) var values: [FoundValue] = []
  /// Where the values of the payload begin.
  private(set) var headerValueCount = 0
  /// Behind `</System>`, and behind the event.
  private(set) var headerEnd: UnsafePointer<UInt8>
  private(set) var place: UnsafePointer<UInt8>

  private let end: UnsafePointer<UInt8>
  private var literalStart: UnsafePointer<UInt8>
  private var draft = Draft()
  private var section = Section.root
  private var elements: [Element] = []
  private var path: [UInt8] = []
  private var seenSystem: Set<SystemElement> = []
  private var hasRendering = false
  private var namespaces = 0
  /// The `Name` of the `<Data>` that is being read.
  private var dataName: [UInt8]?

  /// Reads an event.
  ///
  /// - Returns: nil when it is not plain.
  init?(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    place = start
    literalStart = start
    headerEnd = start
    self.end = end
    guard readEvent() else { return nil }
  }

  private mutating func readEvent() -> Bool {
    repeat {
      guard place < end, place.pointee == UInt8(ascii: "<"), readTag() else { return false }
      if elements.isEmpty { break }
      // Between tags there is white space only, unless readTag() has read the value of a leaf.
      while place.pointee.isXMLSpace { place += 1 }
    } while true
    guard place <= end else { return false }
    payload = closeDraft()
    sortFields()
    return true
  }

  private mutating func closeDraft() -> Draft {
    draft.literals.append((literalStart, place - literalStart, 0))
    literalStart = place
    defer { draft = Draft() }
    return draft
  }

  /// Fields stand in the order of their kinds.
  private mutating func sortFields() {
    let fields = payload.fields
    payload.fields = [EventField.Kind.data, .userData, .binary].flatMap { kind in fields.filter { $0.kind == kind } }
  }

  private mutating func readTag() -> Bool {
    place += 1
    if place.pointee == UInt8(ascii: "/") { return readClosingTag() }
    guard elements.count < Self.depthLimit, let name = readName(), !name.contains("xmlns") else { return false }
    guard enter(name) else { return false }
    guard let isEmpty = readAttributes() else { return false }
    if isEmpty { return leaveEmptyElement() }
    let textStart = place
    while place.pointee.isXMLSpace { place += 1 }
    let isContainer = place.pointee == UInt8(ascii: "<") && place[1] != UInt8(ascii: "/")
    if isContainer { return canHaveChildren }
    place = textStart
    return readLeaf()
  }

  private mutating func readClosingTag() -> Bool {
    place += 1
    guard let element = elements.last, let name = readName(), name.elementsEqual(element.name) else { return false }
    while place.pointee.isXMLSpace { place += 1 }
    guard place.pointee == UInt8(ascii: ">") else { return false }
    place += 1
    return leave()
  }

  // MARK: Names, attributes and text

  /// An ASCII name without a prefix.
  private mutating func readName() -> UnsafeRawBufferPointer? {
    let start = place
    while Self.isNameByte(place.pointee) { place += 1 }
    let isStart = !(0x2D...0x39).contains(start.pointee)
    guard place > start, place - start <= Self.nameLimit, isStart else { return nil }
    return UnsafeRawBufferPointer(start: start, count: place - start)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// The attributes of the innermost element up to the end of its tag.
  ///
  /// - Returns: Whether the element is empty (`/>`); nil when the tag is not plain.
  private mutating func readAttributes() -> Bool? {
    var names: [UnsafeRawBufferPointer] = []
    while true {
      let before = place
      while place.pointee.isXMLSpace { place += 1 }
      if place.pointee == UInt8(ascii: ">") {
        place += 1
        return false
      }
      if place.pointee == UInt8(ascii: "/") {
        guard place[1] == UInt8(ascii: ">") else { return nil }
        place += 2
        return true
      }
      guard place > before, names.count < Self.attributeLimit, let name = readAttributeName(),
        !names.contains(where: { $0.elementsEqual(name) }), readAttributeValue(of: name)
      else { return nil }
      names.append(name)
    }
  }

  /// A plain name, `xmlns` or `xmlns:prefix`: other prefixes would have to be declared.
  private mutating func readAttributeName() -> UnsafeRawBufferPointer? {
    let start = place
    guard let name = readName() else { return nil }
    guard name.contains("xmlns") else { return place.pointee == UInt8(ascii: ":") ? nil : name }
    guard name.equals("xmlns") else { return nil }
    if place.pointee == UInt8(ascii: ":") {
      place += 1
      guard let prefix = readName(), !prefix.equals("xml"), !prefix.contains("xmlns") else { return nil }
    }
    return UnsafeRawBufferPointer(start: start, count: place - start)
  }

  private mutating func readAttributeValue(of name: UnsafeRawBufferPointer) -> Bool {
    while place.pointee.isXMLSpace { place += 1 }
    guard place.pointee == UInt8(ascii: "=") else { return false }
    place += 1
    while place.pointee.isXMLSpace { place += 1 }
    let quote = place.pointee
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return false }
    place += 1
    let start = place
    var needs: PlainText.Needs = []
    guard let stop = PlainText.end(of: place, quote, &needs), stop < end else { return false }
    defer { place = stop + 1 }
    let value = FoundValue(start: start, count: stop - start, needs: needs)
    if name.starts(with: "xmlns".utf8) {
      // Namespaces are part of the shape; more of them than an exporter declares are for the parser to refuse.
      namespaces += 1
      return needs.isEmpty && namespaces <= Self.namespaceLimit
    }
    return takeAttribute(name, value, terminator: quote)
  }

  /// The text of an element without children, and its closing tag.
  private mutating func readLeaf() -> Bool {
    let start = place
    var needs: PlainText.Needs = []
    guard let stop = PlainText.end(of: place, UInt8(ascii: "<"), &needs), stop < end,
      stop[1] == UInt8(ascii: "/")
    else { return false }
    let value = FoundValue(start: start, count: stop - start, needs: needs)
    guard let hole = addHole(value, terminator: UInt8(ascii: "<")) else { return false }
    place = stop + 1
    takeText(hole)
    return readClosingTag()
  }

  private mutating func addHole(_ value: FoundValue, terminator: UInt8) -> Int32? {
    guard values.count < Self.valueLimit else { return nil }
    draft.literals.append((literalStart, value.start - literalStart, terminator))
    literalStart = value.start + value.count
    values.append(value)
    return Int32(values.count - 1 - headerValueCount)
  }

  // MARK: Meaning

  private var depth: Int { elements.count }

  /// Whether the innermost element, which has just begun, may have elements in it.
  private var canHaveChildren: Bool {
    switch section {
    case .root, .userData, .error: true
    case .system: depth == 2
    case .eventData: depth == 2
    case .rendering: depth == 2 || (depth == 3 && elements[2].name.equals("Keywords"))
    }
  }

  private mutating func enter(_ name: UnsafeRawBufferPointer) -> Bool {
    // A nested event is for the splitter to judge.
    guard name.equals("Event") == elements.isEmpty else { return false }
    if depth == 1 {
      guard enterSection(name) else { return false }
    } else if depth > 1 {
      elements[depth - 1].hasChildren = true
    }
    elements.append(Element(name: name, pathStart: path.count))
    switch section {
    case .system where depth == 3:
      let element = SystemElement(name)
      return element == .unknown || seenSystem.insert(element).inserted
    case .userData where depth >= 3:
      if !path.isEmpty { path.append(UInt8(ascii: "/")) }
      path.append(contentsOf: name)
    case .rendering where depth == 3: return enterRendering(name)
    default: break
    }
    return true
  }

  private mutating func enterSection(_ name: UnsafeRawBufferPointer) -> Bool {
    let isFirst = header.literals.isEmpty
    guard name.equals("System") == isFirst else { return false }
    if isFirst {
      section = .system
    } else if name.equals("EventData") {
      section = .eventData
    } else if name.equals("UserData") {
      section = .userData
    } else if name.equals("RenderingInfo"), !hasRendering {
      section = .rendering
      hasRendering = true
    } else if name.equals("ProcessingErrorData") {
      section = .error
    } else {
      return false
    }
    return true
  }

  private func enterRendering(_ name: UnsafeRawBufferPointer) -> Bool {
    let isKnown = ["Message", "Level", "Task", "Opcode", "Channel", "Provider", "Keywords"].contains {
      name.elementsEqual($0.utf8)
    }
    return isKnown && !(name.equals("Message") && draft.messageHole != EventShape.none)
  }

  private mutating func takeAttribute(
    _ name: UnsafeRawBufferPointer, _ value: FoundValue, terminator: UInt8
  ) -> Bool {
    // The names of fields are part of the shape.
    if section == .eventData, depth == 3, name.equals("Name") { return takeDataName(value) }
    guard let hole = addHole(value, terminator: terminator) else { return false }
    if section == .system, depth == 3, let role = SystemRole.attribute(name, of: SystemElement(elements[2].name)) {
      draft.systemHoles[role.rawValue] = hole
    } else if section == .userData, depth >= 3 {
      draft.fields.append((.userData, path + Array("/@".utf8) + name, hole))
    }
    return true
  }

  private mutating func takeDataName(_ value: FoundValue) -> Bool {
    dataName = value.count > 0 ? Array(value.bytes) : nil
    return value.needs.isEmpty
  }

  /// Takes the text of the innermost element.
  private mutating func takeText(_ hole: Int32) {
    switch section {
    case .system where depth == 3:
      if let role = SystemRole.text(of: SystemElement(elements[2].name)) { draft.systemHoles[role.rawValue] = hole }
    case .eventData where depth == 3: takeData(hole)
    case .userData where depth >= 3: draft.fields.append((.userData, path, hole))
    case .rendering where depth == 3 && elements[2].name.equals("Message"): draft.messageHole = hole
    default: break
    }
  }

  private mutating func takeData(_ hole: Int32) {
    let name = elements[2].name
    defer { dataName = nil }
    if name.equals("Binary") {
      draft.binaryCount += 1
      return draft.fields.append((.binary, [], hole))
    }
    draft.fields.append((.data, dataName ?? (name.equals("Data") ? [] : Array(name)), hole))
  }

  private mutating func leaveEmptyElement() -> Bool {
    // An empty message is none.
    if section == .eventData || section == .userData { takeText(EventShape.none) }
    return leave()
  }

  private mutating func leave() -> Bool {
    let element = elements.removeLast()
    path.removeLast(path.count - element.pathStart)
    dataName = nil
    if depth == 0 { return !header.literals.isEmpty }
    if depth == 1 {
      if section == .system {
        header = closeDraft()
        headerEnd = place
        headerValueCount = values.count
      }
      section = .root
    }
    return draft.fields.count <= Self.valueLimit && draft.binaryCount <= 1
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func contains(_ part: StaticString) -> Bool { firstIndex(of: part) != nil }
}

extension SystemElement {
  /// The element of that name.
  init(_ name: UnsafeRawBufferPointer) {
    self = Self.byName.first { name.elementsEqual($0.name.utf8) }?.element ?? .unknown
  }

  private static let byName = allCases.compactMap { element in element.name.map { (name: $0, element: element) } }
}
