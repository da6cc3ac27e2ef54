extension MessageTemplate {
  /// Reads the placeholders' values back from a rendered text.
  ///
  /// The text must begin with the template; letter case and runs of white space do not matter. Values are as short as
  /// possible, and one at the template's end goes to the end of its line.
  ///
  /// - Parameter text: A rendered message.
  /// - Returns: nil when the text does not fit the template, or gives one placeholder two different values.
  public func extract(from text: String) -> [String: String]? {
    let text = Squeezed(text)
    var values: [String: String] = [:]
    var pending: String?
    var position = 0

    func note(_ name: String, upTo end: Int) -> Bool {
      let value = text.text(position..<end)
      if let earlier = values[name], earlier != value { return false }
      values[name] = value
      return true
    }

    for (index, part) in parts.enumerated() {
      switch part {
      case .placeholder(let name):
        if let pending, !note(pending, upTo: position) { return nil }
        pending = name
      case .literal(let literal):
        let wanted = Squeezed(literal, keepsEnds: true)
        let isLast = index == parts.count - 1
        guard let found = text.firstRange(of: wanted, from: position, floating: pending != nil, closing: isLast) else {
          return nil
        }
        if let name = pending, !note(name, upTo: max(position, found.lowerBound)) { return nil }
        pending = nil
        position = found.upperBound
      }
    }
    if let pending, !note(pending, upTo: text.endOfLine(from: position)) { return nil }
    return values
  }
}

/// A text with every run of white space made one blank, or one line break where the run has one.
private struct Squeezed {
  private var original: [Character] = []
  private var folded: [Character] = []

  init(_ text: String, keepsEnds: Bool = false) {
    for character in text {
      guard character.isWhitespace else {
        append(character)
        continue
      }
      if let last = original.last, last.isWhitespace {
        if character.isNewline { original[original.count - 1] = "\n" }
      } else if keepsEnds || !original.isEmpty {
        append(character.isNewline ? "\n" : " ")
      }
    }
    if !keepsEnds, original.last?.isWhitespace == true {
      original.removeLast()
      folded.removeLast()
    }
  }

  private mutating func append(_ character: Character) {
    original.append(character)
    folded.append(character.isWhitespace ? " " : Character(character.lowercased().first.map(String.init) ?? ""))
  }

  func text(_ range: Range<Int>) -> String { String(original[range].map { $0.isNewline ? " " : $0 }).trimmed }

  func endOfLine(from position: Int) -> Int { original[position...].firstIndex(of: "\n") ?? original.count }

  /// Where a text stands from `position` on, or exactly there unless it is `floating`. A `closing` text is followed by
  /// a blank or the end: the `.` at the end of a sentence is not the one in an address.
  func firstRange(of wanted: Squeezed, from position: Int, floating: Bool, closing: Bool) -> Range<Int>? {
    let count = wanted.folded.count
    // Around an empty value two blanks have become one, which then belongs to both literals.
    let isBlankShared = floating && position > 0 && wanted.folded.first == " " && folded[position - 1] == " "
    let first = isBlankShared ? position - 1 : position
    guard first + count <= folded.count else { return nil }
    for start in first...(floating ? folded.count - count : first) {
      let end = start + count
      let isClosed = !closing || end == folded.count || folded[end] == " " || wanted.folded.last == " "
      if isClosed, folded[start..<end].elementsEqual(wanted.folded) { return start..<end }
    }
    return nil
  }
}

extension String {
  /// The text without white space at both ends.
  fileprivate var trimmed: String { String(self[...].trimmingBlanks()) }
}
