import EventLog

/// Where a value of a field stands.
enum ValueSource: Sendable, Hashable {
  /// In the payload, by its position among the fields.
  case field(Int)
  /// In the header.
  case system(SystemField)
  /// The message that the exporting computer rendered.
  case message
}

/// The names of an event's fields in order: events of one shape have the values of a rule's fields at the same places.
struct EventShape {
  /// A field without its value.
  private struct Slot {
    var kind: EventField.Kind
    var name: Range<Int>
  }

  private var slots: [Slot] = []
  private var names: [UInt8] = []

  init(_ fields: EventFields) {
    for field in fields.fields {
      let start = names.count
      names.append(contentsOf: field.name)
      slots.append(Slot(kind: field.kind, name: start..<names.count))
    }
  }

  /// Whether an event has this shape.
  func isShape(of fields: EventFields) -> Bool {
    guard fields.fields.count == slots.count else { return false }
    return names.withUnsafeBytes { names in
      for index in 0..<slots.count {
        let slot = slots[index], field = fields.fields[index]
        guard slot.kind == field.kind, slot.name.count == field.name.count else { return false }
        if !ByteSearch.equal(UnsafeRawBufferPointer(rebasing: names[slot.name]), field.name) { return false }
      }
      return true
    }
  }

  /// Where the values of a reference stand, by the rules of looking up fields in an ``Event``.
  func sources(of reference: FieldReference) -> [ValueSource] {
    switch reference {
    case .system(let field): return [.system(field)]
    case .parameter(let index):
      return slots.indices.contains(index) && slots[index].kind == .data ? [.field(index)] : []
    case .unnamedData: return positions(of: .data) { $0.isEmpty || $0 == "Data" }
    case .binary: return positions(of: .binary) { _ in true }
    case .payload(let name): return payloadSources(name)
    case .anywhere:
      return slots.indices.map(ValueSource.field) + [.message] + SystemField.searchedAnywhere.map(ValueSource.system)
    }
  }

  private func payloadSources(_ name: String) -> [ValueSource] {
    for comparison in NameComparison.allCases {
      let data = positions(of: .data) { comparison.equal($0, name) }
      if !data.isEmpty { return data }
      let userData = positions(of: .userData) { comparison.path($0, endsWith: name) }
      if !userData.isEmpty { return userData }
    }
    if let field = SystemField.namedIgnoringCase(name) { return [.system(field)] }
    return FieldReference.isRenderedMessage(name) ? [.message] : []
  }

  private func positions(of kind: EventField.Kind, where isMeant: (String) -> Bool) -> [ValueSource] {
    slots.indices.filter { slots[$0].kind == kind && isMeant(name(at: $0)) }.map(ValueSource.field)
  }

  private func name(at index: Int) -> String { String(decoding: names[slots[index].name], as: UTF8.self) }
}

/// Where the values of a kind's references stand in events of one shape.
final class ResolvedShape {
  let shape: EventShape
  /// The sources of each reference.
  let sources: Grouped<ValueSource>
  /// The values that literals are looked for in.
  let searched: [ValueSource]
  /// For each of them, the references that look for literals there.
  let searches: Grouped<Int32>
  /// How many of the values that literals are looked for in no field asks for, only keywords; they come first.
  let looseCount: Int
  /// All other values that somebody asks for.
  let asked: [ValueSource]

  /// - Parameters:
  ///   - shape: The shape.
  ///   - references: The references of a kind.
  ///   - isSearched: Whether literals are looked for in the values of a reference.
  ///   - keywords: The reference to all values, if nothing but literals decides whether one of them fits.
  init(_ shape: EventShape, references: [FieldReference], isSearched: [Bool], keywords: Int? = nil) {
    self.shape = shape
    let sources = references.map(shape.sources)
    self.sources = Grouped(sources)
    let asked = Set(sources.enumerated().filter { $0.offset != keywords }.flatMap(\.element))
    // Values of the header are the same for many events.
    func isLoose(_ source: ValueSource) -> Bool { if case .system = source { false } else { !asked.contains(source) } }
    var searches: [ValueSource: [Int32]] = [:]
    var order: [ValueSource] = []
    for (reference, sources) in sources.enumerated() where isSearched[reference] {
      for source in sources {
        if searches[source] == nil { order.append(source) }
        searches[source, default: []].append(Int32(reference))
      }
    }
    let loose = order.filter(isLoose)
    looseCount = loose.count
    searched = loose + order.filter { !isLoose($0) }
    self.searches = Grouped(searched.map { searches[$0] ?? [] })
    var seen = Set(loose)
    self.asked = sources.joined().filter { seen.insert($0).inserted }
  }
}

/// The shapes that a thread has met among the events of a kind.
struct ShapeCache {
  private static let capacity = 32
  private var shapes: [ResolvedShape] = []
  private var last = 0
  /// The number that the reader of the last event gives to its shape; 0 when it gave none.
  private var lastNumber = 0

  /// The resolved shape of an event.
  ///
  /// All events must be from one ``EventLog/ChunkReader``, or be laid out from an ``EventLog/Event``.
  @inline(__always)
  mutating func resolve(_ fields: EventFields, _ make: (EventShape) -> ResolvedShape) -> ResolvedShape {
    if fields.shape != 0, fields.shape == lastNumber { return shapes[last] }
    return find(fields, make)
  }

  @inline(never)
  private mutating func find(_ fields: EventFields, _ make: (EventShape) -> ResolvedShape) -> ResolvedShape {
    lastNumber = fields.shape
    if last < shapes.count, shapes[last].shape.isShape(of: fields) { return shapes[last] }
    if let index = shapes.firstIndex(where: { $0.shape.isShape(of: fields) }) {
      last = index
      return shapes[index]
    }
    let resolved = make(EventShape(fields))
    // A hostile log may have a new shape in every event.
    if shapes.count == Self.capacity { shapes.removeFirst() }
    shapes.append(resolved)
    last = shapes.count - 1
    return resolved
  }
}
