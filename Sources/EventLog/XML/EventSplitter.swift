/// Finds where events begin and end in UTF-8 text, whatever stands around them, and resynchronises after damage.
///
/// Only the tags are looked at; whether an event is well-formed is for the parser to say. The start of an event always
/// ends what came before, so the pieces do not depend on where a text was cut at such a start.
struct EventSplitter {
  /// A part of the text that is or was an event.
  enum Piece: Equatable {
    /// From the opening tag to the end of the closing tag.
    case event(Range<Int>)
    /// An event whose closing tag is missing: it ends where the next one begins, or with the text.
    case unterminated(Range<Int>)
    /// The rest of an event whose opening tag is missing.
    case headless(Range<Int>)
  }

  private let text: UnsafeRawBufferPointer
  private let markup: EventMarkup
  private let sections: OpaqueSections
  /// Where the next piece is looked for; only ever moves forward.
  var position: Int
  private var openings = ForwardSearch()
  private var closings = ForwardSearch()

  /// - Parameters:
  ///   - text: The text.
  ///   - tag: How the tags around events are spelt.
  ///   - start: A place outside of any event, comment and CDATA section.
  init(_ text: UnsafeRawBufferPointer, tag: EventTag, from start: Int = 0) {
    self.text = text
    position = start
    markup = EventMarkup(tag)
    sections = OpaqueSections(text, markup, from: start)
  }

  mutating func next() -> Piece? {
    let open = opening(from: position)
    let gap = position..<(open?.lowerBound ?? text.count)
    if let close = closing(from: position), close.lowerBound < gap.upperBound {
      return .headless(advance(to: close.upperBound))
    }
    if markup.hasHeader(text, in: gap) { return .headless(advance(to: gap.upperBound)) }
    position = gap.upperBound
    return open.map { event(at: $0) }
  }

  private mutating func event(at first: Range<Int>) -> Piece {
    var depth = 1
    var cursor = first.upperBound
    var payload = (tags: 0, checked: cursor)
    while true {
      let close = closing(from: cursor)
      if let open = opening(from: cursor), open.lowerBound < close?.lowerBound ?? .max {
        payload.tags += markup.payloadTags(text, in: payload.checked..<open.lowerBound)
        payload.checked = open.lowerBound
        // Only the payload may hold an element of this name.
        let nests = payload.tags.isMultiple(of: 2) == false && !markup.startsEvent(text, at: open)
        guard nests else { return .unterminated(advance(to: open.lowerBound)) }
        if !markup.isSelfClosing(text, at: open) { depth += 1 }
        cursor = open.upperBound
      } else if let close {
        depth -= 1
        cursor = close.upperBound
        if depth == 0 { return .event(advance(to: cursor)) }
      } else {
        return .unterminated(advance(to: text.count))
      }
    }
  }

  private mutating func advance(to end: Int) -> Range<Int> {
    defer { position = end }
    return position..<end
  }

  private mutating func opening(from start: Int) -> Range<Int>? {
    let (text, markup, sections) = (text, markup, sections)
    return openings.first(from: start) { sections.firstVisible(from: $0) { markup.opening(in: text, from: $0) } }
  }

  private mutating func closing(from start: Int) -> Range<Int>? {
    let (text, markup, sections) = (text, markup, sections)
    return closings.first(from: start) { sections.firstVisible(from: $0) { markup.closing(in: text, from: $0) } }
  }
}

extension OpaqueSections {
  /// The first match of a search that no section covers.
  fileprivate func firstVisible(from start: Int, _ search: (Int) -> Range<Int>?) -> Range<Int>? {
    var from = start
    while let found = search(from) {
      guard let end = end(covering: found.lowerBound) else { return found }
      from = end
    }
    return nil
  }
}
