import CByteSearch

/// Reads plain events by the shapes of earlier ones: no allocation, no copy and no parser for an event whose shape is
/// known. What is not plain is left to the parser.
struct PlainReader: ~Copyable {
  /// How many shapes of headers are remembered; the last that fitted is tried first.
  private static let headerLimit = 16
  private static let learnedLimit = 4 * 1024 * 1024
  private static let kindLimit = 4096
  /// Shapes with more bytes are no pattern.
  private static let literalLimit = 64 * 1024

  private let store = ShapeStore()
  /// Shapes that are used once, because enough is remembered.
  private let scratch = ShapeStore()
  private let headers = UnsafeMutableBufferPointer<UnsafePointer<EventShape>>.allocate(capacity: headerLimit)
  private var headerCount = 0
  private(set) var kinds = KindTable()
  private var clock = EventClock()
  private let values = UnsafeMutablePointer<FoundValue>.allocate(capacity: 2 * ShapeLearner.valueLimit)

  private var header: UnsafePointer<EventShape>?
  private var payload: UnsafePointer<EventShape>?
  private var payloadValues: UnsafeMutablePointer<FoundValue>
  /// The number of the kind of the last event.
  private(set) var kind = 0
  /// How many shapes of payloads were ever learnt: no number is given twice.
  private var shapeCount = 0

  init() { payloadValues = values }

  deinit {
    headers.deallocate()
    values.deallocate()
  }

  /// Forgets everything when it has grown too much.
  ///
  /// - Returns: Whether the numbers of kinds mean other kinds from now on.
  mutating func trim() -> Bool {
    guard kinds.count > Self.kindLimit || store.size > Self.learnedLimit else { return false }
    kinds.removeAll()
    headerCount = 0
    (header, payload) = (nil, nil)
    store.removeAll()
    return true
  }

  /// Reads the event that begins at a place.
  ///
  /// - Parameters:
  ///   - start: Where an event may begin.
  ///   - end: The end of the text.
  ///   - limit: The largest event, in bytes.
  /// - Returns: The end of the event; nil when there is none or it is not plain.
  mutating func read(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, limit: Int
  ) -> UnsafePointer<UInt8>? {
    guard let header = findHeader(start, end) else { return learn(start, end, limit) }
    self.header = header.shape
    kind = kindNumber(header.shape)
    guard kinds.kinds[kind].isPlain else { return nil }
    payloadValues = header.values
    guard let stop = findPayload(header.end, end) else { return learn(start, end, limit) }
    return stop - start <= min(limit, ShapeLearner.sizeLimit) ? stop : nil
  }

  /// The time of the last event.
  mutating func time() -> EventTime? {
    guard let text = value(.timeCreated) else { return nil }
    guard text.needs.isEmpty else {
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { memory in
        guard let target = memory.baseAddress else { return nil }
        let count = PlainText.resolve(text.bytes, into: target)
        return EventTime(utf8: UnsafeRawBufferPointer(start: target, count: count))
      }
    }
    return clock.time(text.bytes)
  }

  /// A value of the last event's header.
  @inline(__always)
  func value(_ role: SystemRole) -> FoundValue? {
    guard let hole = header?.pointee.systemHoles[role.rawValue], hole >= 0 else { return nil }
    return values[Int(hole)]
  }

  /// The payload's fields of the last event, and how to find their values.
  var payloadFields: UnsafeBufferPointer<EventShape.Field> {
    payload?.pointee.fields ?? UnsafeBufferPointer(start: nil, count: 0)
  }

  /// The number of the shape of the last event's payload, see ``EventFields/shape``.
  var payloadShape: Int { payload?.pointee.number ?? 0 }

  /// The rendered message of the last event.
  var message: FoundValue? {
    guard let hole = payload?.pointee.messageHole, hole >= 0 else { return nil }
    return payloadValues[Int(hole)]
  }

  /// A value of the last event's payload.
  @inline(__always)
  func payloadValue(_ hole: Int32) -> FoundValue? { hole < 0 ? nil : payloadValues[Int(hole)] }

  /// The number of the kind of an event that was read in another way.
  mutating func number(of key: KindKey) -> Int { kinds.number(of: key, in: store) }

  // MARK: Known shapes

  /// Compares the tags of a shape, and finds the values between them.
  ///
  /// - Returns: The end of what fits, and of the values; nil when the text has another shape or is not plain.
  @inline(__always)
  private static func match(
    _ shape: UnsafePointer<EventShape>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>,
    _ values: UnsafeMutablePointer<FoundValue>
  ) -> (end: UnsafePointer<UInt8>, values: UnsafeMutablePointer<FoundValue>)? {
    var (place, step, value) = (start, shape.pointee.steps, values)
    while true {
      let count = Int(step.pointee.count)
      guard end - place >= count, evtriage_equal(place, step.pointee.literal, count) else { return nil }
      place += count
      let terminator = step.pointee.terminator
      if terminator == 0 { return (place, value) }
      var needs: PlainText.Needs = []
      guard let stop = PlainText.end(of: place, terminator, &needs) else { return nil }
      value.initialize(to: FoundValue(start: place, count: stop - place, needs: needs))
      (place, value, step) = (stop, value + 1, step + 1)
    }
  }

  @inline(__always)
  private mutating func findHeader(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> (shape: UnsafePointer<EventShape>, end: UnsafePointer<UInt8>, values: UnsafeMutablePointer<FoundValue>)? {
    var index = 0
    while index < headerCount {
      let shape = headers[index]
      if let found = Self.match(shape, start, end, values) {
        if index > 0 { headers.swapAt(index, 0) }
        return (shape, found.end, found.values)
      }
      index += 1
    }
    return nil
  }

  @inline(__always)
  private mutating func kindNumber(_ header: UnsafePointer<EventShape>) -> Int {
    func text(_ role: SystemRole) -> UnsafeRawBufferPointer {
      let hole = header.pointee.systemHoles[role.rawValue]
      return hole < 0 ? EventHeader.absent : values[Int(hole)].bytes
    }
    return kinds.number(
      of: KindKey(
        provider: text(.provider), channel: text(.channel), computer: text(.computer), eventID: text(.eventID),
        level: text(.level)), in: store)
  }

  @inline(__always)
  private mutating func findPayload(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    let kind = kinds.kinds + self.kind
    if let shape = kind.pointee.shapes.0, let found = Self.match(shape, start, end, payloadValues) {
      payload = shape
      return found.end
    }
    return findRarerPayload(start, end, kind)
  }

  @inline(never)
  private mutating func findRarerPayload(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ kind: UnsafeMutablePointer<HeaderKind>
  ) -> UnsafePointer<UInt8>? {
    let known = kind.pointee.shapes
    for case (let index, let shape?) in [known.1, known.2, known.3].enumerated() {
      guard let found = Self.match(shape, start, end, payloadValues) else { continue }
      switch index {
      case 0: kind.pointee.shapes = (shape, known.0, known.2, known.3)
      case 1: kind.pointee.shapes = (shape, known.0, known.1, known.3)
      default: kind.pointee.shapes = (shape, known.0, known.1, known.2)
      }
      payload = shape
      return found.end
    }
    return nil
  }

  // MARK: New shapes

  @inline(never)
  private mutating func learn(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ limit: Int
  ) -> UnsafePointer<UInt8>? {
    guard let learned = ShapeLearner(start, end: end), learned.place - start <= min(limit, ShapeLearner.sizeLimit)
    else {
      return nil
    }
    for (index, value) in learned.values.enumerated() { (values + index).initialize(to: value) }
    payloadValues = values + learned.headerValueCount
    scratch.removeAll()
    let shape = knownHeader(start, end) ?? remember(learned.header)
    header = shape
    kind = kindNumber(shape)
    guard kinds.kinds[kind].isPlain else { return nil }
    let isLearned = isWorthKeeping(learned.payload)
    if isLearned { shapeCount += 1 }
    let payload = learned.payload.shape(in: isLearned ? store : scratch, number: isLearned ? shapeCount : 0)
    self.payload = payload
    if isLearned {
      let known = kinds.kinds[kind].shapes
      kinds.kinds[kind].shapes = (payload, known.0, known.1, known.2)
    }
    return learned.place
  }

  private mutating func knownHeader(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<EventShape>? {
    findHeader(start, end)?.shape
  }

  private mutating func remember(_ draft: ShapeLearner.Draft) -> UnsafePointer<EventShape> {
    guard isWorthKeeping(draft) else { return draft.shape(in: scratch, number: 0) }
    let shape = draft.shape(in: store, number: 0)
    if headerCount < Self.headerLimit { headerCount += 1 }
    headers[headerCount - 1] = shape
    headers.swapAt(0, headerCount - 1)
    return shape
  }

  private func isWorthKeeping(_ draft: ShapeLearner.Draft) -> Bool {
    store.size < Self.learnedLimit && draft.literals.reduce(0) { $0 + $1.count } <= Self.literalLimit
  }
}

extension ShapeLearner.Draft {
  /// The shape with its own copies of the tags.
  fileprivate func shape(in store: ShapeStore, number: Int) -> UnsafePointer<EventShape> {
    let steps = literals.map { literal in
      EventShape.Step(
        literal: store.copy(UnsafeRawBufferPointer(start: literal.start, count: literal.count)),
        count: Int32(literal.count), terminator: literal.terminator)
    }
    let fields = fields.map { field in
      let name = field.name.withUnsafeBytes { store.copy($0) }
      return EventShape.Field(
        kind: field.kind, name: UnsafeRawBufferPointer(start: name, count: field.name.count), hole: field.hole)
    }
    let shape = store.allocate(EventShape.self, count: 1)
    let (stepMemory, holeMemory) = (store.copy(steps), store.copy(systemHoles))
    if let steps = stepMemory.baseAddress, let holes = holeMemory.baseAddress {
      shape.initialize(
        to: EventShape(
          steps: steps, fields: store.copy(fields), systemHoles: holes, messageHole: messageHole,
          number: number))
    }
    return UnsafePointer(shape)
  }
}
