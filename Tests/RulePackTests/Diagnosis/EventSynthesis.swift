import EventLog

@testable import RuleEngine

/// Makes events that a selection of evidence matches, from what its author wrote.
enum EventSynthesis {
  /// Texts that fit the regular expressions of the shipped packs.
  private static let examples = [
    #"\b40[13]\b"#: "(401) Unauthorized",
    "^0200[0-9A-Fa-f]{4}(08080808|08080404|01010101|01000001|09090909)": "02000035080808080000000000000000",
  ]

  /// One event for each alternative of the selection.
  static func events(for selection: Selection) -> [Event] {
    switch selection {
    case .all(let tests): [event(tests)]
    case .keywords(let test): [event([test])]
    case .any(let selections): selections.flatMap(events)
    }
  }

  private static func event(_ tests: [FieldTest]) -> Event {
    var event = Event()
    event.channel = "Application"
    event.provider.name = "Test"
    for test in tests { for value in values(test) { event.set(test.field, to: value) } }
    return event
  }

  /// What the field must hold; nothing when it must be absent.
  private static func values(_ test: FieldTest) -> [String] {
    let texts = test.values.compactMap { text($0, test.modifiers) }
    return test.modifiers.contains("all") ? texts : Array(texts.prefix(1))
  }

  private static func text(_ value: MatchValue, _ modifiers: [String]) -> String? {
    let has = { (name: String) in modifiers.contains(name) }
    if has("neq") { return "another value" }
    switch value {
    case .string(let pattern): return has("re") ? examples[pattern] : literal(pattern, isNetwork: has("cidr"))
    case .integer(let number): return String(has("gt") ? number + 1 : has("lt") ? number - 1 : number)
    case .number(let number): return String(has("gt") ? number + 1 : has("lt") ? number - 1 : number)
    case .boolean(let boolean): return has("exists") ? (boolean ? "something" : nil) : String(boolean)
    case .null: return nil
    }
  }

  private static func literal(_ pattern: String, isNetwork: Bool) -> String {
    if isNetwork { return String(pattern.prefix { $0 != "/" }) }
    return pattern.replacing(#"\\"#, with: "\u{0}").replacing(#"\*"#, with: "\u{1}").replacing(#"\?"#, with: "\u{2}")
      .replacing("*", with: "").replacing("?", with: "x")
      .replacing("\u{0}", with: #"\"#).replacing("\u{1}", with: "*").replacing("\u{2}", with: "?")
  }
}

extension Event {
  /// Gives a field a value, by the names that rules use.
  mutating func set(_ field: String, to value: String, parameters: [String] = []) {
    if let index = parameters.firstIndex(of: field) {
      while data.count <= index { data.append(DataItem(value: "")) }
      data[index].value = value
      return
    }
    switch field {
    case "Provider_Name": provider.name = value
    case "EventID": eventID = Int(value)
    case "Channel": channel = value
    case "Computer": computer = value
    case "Level": level = UInt8(value).map { Level(rawValue: $0) }
    case "UserID": userID = value
    case "Binary": binary = value
    case "Data", "": data.append(DataItem(value: value))
    default: setNamed(field, to: value)
    }
  }

  private mutating func setNamed(_ name: String, to value: String) {
    let isPresent = { (other: String?) in NameComparison.loose.equal(other, name) }
    if let index = data.firstIndex(where: { isPresent($0.name) }) {
      data[index].value = value
    } else if let index = userData.firstIndex(where: { NameComparison.loose.path($0.name, endsWith: name) }) {
      userData[index].value = value
    } else {
      data.append(DataItem(name: name, value: value))
    }
  }
}
