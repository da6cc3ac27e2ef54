/// The words for every mistake in a field test.
extension MatchError {
  static func unknownModifier(_ name: String, at index: Int) -> MatchError {
    guard !name.isEmpty else {
      return MatchError(
        code: "unknown-modifier", message: "there is no modifier after '|'", hint: "take the '|' out, or name one",
        culprit: .modifier(index))
    }
    let names = Modifier.all.map(\.name)
    let suggestion = NearMiss.suggestions(for: name, among: names).first.map { "did you mean '\($0)'?" }
    return MatchError(
      code: "unknown-modifier", message: "unknown modifier '\(name)'",
      hint: suggestion ?? "the modifiers are \(names.joined(separator: ", "))", culprit: .modifier(index))
  }

  static func repeatedModifier(_ name: String, at index: Int) -> MatchError {
    MatchError(
      code: "repeated-modifier", message: "modifier '\(name)' stands here twice", hint: "write it once",
      culprit: .modifier(index))
  }

  /// A modifier that does not go with those before it.
  static func conflict(_ modifiers: [String], at index: Int) -> MatchError {
    let name = modifiers[index]
    let neutral: Set = name == "exists" ? [name] : [name, "all", "neq", "i", "m", "s"]
    let others = modifiers.filter { !neutral.contains($0) }
    let hint =
      if name == "exists" {
        "'exists' stands alone: it only asks whether the field is there"
      } else if modifiers.contains("re"), modifiers.contains("cased") {
        "'re' minds letter case by itself, and 're|i' ignores it"
      } else if modifiers.contains("re") {
        "write 're' right after the field; 'startswith', 'endswith' and 'contains' may follow"
      } else {
        "leave one out, or write a line for each"
      }
    let list = others.map { "'\($0)'" }.joined(separator: " and ")
    return MatchError(
      code: "modifier-conflict", message: "modifier '\(name)' does not go with \(list)", hint: hint,
      culprit: .modifier(index))
  }

  static func flagWithoutRegex(_ name: String, at index: Int) -> MatchError {
    MatchError(
      code: "modifier-conflict", message: "modifier '\(name)' is a flag of 're', which does not stand before it",
      hint: "write 're|\(name)'", culprit: .modifier(index))
  }

  static func wrongType(_ value: MatchValue, modifier: String, wanted: String, at index: Int) -> MatchError {
    MatchError(
      code: "wrong-type", message: "modifier '\(modifier)' can't work on \(value.description)",
      hint: "write \(wanted)", culprit: .value(index))
  }

  static func invalidRegex(_ pattern: String, at index: Int) -> MatchError {
    MatchError(
      code: "invalid-regex", message: "'\(pattern)' is no valid regular expression",
      hint: "close every bracket, and write '\\' before a character that is meant literally", culprit: .value(index))
  }

  static func invalidNetwork(_ text: String, _ error: IPNetwork.ParseError, at index: Int) -> MatchError {
    let hint =
      switch error {
      case .invalidAddress: "write a network such as 192.0.2.0/24 or 2001:db8::/32"
      case .invalidPrefix(let maximum): "write a number from 0 to \(maximum) after the slash"
      case .hostBits(let network): "did you mean '\(network)'?"
      }
    return MatchError(
      code: "invalid-network", message: "'\(text)' is no valid network", hint: hint, culprit: .value(index))
  }

  static func encodingAlone(_ modifiers: [String]) -> MatchError {
    let index = modifiers.lastIndex { ["wide", "utf16", "utf16le", "utf16be"].contains($0) } ?? 0
    let name = modifiers.indices.contains(index) ? modifiers[index] : ""
    return MatchError(
      code: "encoding-alone", message: "modifier '\(name)' makes bytes, which no text of an event has",
      hint: "write 'base64' or 'base64offset|contains' after it", culprit: .modifier(index))
  }

  static func wildcardInEncoding(_ modifier: String, at index: Int) -> MatchError {
    MatchError(
      code: "wildcard", message: "modifier '\(modifier)' can't encode a wildcard",
      hint: "write '\\*' or '\\?' for the character itself, and modifiers such as 'contains' after '\(modifier)'",
      culprit: .value(index))
  }

  static func tooShort(_ modifier: String, at index: Int) -> MatchError {
    MatchError(
      code: "too-short",
      message: "the value is too short for '\(modifier)': no character of Base64 depends on it alone",
      hint: "write two characters at least", culprit: .value(index))
  }

  static func tooManyDashes(_ modifier: String, at index: Int) -> MatchError {
    MatchError(
      code: "too-many-dashes", message: "the value has too many dashes for '\(modifier)' after 'windash'",
      hint: "write one option for each value", culprit: .value(index))
  }

  static func tooManyExpansions(at index: Int) -> MatchError {
    MatchError(
      code: "too-many-values", message: "the placeholders of the value stand for more than 100,000 texts",
      hint: "write one placeholder for each value", culprit: .value(index))
  }

  static func unknownPlaceholder(_ name: String, among names: [String], at index: Int) -> MatchError {
    let near = NearMiss.suggestions(for: name, among: names).first.map { "did you mean '%\($0)%'?" }
    return MatchError(
      code: "unknown-placeholder", message: "the placeholder '%\(name)%' has no list",
      hint: near ?? "give its values with --placeholders FILE, or write '\\%' for a percent sign",
      culprit: .value(index))
  }

  static func emptyPlaceholder(_ name: String, at index: Int) -> MatchError {
    MatchError(
      code: "unknown-placeholder", message: "the list of the placeholder '%\(name)%' is empty",
      hint: "give it one value at least", culprit: .value(index))
  }

  static let noValues = MatchError(
    code: "missing-value", message: "a field without values",
    hint: "write a value, '' for an empty field, or null for a field that is not there", culprit: .field)

  static func needsField(_ what: String) -> MatchError {
    MatchError(
      code: "missing-field", message: "\(what) needs a field",
      hint: "keywords are texts that are looked for in the whole event", culprit: .field)
  }
}

extension MatchValue {
  /// The value for a message.
  fileprivate var description: String {
    switch self {
    case .string(let text): "the text '\(text)'"
    case .integer(let number): "the number \(number)"
    case .number(let number): "the number \(number)"
    case .boolean(let boolean): "\(boolean)"
    case .null: "null"
    }
  }
}
