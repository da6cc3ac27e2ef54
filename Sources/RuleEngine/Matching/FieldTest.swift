public import EventLog

/// One line of a selection: a field, its modifiers and the values it is compared with.
///
/// Two tests are equal when they were written alike and mean the same field.
public struct FieldTest: Sendable {
  /// Shared by all copies: tests are handed around for every kind of event.
  private final class Content: Sendable {
    let field: String
    let modifiers: [String]
    let values: [MatchValue]
    let reference: FieldReference
    let tests: [ValueTest]
    let requiresAll: Bool
    let isNegated: Bool
    let hash: Int

    init(
      field: String, reference: FieldReference, modifiers: [String], values: [MatchValue], tests: [ValueTest],
      requiresAll: Bool, isNegated: Bool
    ) {
      (self.field, self.reference, self.modifiers, self.values) = (field, reference, modifiers, values)
      (self.tests, self.requiresAll, self.isNegated) = (tests, requiresAll, isNegated)
      // Some of what a test is made of tells nearly all apart.
      var hasher = Hasher()
      hasher.combine(field)
      hasher.combine(modifiers.last)
      hasher.combine(values.count)
      hasher.combine(values.first)
      hash = hasher.finalize()
    }
  }

  private let content: Content

  /// The field's name; empty for keywords, which look at every value of the event.
  public var field: String { content.field }
  /// The modifiers in the order they were written.
  public var modifiers: [String] { content.modifiers }
  /// The values; any of them fits, unless the modifier `all` asks for all.
  public var values: [MatchValue] { content.values }

  /// Tells tests apart that are not copies of each other, while one of them is held.
  var identity: ObjectIdentifier { ObjectIdentifier(content) }
  var reference: FieldReference { content.reference }
  var tests: [ValueTest] { content.tests }
  var requiresAll: Bool { content.requiresAll }
  var isNegated: Bool { content.isNegated }

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
    content = Content(
      field: field, reference: FieldReference(name: field), modifiers: draft.modifiers, values: values,
      tests: try draft.compiled(isKeyword: field.isEmpty), requiresAll: draft.requiresAll, isNegated: draft.isNegated)
  }

  /// The test on another field.
  private init(_ test: FieldTest, field: String, reference: FieldReference, tests: [ValueTest]) {
    content = Content(
      field: field, reference: reference, modifiers: test.modifiers, values: test.values, tests: tests,
      requiresAll: test.requiresAll, isNegated: test.isNegated)
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
    let bound = tests.map { test in
      if case .field(let comparison) = test { ValueTest.field(comparison.bound(to: parameters)) } else { test }
    }
    return FieldTest(
      self, field: field, reference: FieldReference(name: field, parameters: parameters), tests: bound)
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
    return FieldTest(self, field: mapping.name, reference: FieldReference(name: mapping.name), tests: tests)
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
    if left.content === right.content { return true }
    return left.content.hash == right.content.hash && left.reference == right.reference && left.field == right.field
      && left.modifiers == right.modifiers && left.values == right.values
  }

  /// Hashes what the test was written as.
  public func hash(into hasher: inout Hasher) { hasher.combine(content.hash) }
}
