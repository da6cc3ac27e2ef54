/// The labelled values of one event in classic text.
struct ClassicTextBlock {
  /// From the first label to the next event or the end of the text.
  var range: Range<Int>
  /// Where the value of each label stands.
  var values: [Label: Range<Int>] = [:]

  /// What stands before a colon.
  enum Label {
    case type, logName, source, category, eventID, date, time, level, keywords, user, computer, opcode, description
  }

  private static let spellings: [(label: Label, text: StaticString)] = [
    (.type, "event type:"), (.logName, "log name:"), (.source, "event source:"), (.source, "source:"),
    (.category, "event category:"), (.category, "task category:"), (.eventID, "event id:"), (.eventID, "eventid:"),
    (.date, "date:"), (.time, "time:"), (.level, "level:"), (.keywords, "keywords:"), (.user, "user:"),
    (.computer, "computer:"), (.opcode, "opcode:"), (.description, "description:"),
  ]

  /// The events of a text, on lines or run together.
  static func all(in text: UnsafeRawBufferPointer) -> [ClassicTextBlock] {
    var blocks: [ClassicTextBlock] = []
    var block: ClassicTextBlock?
    var open: (label: Label, start: Int)?
    func close(at end: Int) {
      if let open { block?.values[open.label] = open.start..<end }
      open = nil
    }
    func finish(at end: Int) {
      close(at: end)
      guard var finished = block else { return }
      finished.range = finished.range.lowerBound..<end
      blocks.append(finished)
    }
    let labels = labels(in: text)
    for (index, (label, range)) in labels.enumerated() {
      let repeats = block?.values[label] != nil || open?.label == label
      let begins =
        block == nil || label == .type || label == .logName
        || (label == .source && repeats && isHead(labels[(index + 1)...]))
      // Descriptions may hold words that look like labels; only the head of another event ends one.
      if open?.label == .description, !begins { continue }
      if repeats, !begins { continue }
      let continues = block.map { $0.values.isEmpty && open == nil } ?? false
      close(at: range.lowerBound)
      if begins, !continues, block?.isEnded(by: label) ?? true {
        finish(at: range.lowerBound)
        block = ClassicTextBlock(range: range)
      }
      open = (label, range.upperBound)
    }
    finish(at: text.count)
    return blocks
  }

  /// Whether the labels after a source are those of an event's head.
  private static func isHead(_ rest: ArraySlice<(label: Label, range: Range<Int>)>) -> Bool {
    for next in rest {
      switch next.label {
      case .eventID: return true
      case .type, .logName, .source, .description: return false
      default: continue
      }
    }
    return false
  }

  /// Whether a heading label begins another event rather than standing late in the head of this one.
  private func isEnded(by label: Label) -> Bool {
    values[label] != nil || values[.description] != nil || values[.eventID] != nil
  }

  private static func labels(in text: UnsafeRawBufferPointer) -> [(label: Label, range: Range<Int>)] {
    var found: [(label: Label, range: Range<Int>)] = []
    var index = 0
    var isWordStart = true
    while index < text.count {
      if isWordStart, let (label, end) = label(at: index, in: text) {
        found.append((label, index..<end))
        index = end
        continue
      }
      isWordStart = !isWordByte(text[index])
      index += 1
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  private static func label(at start: Int, in text: UnsafeRawBufferPointer) -> (Label, Int)? {
    let first = text[start] | 0x20
    for spelling in spellings where spelling.text.utf8Start.pointee == first {
      if let end = end(of: spelling.text, at: start, in: text) { return (spelling.label, end) }
    }
    return nil
  }

  /// Compares without case; blanks may stand before the colon.
  private static func end(of spelling: StaticString, at start: Int, in text: UnsafeRawBufferPointer) -> Int? {
    var index = start
    for offset in 0..<spelling.utf8CodeUnitCount {
      let expected = spelling.utf8Start[offset]
      if expected == UInt8(ascii: ":") {
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
      }
      guard index < text.count, text[index] == expected || text[index] | 0x20 == expected else { return nil }
      index += 1
    }
    return index
  }
}
