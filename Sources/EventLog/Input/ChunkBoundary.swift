/// Finds where an input may be cut so that no event is torn.
struct ChunkBoundary {
  private let format: InputFormat
  private let encoding: TextEncoding
  private let units: CodeUnits

  init(format: InputFormat, encoding: TextEncoding) {
    self.format = format
    self.encoding = encoding
    units = CodeUnits(encoding)
  }

  /// The last place where a cut changes nothing of what is read.
  ///
  /// - Parameter bytes: Text that begins outside of any event.
  /// - Returns: The offset of the cut; nil when there is no such place.
  func lastCut(in bytes: UnsafeRawBufferPointer) -> Int? {
    switch format {
    case .eventXML(let tag): lastEventStart(in: bytes, EventMarkup(tag, units: units))
    case .clixml: CLIXMLSplitter(bytes, units: units).objects.last?.upperBound
    case .classicText: lastBlock(in: bytes)
    }
  }

  /// Where text is cut that has grown too long to wait for a better place.
  enum ForcedCut: Equatable {
    /// Outside of events.
    case between(Int)
    /// The text is the start of one event, too large to be read.
    case withinEvent
    /// There is no event in the text.
    case anywhere
  }

  /// Where to cut bytes that have no ``lastCut(in:)``.
  func forcedCut(in bytes: UnsafeRawBufferPointer) -> ForcedCut {
    switch format {
    case .eventXML(let tag):
      let markup = EventMarkup(tag, units: units)
      if let start = lastEventStart(in: bytes, markup, waitsForSections: false), start > 0 { return .between(start) }
      guard let open = markup.lastOpening(in: bytes, before: bytes.count) else { return .anywhere }
      return markup.closing(in: bytes, from: open.upperBound).map { .between($0.upperBound) } ?? .withinEvent
    case .clixml:
      return CLIXMLSplitter(bytes, units: units).unclosed == nil ? .anywhere : .withinEvent
    case .classicText:
      return .anywhere
    }
  }

  /// Where reading can go on after an event that was too large: after the first closing tag, or at an opening tag.
  func resumption(in bytes: UnsafeRawBufferPointer) -> Int? {
    switch format {
    case .eventXML(let tag):
      let markup = EventMarkup(tag, units: units)
      let end = markup.closing(in: bytes, from: 0)?.upperBound
      return [end, markup.opening(in: bytes, from: 0)?.lowerBound].compactMap { $0 }.min()
    case .clixml:
      let closing = units.encode("</Obj>")
      return units.firstIndex(of: closing, in: bytes, from: 0).map { $0 + closing.count }
    case .classicText:
      return 0
    }
  }

  private func lastEventStart(
    in bytes: UnsafeRawBufferPointer, _ markup: EventMarkup, waitsForSections: Bool = true
  ) -> Int? {
    let sections = OpaqueSections(bytes, markup)
    var end = waitsForSections ? sections.unclosed ?? bytes.count : bytes.count
    while let found = markup.lastOpening(in: bytes, before: end) {
      end = found.lowerBound
      if markup.startsEvent(bytes, at: found), sections.end(covering: end) == nil { return end }
    }
    return nil
  }

  /// The start of the last event, which nothing that follows can move.
  private func lastBlock(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard units.width == 2 else { return ClassicTextBlock.all(in: bytes).last?.range.lowerBound }
    let text = UTF16Transcoder(bytes, isBigEndian: encoding == .utf16BigEndian)
    return withExtendedLifetime(text) {
      guard let block = ClassicTextBlock.all(in: text.utf8).last else { return nil }
      return UTF16Transcoder.sourceLength(ofUTF8: text.utf8.slice(0..<block.range.lowerBound))
    }
  }
}
