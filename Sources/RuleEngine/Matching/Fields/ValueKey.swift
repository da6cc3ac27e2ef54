public import EventLog

/// Reads the values of some fields of events from one computer as bytes: where the bytes of two events are equal, so are
/// the values. No string is made for an event whose values were met before.
public final class ValueKey {
  private var references: [FieldReference] = []
  private var shapes = ShapeCache()

  /// Makes a key of no fields.
  public init() {}

  /// Whether the computer says all that tells the events apart.
  public var isEmpty: Bool { references.isEmpty }

  /// Takes fields into the key, except the computer; those that are in it already are not taken twice.
  ///
  /// - Parameters:
  ///   - names: The fields.
  ///   - rule: The rule that gives names to insertion strings, if any does.
  public func add(_ names: [String], rule: Rule? = nil) {
    for name in names {
      let reference = FieldReference(name: name, parameters: rule?.parameters ?? [])
      if reference != .system(.computer), !references.contains(reference) { references.append(reference) }
      // Evidence on `Data` is about all insertion strings, whatever they are called.
      if name == "Data", !references.contains(.unnamedData) { references.append(.unnamedData) }
    }
  }

  /// Adds the values of an event to a key.
  ///
  /// - Parameters:
  ///   - fields: The event; its values must stand in it, see ``EventLog/EventFields/tellsValues``.
  ///   - key: Gains each value behind its length.
  public func append(_ fields: EventFields, to key: inout [UInt8]) {
    guard !references.isEmpty else { return }
    let shape = shapes.resolve(fields) { shape in
      ResolvedShape(shape, references: references, isSearched: references.map { _ in false })
    }
    for reference in 0..<shape.sources.count {
      for place in shape.sources.range(of: reference) {
        fields.value(at: shape.sources[place])?.withText { key.append(lengthAndBytesOf: $0) }
      }
      // No length is negative, so this ends the values of a field.
      key.append(lengthOf: -1)
    }
  }
}

extension EventFields {
  /// Whether what rules ask of the event stands in its fields; else they may read it from the rendered message.
  public var tellsValues: Bool {
    let hasPayload = fields.first.map { $0.kind == .data || $0.kind == .userData } ?? false
    return hasPayload || message.isEmpty
  }
}

extension [UInt8] {
  /// Adds a text behind its length.
  public mutating func append(lengthAndBytesOf text: UnsafeRawBufferPointer) {
    append(lengthOf: text.count)
    append(contentsOf: text)
  }

  mutating func append(lengthOf count: Int) {
    let length = Int32(clamping: count)
    Swift.withUnsafeBytes(of: length) { append(contentsOf: $0) }
  }
}
