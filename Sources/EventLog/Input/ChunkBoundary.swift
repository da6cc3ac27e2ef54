/// Finds where an input may be cut so that no event is torn.
struct ChunkBoundary {
  private let format: InputFormat
  private let width: Int
  private let isBigEndian: Bool

  init(format: InputFormat, encoding: TextEncoding) {
    self.format = format
    width = encoding.unitWidth
    isBigEndian = encoding == .utf16BigEndian
  }

  /// The last place in the bytes where a cut tears no event, in bytes; nil when there is none.
  ///
  /// - Parameter bytes: Text that begins outside of any event.
  func lastCut(in bytes: UnsafeRawBufferPointer) -> Int? {
    switch format {
    case .eventXML(let tag): lastEventEnd(in: bytes, closing: encoded(tag.closing))
    case .clixml: lastObjectEnd(in: bytes)
    case .classicText: lastLabel(in: bytes)
    }
  }

  /// Whether an event has begun in the bytes.
  func hasOpening(in bytes: UnsafeRawBufferPointer) -> Bool {
    switch format {
    case .eventXML(let tag): bytes.firstIndex(of: encoded(tag.opening)) != nil
    case .clixml: bytes.firstIndex(of: encoded(Array("<Obj ".utf8))) != nil
    case .classicText: false
    }
  }

  /// The offset after the first closing tag, or of the first opening tag when that comes earlier: where reading can go
  /// on after an event that was too large.
  func resumption(in bytes: UnsafeRawBufferPointer) -> Int? {
    switch format {
    case .eventXML(let tag):
      let closing = encoded(tag.closing)
      let end = bytes.firstIndex(of: closing).map { $0 + closing.count }
      let start = bytes.firstIndex(of: encoded(tag.opening + [0x20]))
      return [end, start].compactMap { $0 }.min()
    case .clixml:
      let closing = encoded(Array("</Obj>".utf8))
      return bytes.firstIndex(of: closing).map { $0 + closing.count }
    case .classicText:
      return 0
    }
  }

  private func encoded(_ ascii: [UInt8]) -> [UInt8] {
    guard width == 2 else { return ascii }
    return ascii.flatMap { isBigEndian ? [0, $0] : [$0, 0] }
  }

  private func lastEventEnd(in bytes: UnsafeRawBufferPointer, closing: [UInt8]) -> Int? {
    var cut = lastAligned(closing, in: bytes, before: bytes.count)
    for (open, close) in [("<![CDATA[", "]]>"), ("<!--", "-->")] {
      let open = encoded(Array(open.utf8))
      // Exporters write neither, so one forward search settles it for nearly every slice.
      guard let end = cut, bytes.firstIndex(of: open) != nil,
        let start = lastAligned(open, in: bytes, before: end - closing.count)
      else { continue }
      let sectionEnd = bytes.firstIndex(of: encoded(Array(close.utf8)), from: start) ?? bytes.count
      if sectionEnd >= end { cut = lastAligned(closing, in: bytes, before: start) }
    }
    return cut
  }

  /// The offset after the last place of a pattern that begins at a whole code unit.
  private func lastAligned(_ pattern: [UInt8], in bytes: UnsafeRawBufferPointer, before end: Int) -> Int? {
    var end = end
    while let found = bytes.lastIndex(of: pattern, endingBefore: end) {
      if found % width == 0 { return found + pattern.count }
      end = found + pattern.count - 1
    }
    return nil
  }

  /// Objects nest, so the ends of outermost ones are found by counting from the start.
  private func lastObjectEnd(in bytes: UnsafeRawBufferPointer) -> Int? {
    let name = encoded(Array("Obj".utf8))
    let slash = encoded([UInt8(ascii: "/")])
    let bracket = encoded([UInt8(ascii: "<")])
    var depth = 0
    var last: Int?
    var position = 0
    while let found = bytes.firstIndex(of: name, from: position) {
      position = found + name.count
      let next = position < bytes.count ? bytes[position + (isBigEndian ? min(1, bytes.count - position - 1) : 0)] : 0
      if bytes.matches(bracket, at: found - width), next != UInt8(ascii: "s") {
        depth += 1
      } else if bytes.matches(slash, at: found - width), bytes.matches(bracket, at: found - 2 * width),
        next == UInt8(ascii: ">")
      {
        depth -= 1
        if depth == 0, position + width <= bytes.count { last = position + width }
      }
    }
    return last
  }

  private func lastLabel(in bytes: UnsafeRawBufferPointer) -> Int? {
    let cuts = ["\nEvent Type:", "\nLog Name:"].compactMap { label in
      let pattern = encoded(Array(label.utf8))
      return lastAligned(pattern, in: bytes, before: bytes.count).map { $0 - pattern.count + width }
    }
    return cuts.max().flatMap { $0 > 0 ? $0 : nil }
  }
}
