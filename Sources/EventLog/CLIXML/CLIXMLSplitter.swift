/// Finds the outermost `<Obj>` elements of serialised PowerShell objects.
///
/// A list of objects (`Export-Clixml -InputObject $events`) is no object of its own: its items count as outermost.
struct CLIXMLSplitter {
  /// The objects, from the opening to the closing tag.
  private(set) var objects: [Range<Int>] = []
  /// Where an object begins that the text does not close.
  private(set) var unclosed: Int?

  init(_ text: UnsafeRawBufferPointer, units: CodeUnits = .utf8) {
    let name = units.encode("Obj")
    let properties = [units.encode("<Props"), units.encode("<MS")]
    let lists = [units.encode("<LST"), units.encode("<IE")]
    var depth = 0
    var start = 0
    var mayBeList = false
    var position = 0
    func contains(_ patterns: [[UInt8]], before end: Int) -> Bool {
      let head = text.slice(0..<end)
      return patterns.contains { units.firstIndex(of: $0, in: head, from: start) != nil }
    }
    while let found = units.firstIndex(of: name, in: text, from: position) {
      position = found + name.count
      let bracket = found - units.width
      let before = units.byte(text, bracket)
      let after = units.byte(text, position)
      if before == UInt8(ascii: "<"), after.isXMLSpace || after == UInt8(ascii: ">") {
        if depth == 1, mayBeList {
          if contains(lists, before: found), !contains(properties, before: found) { depth = 0 }
          mayBeList = false
        }
        if depth == 0 { (start, mayBeList) = (bracket, true) }
        depth += 1
      } else if before == UInt8(ascii: "/"), units.byte(text, bracket - units.width) == UInt8(ascii: "<"),
        after == UInt8(ascii: ">"), depth > 0
      {
        depth -= 1
        if depth == 0 { objects.append(start..<position + units.width) }
      }
    }
    if depth > 0 { unclosed = start }
  }
}
