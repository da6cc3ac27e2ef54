/// The shape of an event export.
public enum InputFormat: Sendable, Hashable {
  /// `<Event>` elements, with or without a root, in whatever surroundings.
  case eventXML(EventTag)
  /// PowerShell's serialised objects: `Get-EventLog … | Export-Clixml`.
  case clixml
  /// Labelled lines, as Event Viewer copies them and people paste them in tickets.
  case classicText

  /// The name that reports show.
  public var name: String {
    switch self {
    case .eventXML: "event XML"
    case .clixml: "CLIXML"
    case .classicText: "classic text"
    }
  }
}

/// The spelling of the tags around an event: `<Event` and `</Event>`, possibly with a namespace prefix.
public struct EventTag: Sendable, Hashable {
  /// `<Event`.
  let opening: [UInt8]
  /// `</Event`.
  let closing: [UInt8]
  /// `<System`.
  let header: [UInt8]

  /// Makes the spelling for a prefix, nil for none.
  public init(prefix: String? = nil) {
    let prefix = prefix.map { $0 + ":" } ?? ""
    opening = Array("<\(prefix)Event".utf8)
    closing = Array("</\(prefix)Event".utf8)
    header = Array("<\(prefix)System".utf8)
  }
}

/// Judges by its content what an input is.
struct FormatGuess {
  enum Verdict {
    case readable(InputFormat)
    case foreign(ForeignFormat)
    case documentType
  }

  let verdict: Verdict

  /// - Parameter text: The start of the input as UTF-8.
  init(text: UnsafeRawBufferPointer) {
    verdict =
      Self.binaryFormat(text).map(Verdict.foreign) ?? Self.eventXML(text) ?? Self.otherText(text)
  }

  private static let magics: [(bytes: [UInt8], offset: Int, format: ForeignFormat)] = [
    (Array("ElfFile\0".utf8), 0, .evtx),
    (Array("LfLe".utf8), 4, .evt),
    (Array("PK\u{3}\u{4}".utf8), 0, .binary("a ZIP archive")),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, .binary("a 7-Zip archive")),
    ([0x28, 0xB5, 0x2F, 0xFD], 0, .binary("Zstandard data")),
    (Array("BZh".utf8), 0, .binary("bzip2 data")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], 0, .binary("xz data")),
    (Array("MSCF".utf8), 0, .binary("a cabinet archive")),
    (Array("Rar!".utf8), 0, .binary("a RAR archive")),
    (Array("%PDF".utf8), 0, .binary("a PDF")),
    (Array("SQLite format 3".utf8), 0, .binary("an SQLite database")),
    ([0xD0, 0xCF, 0x11, 0xE0], 0, .binary("an old Office document")),
    (Array("\u{7F}ELF".utf8), 0, .binary("a program")),
    (Array("MZ".utf8), 0, .binary("a Windows program")),
  ]

  static func binaryFormat(_ text: UnsafeRawBufferPointer) -> ForeignFormat? {
    magics.first { text.matches($0.bytes, at: $0.offset) }?.format
  }

  private static func eventXML(_ text: UnsafeRawBufferPointer) -> Verdict? {
    guard let (tag, start) = firstEvent(text) else { return nil }
    if let declaration = text.slice(0..<start).firstIndex(of: "<!DOCTYPE") {
      let isHTML = startsIgnoringCase(text.slice(declaration..<start), "<!doctype html")
      return isHTML ? .foreign(.html) : .documentType
    }
    return .readable(.eventXML(tag))
  }

  /// The spelling and the place of the first event's opening tag.
  private static func firstEvent(_ text: UnsafeRawBufferPointer) -> (EventTag, Int)? {
    let plain = EventTag()
    if let found = EventMarkup(plain).opening(in: text, from: 0) { return (plain, found.lowerBound) }
    var position = 0
    while let colon = text.firstIndex(of: ":Event", from: position) {
      position = colon + 1
      guard EventMarkup(plain).endsName(text, colon + 6) else { continue }
      var start = colon
      while start > 0, isNameByte(text[start - 1]) { start -= 1 }
      guard start > 0, start < colon, text[start - 1] == UInt8(ascii: "<") else { continue }
      let tag = EventTag(prefix: String(decoding: text[start..<colon], as: UTF8.self))
      return (tag, start - 1)
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  private static func otherText(_ text: UnsafeRawBufferPointer) -> Verdict {
    let start = text.firstIndex { !$0.isXMLSpace && $0 != 0 } ?? text.count
    guard start < text.count else { return .foreign(.empty) }
    let body = text.slice(start..<text.count)
    if body.firstIndex(of: "<Objs") != nil { return .readable(.clixml) }
    if ClassicTextReader.looksLikeEvents(body) { return .readable(.classicText) }
    if body.firstIndex(of: "&lt;Event") != nil { return .foreign(.escapedXML) }
    if let first = body.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .foreign(.json) }
    if startsIgnoringCase(body, "<!doctype html") || startsIgnoringCase(body, "<html") { return .foreign(.html) }
    if body.firstIndex(of: "<!DOCTYPE") != nil { return .documentType }
    if let root = rootElement(body) {
      return root == "Events" ? .readable(.eventXML(EventTag())) : .foreign(.otherXML(rootElement: root))
    }
    if body.prefix(512).contains(0) { return .foreign(.binary("a binary file")) }
    return .foreign(looksLikeCSV(body) ? .csv : .text)
  }

  private static func startsIgnoringCase(_ text: UnsafeRawBufferPointer, _ prefix: String) -> Bool {
    String(decoding: text.prefix(prefix.utf8.count), as: UTF8.self).lowercased() == prefix
  }

  /// The name of the first element, declarations and comments skipped.
  private static func rootElement(_ text: UnsafeRawBufferPointer) -> String? {
    guard text.first == UInt8(ascii: "<") else { return nil }
    var position = 0
    while let bracket = text.firstIndex(of: UInt8(ascii: "<"), from: position) {
      let name = text[(bracket + 1)...].prefix { isNameByte($0) || $0 == UInt8(ascii: ":") }
      if !name.isEmpty { return String(decoding: name.prefix(80), as: UTF8.self) }
      position = bracket + 1
    }
    return nil
  }

  private static func looksLikeCSV(_ text: UnsafeRawBufferPointer) -> Bool {
    let line = text.prefix(2048).prefix { $0 != 0x0A && $0 != 0x0D }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains { separator in
      line.count { $0 == separator } >= 2
    }
  }
}
