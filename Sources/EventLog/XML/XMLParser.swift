private import CLibXML2

/// What a parser tells about the elements it meets. Names are local names: namespaces do not matter to events.
class XMLHandler {
  /// An element begins.
  func startElement(_ name: XMLName, _ attributes: XMLAttributes) {}
  /// The innermost open element ends.
  func endElement() {}
  /// Text of the innermost open element, in one or more pieces.
  func characters(_ bytes: UnsafeRawBufferPointer) {}
}

/// A name that is valid during a call of an ``XMLHandler``.
struct XMLName {
  private let bytes: UnsafePointer<UInt8>

  fileprivate init(_ bytes: UnsafePointer<UInt8>) { self.bytes = bytes }

  /// Whether this is the name.
  static func == (left: XMLName, right: StaticString) -> Bool {
    var index = 0
    let count = right.utf8CodeUnitCount
    while index < count {
      // A shorter name ends in a zero, which differs from every byte of the other.
      if left.bytes[index] != right.utf8Start[index] { return false }
      index += 1
    }
    return left.bytes[count] == 0
  }

  var string: String { String(cString: bytes) }
}

/// The attributes of an element, valid during a call of an ``XMLHandler``; namespace declarations are not among them.
struct XMLAttributes {
  fileprivate let base: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  let count: Int

  /// Calls a closure with each attribute's local name and value, references resolved.
  func forEach(_ body: (XMLName, UnsafeRawBufferPointer) -> Void) {
    guard let base else { return }
    for index in 0..<count {
      // Five pointers each: local name, prefix, namespace, begin and end of the value.
      let entry = base + index * 5
      guard let name = entry[0], let start = entry[3], let end = entry[4] else { continue }
      body(XMLName(name), UnsafeRawBufferPointer(start: start, count: end - start))
    }
  }

  /// The value of an attribute.
  func value(_ wanted: StaticString) -> String? { bytes(wanted).map { String(decoding: $0, as: UTF8.self) } }

  /// The bytes of an attribute's value.
  func bytes(_ wanted: StaticString) -> UnsafeRawBufferPointer? {
    var found: UnsafeRawBufferPointer?
    forEach { name, value in
      if found == nil, name == wanted { found = value }
    }
    return found
  }
}

/// Parses fragments with libxml2, one context for many fragments. The only door to the C library.
///
/// A fragment is a single element without prolog, so no document type and no entity can be declared: the parser
/// knows the five predefined entities only, and never opens a file or a connection.
final class XMLParser {
  /// How a parse ended.
  enum Outcome: Equatable {
    case wellFormed
    /// What libxml2 says is wrong, in one line.
    case malformed(String)
    /// The text is beyond a limit that keeps hostile input harmless.
    case refused(String)
  }

  private let context: xmlParserCtxtPtr
  private let state: ParserState

  /// - Returns: nil when libxml2 has no memory left.
  init?(handler: XMLHandler, depthLimit: Int) {
    _ = Self.library
    guard let context = xmlNewParserCtxt(), let sax = context.pointee.sax else { return nil }
    self.context = context
    state = ParserState(handler: handler, depthLimit: depthLimit, context: context)
    sax.pointee = xmlSAXHandler()
    sax.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    sax.pointee.startElementNs = saxStartElement
    sax.pointee.endElementNs = saxEndElement
    sax.pointee.characters = saxCharacters
    // The same function for both tells libxml2 not to guess which white space matters.
    sax.pointee.ignorableWhitespace = saxCharacters
    sax.pointee.cdataBlock = saxCharacters
    context.pointee.userData = Unmanaged.passUnretained(state).toOpaque()
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Parses a fragment; the handler is called on the way.
  ///
  /// - Parameters:
  ///   - bytes: The fragment, UTF-8.
  ///   - recovers: Whether to go on after errors.
  /// - Returns: How the parse ended.
  func parse(_ bytes: UnsafeRawBufferPointer, recovers: Bool = false) -> Outcome {
    if let excess = AttributeCount.excess(in: bytes) { return .refused(excess) }
    state.depth = 0
    state.isTooDeep = false
    var options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      // The limits of ``ReadingLimits`` replace libxml2's own.
      | XML_PARSE_HUGE.rawValue
      // Makes attribute values come with `&amp;` resolved; there is no other entity to substitute.
      | XML_PARSE_NOENT.rawValue
    if recovers { options |= XML_PARSE_RECOVER.rawValue }
    let document = xmlCtxtReadMemory(
      context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), nil, "UTF-8",
      Int32(options))
    if let document { xmlFreeDoc(document) }
    if state.isTooDeep { return .refused("elements nest deeper than \(state.depthLimit)") }
    return context.pointee.wellFormed != 0 ? .wellFormed : .malformed(lastMessage)
  }

  private var lastMessage: String {
    guard let error = xmlCtxtGetLastError(context), let message = error.pointee.message else { return "malformed XML" }
    return String(cString: message).split(whereSeparator: \.isNewline).first.map(String.init) ?? "malformed XML"
  }

  /// Initialises libxml2 once, before several threads use it.
  private static let library: Void = xmlInitParser()
}

/// What the C callbacks need of a parser.
private final class ParserState {
  let handler: XMLHandler
  let depthLimit: Int
  let context: xmlParserCtxtPtr
  var depth = 0
  var isTooDeep = false

  init(handler: XMLHandler, depthLimit: Int, context: xmlParserCtxtPtr) {
    self.handler = handler
    self.depthLimit = depthLimit
    self.context = context
  }
}

/// Calls `body` with the state of a parser, which lives as long as the parse; counting references to it would take longer
/// than most calls.
@inline(__always)
private func withState(_ userData: UnsafeMutableRawPointer?, _ body: (ParserState) -> Void) {
  guard let userData else { return }
  Unmanaged<ParserState>.fromOpaque(userData)._withUnsafeGuaranteedRef(body)
}

private let saxStartElement: startElementNsSAX2Func = { userData, name, _, _, _, _, attributeCount, _, attributes in
  guard let name else { return }
  withState(userData) { state in
    state.depth += 1
    if state.depth > state.depthLimit {
      state.isTooDeep = true
      xmlStopParser(state.context)
      return
    }
    state.handler.startElement(XMLName(name), XMLAttributes(base: attributes, count: Int(attributeCount)))
  }
}

private let saxEndElement: endElementNsSAX2Func = { userData, _, _, _ in
  withState(userData) { state in
    state.depth -= 1
    state.handler.endElement()
  }
}

private let saxCharacters: charactersSAXFunc = { userData, bytes, count in
  guard let bytes else { return }
  withState(userData) { $0.handler.characters(UnsafeRawBufferPointer(start: bytes, count: Int(count))) }
}
