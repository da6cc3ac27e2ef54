/// The parts of an event that its exporter writes again and again, and the holes between them where values stand.
///
/// An exporter writes all events of a kind alike, byte by byte, but for the values. What has the same tags as an event
/// that was found plain and well-formed is plain and well-formed itself if its values are plain; so the tags of most
/// events are compared and not parsed. A shape is one half of an event: up to `</System>`, or from there to `</Event>`.
///
/// Shapes are plain memory without reference counts, owned by a ``ShapeStore``.
struct EventShape {
  /// Bytes that must stand somewhere, and what ends the value after them.
  struct Step {
    var literal: UnsafePointer<UInt8>
    var count: Int32
    /// `<` or a quotation mark; 0 when there is no value and the shape ends.
    var terminator: UInt8
  }

  /// A value of the payload.
  struct Field {
    var kind: EventField.Kind
    var name: UnsafeRawBufferPointer
    /// The number of the hole; ``EventShape/none`` for an empty element.
    var hole: Int32
  }

  /// The number of a hole that is not there.
  static let none: Int32 = -1

  var steps: UnsafePointer<Step>
  var fields: UnsafeBufferPointer<Field>
  /// The number of the hole of each ``SystemRole``.
  var systemHoles: UnsafePointer<Int32>
  /// The hole of `RenderingInfo/Message`.
  var messageHole: Int32
  /// See ``EventFields/shape``.
  var number: Int
}

/// A value that was found in a hole of a shape.
struct FoundValue {
  var start: UnsafePointer<UInt8>
  var count: Int
  var needs: PlainText.Needs

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}

/// The values of `<System>` that have a property in ``Event``.
enum SystemRole: Int {
  case provider, providerGUID, providerEventSourceName, eventID, qualifiers, version, level, task, opcode, keywords
  case timeCreated, recordID, activityID, relatedActivityID, processID, threadID, channel, computer, userID

  static let count = 19

  /// What the text of an element means.
  static func text(of element: SystemElement) -> SystemRole? {
    switch element {
    case .eventID: .eventID
    case .version: .version
    case .level: .level
    case .task: .task
    case .opcode: .opcode
    case .keywords: .keywords
    case .eventRecordID: .recordID
    case .channel: .channel
    case .computer: .computer
    case .provider, .timeCreated, .correlation, .execution, .security, .unknown: nil
    }
  }

  /// What an attribute of an element means.
  static func attribute(_ name: UnsafeRawBufferPointer, of element: SystemElement) -> SystemRole? {
    switch element {
    case .provider where name.equals("Name"): .provider
    case .provider where name.equals("Guid"): .providerGUID
    case .provider where name.equals("EventSourceName"): .providerEventSourceName
    case .eventID where name.equals("Qualifiers"): .qualifiers
    case .timeCreated where name.equals("SystemTime"): .timeCreated
    case .correlation where name.equals("ActivityID"): .activityID
    case .correlation where name.equals("RelatedActivityID"): .relatedActivityID
    case .execution where name.equals("ProcessID"): .processID
    case .execution where name.equals("ThreadID"): .threadID
    case .security where name.equals("UserID"): .userID
    default: nil
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether these are the bytes of a text.
  func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && matches(text, at: 0) }
}
