private import Yams

/// Reads YAML into ``ConfigNode``s within bounds, and goes on after a mistake where it can.
struct YAMLReader {
  /// The largest file that is read, in bytes.
  static let sizeLimit = 4 * 1024 * 1024
  private static let nodeLimit = 500_000
  private static let depthLimit = 64
  private static let aliasLimit = 16

  private let text: String
  private let log: IssueLog

  init(text: String, log: IssueLog) {
    self.text = text
    self.log = log
  }

  /// The file's documents; with mistakes in them, as much as can be read.
  func documents() -> [ConfigNode] {
    guard isWithinBounds else { return [] }
    let (nodes, isWhole) = compose(text, lineOffset: 0)
    return isWhole || nodes.count > 1 ? nodes : salvage().map { [$0] } ?? nodes
  }

  private var isWithinBounds: Bool {
    let start = ConfigMark(line: 1, column: 1)
    guard text.utf8.count <= Self.sizeLimit else {
      log.error("too-large", "the file is larger than 4 MiB", at: start, hint: "split it into several packs")
      return false
    }
    guard aliasCount <= Self.aliasLimit else {
      log.error(
        "too-many-aliases", "the file has more than \(Self.aliasLimit) YAML aliases", at: start,
        hint: "write the values out")
      return false
    }
    return true
  }

  /// Aliases multiply what they stand for, so only a few are read. A `*word` without its `&word` is no alias but text.
  private var aliasCount: Int {
    // Most files have no anchor, and to look for the character is much faster than to take the text apart.
    let mayHaveAnchors = text.utf8.withContiguousStorageIfAvailable {
      ByteSearch.contains(UInt8(ascii: "&"), atLeast: 1, in: UnsafeRawBufferPointer($0))
    }
    guard mayHaveAnchors ?? true else { return 0 }
    let anchors = Set(names(after: UInt8(ascii: "&")))
    return anchors.isEmpty ? 0 : names(after: UInt8(ascii: "*")).count { anchors.contains($0) }
  }

  private func names(after mark: UInt8) -> [String] {
    text.utf8.split(separator: mark, omittingEmptySubsequences: false).dropFirst().compactMap { rest in
      let name = rest.prefix { $0 > 0x20 && !",[]{}".utf8.contains($0) }
      return name.isEmpty ? nil : String(Substring(name))
    }
  }

  // MARK: Composing

  /// The documents before the first mistake, and whether that is all of them.
  private func compose(_ yaml: String, lineOffset: Int) -> (nodes: [ConfigNode], isWhole: Bool) {
    let start = ConfigMark(line: 1, column: 1)
    var nodes: [ConfigNode] = []
    var count = 0
    do {
      // Nothing here asks Yams for the types of scalars, and working them out takes a sixth of the time of loading.
      let parser = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8)
      while let root = try parser.nextRoot() {
        let place = Place(lineOffset: lineOffset, documentsBefore: nodes.count)
        guard let node = node(root, fallback: start, place, depth: 0, &count) else { return (nodes, false) }
        nodes.append(node)
      }
    } catch {
      report(error, Place(lineOffset: lineOffset, documentsBefore: nodes.count))
      return (nodes, false)
    }
    if nodes.count > 1 { nodes.removeAll(where: \.isNull) }
    if nodes.isEmpty {
      log.error("empty", "the file has no content", at: start)
      return ([.mapping([], start)], true)
    }
    return (nodes, true)
  }

  /// Where a document stands in its file.
  private struct Place {
    /// The lines before the text that is being read.
    var lineOffset: Int
    var documentsBefore: Int

    func mark(_ mark: Mark) -> ConfigMark { ConfigMark(line: mark.line + lineOffset, column: mark.column) }
  }

  /// What a mistake that ends the reading says about the rest of the file. What follows may rest on the document with
  /// the mistake (`action: global`), so it would mean something else without it.
  private func unread(_ place: Place, _ mark: ConfigMark) -> String {
    let lines = lines
    let markers = lines.indices.filter { lines[$0].hasPrefix("---") }
    guard place.documentsBefore > 0 || (rulesLine(of: lines) == nil && markers.contains { $0 >= mark.line - 1 })
    else { return "" }
    // The marker at which a mistake is noticed ends the document that has it.
    let marker = markers.last { $0 < mark.line - 1 }
    return "; the file is not read from line \(marker.map { $0 + 2 } ?? 1) on"
  }

  private func node(
    _ node: Node, fallback: ConfigMark, _ place: Place, depth: Int, _ count: inout Int
  ) -> ConfigNode? {
    let mark = node.mark.map(place.mark) ?? fallback
    count += 1
    guard depth < Self.depthLimit, count < Self.nodeLimit else {
      log.error(
        "too-complex", "the file nests deeper than \(Self.depthLimit) levels or is too large\(unread(place, mark))",
        at: mark)
      return nil
    }
    switch node {
    case .scalar(let scalar):
      return .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any, mark)
    case .sequence(let sequence):
      var items: [ConfigNode] = []
      for item in sequence {
        guard let item = self.node(item, fallback: mark, place, depth: depth + 1, &count) else { return nil }
        items.append(item)
      }
      return .sequence(items, mark)
    case .mapping(let mapping):
      var entries: [ConfigEntry] = []
      for (key, value) in mapping {
        let keyMark = key.mark.map(place.mark) ?? mark
        guard case .scalar(let name) = key else {
          log.error("bad-key", "a key must be text", at: keyMark)
          continue
        }
        guard let value = self.node(value, fallback: keyMark, place, depth: depth + 1, &count) else { return nil }
        entries.append(ConfigEntry(key: name.string, keyMark: keyMark, value: value))
      }
      return .mapping(entries, mark)
    case .alias:
      log.error("bad-alias", "an alias stands for nothing\(unread(place, mark))", at: mark)
      return nil
    }
  }

  private func report(_ error: any Error, _ place: Place) {
    let start = ConfigMark(line: place.lineOffset + 1, column: 1)
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      reportSyntax(problem, place, place.mark(mark), hint: Self.hint(for: problem))
    case YamlError.duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      let mark = place.mark(context.mark)
      log.error(
        "duplicate-key", "the map has a key twice: \(names)\(unread(place, mark))", at: mark, hint: "keep one of them")
    case YamlError.reader(let problem, _, _, _): reportSyntax("\(problem)", place, start)
    default: reportSyntax("\(error)", place, start)
    }
  }

  private func reportSyntax(_ problem: String, _ place: Place, _ mark: ConfigMark, hint: String? = nil) {
    log.error("yaml-syntax", "this is no valid YAML: \(problem)\(unread(place, mark))", at: mark, hint: hint)
  }

  private static func hint(for problem: String) -> String? {
    if problem.contains("mapping values are not allowed") {
      return "indent the line like its neighbours, or quote a text that has ': ' in it"
    }
    if problem.contains("did not find expected") {
      return "check the indentation (two blanks a level) and the brackets and quotes above this place"
    }
    if problem.contains("cannot start any token") {
      return problem.contains("\\t") || problem.contains("'\t'") ? "indent with blanks, not tabs" : "quote the text"
    }
    return problem.contains("tab") ? "indent with blanks, not tabs" : nil
  }

  // MARK: Going on after a mistake

  /// Reads every rule of a list alone, so that a mistake in one does not hide those of the others.
  private func salvage() -> ConfigNode? {
    let lines = lines
    guard let rules = rulesLine(of: lines) else { return nil }
    let starts = Self.ruleStarts(lines, after: rules)
    guard let first = starts.first else { return nil }
    let listEnd = Self.listEnd(lines, from: first)
    let head = lines[..<rules].joined(separator: "\n")
    var entries: [ConfigEntry] = []
    if !head.allSatisfy(\.isWhitespace), case .mapping(let found, _)? = composeQuietly(head, lineOffset: 0) {
      entries = found
    }
    var items: [ConfigNode] = []
    for (position, start) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1] : listEnd
      let part = lines[start..<end].joined(separator: "\n")
      // The mistake that stopped the whole file has been reported; further ones in other rules are news.
      if case .sequence(let found, _)? = composeOnce(part, lineOffset: start) { items += found }
    }
    let mark = ConfigMark(line: rules + 1, column: 1)
    entries.append(
      ConfigEntry(
        key: "rules", keyMark: mark, value: .sequence(items, ConfigMark(line: first + 1, column: 1))))
    return .mapping(entries, ConfigMark(line: 1, column: 1))
  }

  private var lines: [Substring] { text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }

  /// The line at which a pack's list begins.
  private func rulesLine(of lines: [Substring]) -> Int? { lines.firstIndex { $0.hasPrefix("rules:") } }

  /// The lines that begin an item of the list, judged by the indentation of the first.
  private static func ruleStarts(_ lines: [Substring], after rules: Int) -> [Int] {
    func indentation(_ line: Substring) -> Int? {
      let blanks = line.prefix { $0 == " " }.count
      return line.dropFirst(blanks).hasPrefix("- ") ? blanks : nil
    }
    let following = lines.indices[(rules + 1)...]
    guard let width = following.lazy.compactMap({ indentation(lines[$0]) }).first else { return [] }
    let end = listEnd(lines, from: following.first { indentation(lines[$0]) == width } ?? lines.endIndex)
    return following.filter { $0 < end && indentation(lines[$0]) == width }
  }

  /// The line of the key that follows the list, or the end.
  private static func listEnd(_ lines: [Substring], from first: Int) -> Int {
    lines.indices.dropFirst(first).first { index in
      guard let character = lines[index].first else { return false }
      return !character.isWhitespace && character != "-" && character != "#"
    } ?? lines.endIndex
  }

  private func composeOnce(_ yaml: String, lineOffset: Int) -> ConfigNode? {
    let probe = IssueLog(path: log.path, text: text)
    let reader = YAMLReader(text: text, log: probe)
    let node = reader.compose(yaml, lineOffset: lineOffset).nodes.first
    for issue in probe.issues where !log.issues.contains(where: { $0.line == issue.line && $0.code == issue.code }) {
      log.error(issue.code, issue.message, at: ConfigMark(line: issue.line, column: issue.column), hint: issue.hint)
    }
    return node
  }

  private func composeQuietly(_ yaml: String, lineOffset: Int) -> ConfigNode? {
    YAMLReader(text: text, log: IssueLog(path: log.path, text: nil)).compose(yaml, lineOffset: lineOffset).nodes.first
  }
}
