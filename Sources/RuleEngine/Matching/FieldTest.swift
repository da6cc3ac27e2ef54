public import EventLog

/// One line of a selection: a field, its modifiers and the values it is compared with.
///
/// Two tests are equal when they were written alike and mean the same field.
public struct FieldTest: Sendable {
  /// The field's name; empty for keywords, which look at every value of the event.
  public private(set) var field: String
  /// The modifiers in the order they were written.
  public let modifiers: [String]
  /// The values; any of them fits, unless the modifier `all` asks for all.
  public let values: [MatchValue]

  private(set) var reference: FieldReference
  private(set) var tests: [ValueTest]
  let requiresAll: Bool
  let isNegated: Bool

  /// Compiles a test.
  ///
  /// - Parameters:
  ///   - field: The field's name without modifiers; empty for keywords.
  ///   - modifiers: What follows the field, split at `|`.
  ///   - values: The value, or the list of values.
  ///   - placeholders: What the placeholders of the modifier `expand` stand for.
  /// - Returns: The test.
  /// - Throws: The first mistake, with the modifier or value it is in.
  public static func compile(
    field: String, modifiers: [String], values: [MatchValue], placeholders: Placeholders = Placeholders()
  ) throws(MatchError) -> FieldTest {
    guard !values.isEmpty else { throw .noValues }
    var draft = TestDraft(modifiers: modifiers, values: values, placeholders: placeholders)
    try draft.applyModifiers()
    return try FieldTest(field: field, values: values, draft: draft)
  }

  private init(field: String, values: [MatchValue], draft: TestDraft) throws(MatchError) {
    self.field = field
    self.modifiers = draft.modifiers
    self.values = values
    reference = FieldReference(name: field)
    tests = try draft.compiled(isKeyword: field.isEmpty)
    requiresAll = draft.requiresAll
    isNegated = draft.isNegated
  }

  /// Whether an event fits.
  ///
  /// A field that occurs more than once fits with any of its values. A field that is not there fits `null`,
  /// `exists: false` and every test with `neq`.
  public func matches(_ event: Event) -> Bool {
    let fits =
      requiresAll ? tests.allSatisfy { anyFits(CollectionOfOne($0), event) } : anyFits(tests, event)
    return fits != isNegated
  }

  /// Whether a value is compared with another field of the event.
  var comparesFields: Bool { tests.contains { if case .field = $0 { true } else { false } } }

  private func anyFits(_ tests: some Collection<ValueTest>, _ event: Event) -> Bool {
    let fit = event.fit(of: reference) { value in tests.contains { fits($0, value, event) } }
    return switch fit {
    case .fit: true
    case .unfit: false
    case .absent: tests.contains(where: \.fitsAbsence)
    }
  }

  private func fits(_ test: ValueTest, _ value: FieldValue, _ event: Event) -> Bool {
    guard case .field(let comparison) = test else { return test.fits(value) }
    return event.fit(of: comparison.reference) { comparison.fits(value.text, $0.text) } == .fit
  }

  /// The test with its field looked up among the names that a rule gives to insertion strings.
  func bound(to parameters: [String]) -> FieldTest {
    var copy = self
    copy.reference = FieldReference(name: field, parameters: parameters)
    for index in copy.tests.indices {
      if case .field(let comparison) = copy.tests[index] {
        copy.tests[index] = .field(comparison.bound(to: parameters))
      }
    }
    return copy
  }
}

extension FieldTest {
  /// The test on the field that the mapping of a log source gives it, if any.
  func mapped(by fields: [String: LogSourceMap.FieldMapping]) -> FieldTest {
    let refersToField = modifiers.contains("fieldref")
    guard fields[field] != nil || refersToField else { return self }
    let mapping = fields[field] ?? LogSourceMap.FieldMapping(name: field)
    var mapped = values
    if refersToField {
      mapped = values.map { $0.renamed(by: fields) }
    } else if !mapping.values.isEmpty {
      mapped = values.map(mapping.value)
    }
    if mapped != values, let test = try? Self.compile(field: mapping.name, modifiers: modifiers, values: mapped) {
      return test
    }
    var copy = self
    copy.field = mapping.name
    copy.reference = FieldReference(name: mapping.name)
    return copy
  }
}

extension MatchValue {
  fileprivate func renamed(by fields: [String: LogSourceMap.FieldMapping]) -> MatchValue {
    guard case .string(let text) = self, let mapping = fields[text] else { return self }
    return .string(mapping.name)
  }
}

extension LogSourceMap.FieldMapping {
  fileprivate func value(of value: MatchValue) -> MatchValue {
    guard case .string(let text) = value, let written = values[FoldedText(text)] else { return value }
    return .string(written)
  }
}

extension FieldTest: Hashable {
  /// Whether two tests were written alike and mean the same field.
  public static func == (left: FieldTest, right: FieldTest) -> Bool {
    left.reference == right.reference && left.field == right.field && left.modifiers == right.modifiers
      && left.values == right.values
  }

  /// Hashes what the test was written as.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(field)
    hasher.combine(modifiers)
    hasher.combine(values)
  }
}
