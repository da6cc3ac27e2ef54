import EventLog

/// What the header of an event must say for a condition to hold; nothing is missed, though too much may be let through.
struct HeaderRequirement: Sendable, Hashable {
  /// The providers, one of which it must be; nil for any.
  var providers: Set<FoldedText>?
  /// The event IDs, one of which it must be; nil for any.
  var eventIDs: Set<Int>?
  /// The channels, one of which it must be; nil for any.
  var channels: Set<FoldedText>?

  /// What a condition asks.
  init(_ condition: Condition) { self.init(condition.root) }

  /// What a selection asks.
  init(_ selection: Selection) {
    switch selection {
    case .all(let tests): self = Self.intersection(of: tests.map(HeaderRequirement.init))
    case .any(let selections): self = Self.union(of: selections.map(HeaderRequirement.init))
    case .keywords: self = .anything
    }
  }

  private init() {}

  private init(_ node: Condition.Node) {
    switch node {
    case .selection(let selection, _): self.init(selection)
    case .not: self = .anything
    case .all(let nodes): self = Self.intersection(of: nodes.map(HeaderRequirement.init))
    case .any(let nodes): self = Self.union(of: nodes.map(HeaderRequirement.init))
    }
  }

  private init(_ test: FieldTest) {
    guard case .system(let field) = test.reference, test.modifiers.isEmpty || test.modifiers == ["cased"] else {
      return
    }
    switch field {
    case .providerName: providers = Self.texts(test.values)
    case .eventID: eventIDs = Self.numbers(test.values)
    case .channel: channels = Self.texts(test.values)
    default: break
    }
  }

  private static let anything = HeaderRequirement()
  private static let nothing = {
    var requirement = HeaderRequirement()
    requirement.eventIDs = []
    return requirement
  }()

  private static func intersection(of all: [HeaderRequirement]) -> HeaderRequirement {
    all.reduce(into: .anything) { result, next in
      result.providers = intersect(result.providers, next.providers)
      result.eventIDs = intersect(result.eventIDs, next.eventIDs)
      result.channels = intersect(result.channels, next.channels)
    }
  }

  private static func union(of all: [HeaderRequirement]) -> HeaderRequirement {
    guard var result = all.first else { return .nothing }
    for next in all.dropFirst() {
      result.providers = unite(result.providers, next.providers)
      result.eventIDs = unite(result.eventIDs, next.eventIDs)
      result.channels = unite(result.channels, next.channels)
    }
    return result
  }

  private static func intersect<Value>(_ left: Set<Value>?, _ right: Set<Value>?) -> Set<Value>? {
    guard let left, let right else { return left ?? right }
    return left.intersection(right)
  }

  private static func unite<Value>(_ left: Set<Value>?, _ right: Set<Value>?) -> Set<Value>? {
    guard let left, let right else { return nil }
    return left.union(right)
  }

  /// The values when all of them are texts without wildcards.
  private static func texts(_ values: [MatchValue]) -> Set<FoldedText>? {
    var texts: Set<FoldedText> = []
    for value in values {
      guard case .string(let text) = value, let literal = SigmaText(parsing: text).literal else { return nil }
      texts.insert(FoldedText(literal))
    }
    return texts
  }

  /// The values when all of them are numbers, or texts that spell a number.
  private static func numbers(_ values: [MatchValue]) -> Set<Int>? {
    var numbers: Set<Int> = []
    for value in values {
      switch value {
      case .integer(let number): numbers.insert(Int(number))
      case .string(let text):
        guard let number = Int(text), String(number) == text else { return nil }
        numbers.insert(number)
      default: return nil
      }
    }
    return numbers
  }
}
