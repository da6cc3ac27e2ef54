/// The comments and CDATA sections of a text: tags inside of them are none.
///
/// A comment that would swallow the start of an event is damage, not a comment. A CDATA section may well hold an event
/// as text. Exporters write neither, so this costs one fast search for `!` and nothing else.
struct OpaqueSections {
  private var ranges: [Range<Int>] = []
  /// Where the first CDATA section begins that does not end in this text: tags after it cannot be judged yet.
  private(set) var unclosed: Int?

  init(_ text: UnsafeRawBufferPointer, _ markup: EventMarkup, from start: Int = 0) {
    let units = markup.units
    let (cdata, cdataEnd) = (units.encode("[CDATA["), units.encode("]]>"))
    let (comment, commentEnd) = (units.encode("--"), units.encode("-->"))
    var (cdataEnds, commentEnds, eventStarts) = (ForwardSearch(), ForwardSearch(), ForwardSearch())
    func find(_ pattern: [UInt8], _ from: Int) -> Range<Int>? {
      units.firstIndex(of: pattern, in: text, from: from).map { $0..<$0 + pattern.count }
    }
    var position = start
    while let mark = units.firstIndex(of: UInt8(ascii: "!"), in: text, from: position) {
      let start = mark - units.width
      position = mark + units.width
      guard units.byte(text, start) == UInt8(ascii: "<") else { continue }
      var end: Range<Int>?
      if text.matches(cdata, at: position) {
        end = cdataEnds.first(from: position) { find(cdataEnd, $0) }
        if end == nil, unclosed == nil { unclosed = start }
      } else if text.matches(comment, at: position) {
        end = commentEnds.first(from: position + comment.count) { find(commentEnd, $0) }
        let event = eventStarts.first(from: position) { markup.eventStart(in: text, from: $0) }
        if let found = end, let event, event.lowerBound < found.lowerBound { end = nil }
      }
      guard let end else { continue }
      ranges.append(start..<end.upperBound)
      position = end.upperBound
    }
  }

  /// The end of the section that covers an offset, if any does.
  func end(covering offset: Int) -> Int? {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(offset) ? ranges[low].upperBound : nil
  }
}
