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
    /// The fields whose values it compares the field with.
    let comparedFields: [FieldReference]
    /// What its placeholders stand for.
    let placeholders: Placeholders
    let hash: Int

    init(
      field: String, reference: FieldReference, modifiers: [String], values: [MatchValue], tests: [ValueTest],
      requiresAll: Bool, isNegated: Bool, placeholders: Placeholders
    ) {
      (self.field, self.reference, self.modifiers, self.values) = (field, reference, modifiers, values)
      (self.tests, self.requiresAll, self.isNegated) = (tests, requiresAll, isNegated)
      self.placeholders = placeholders
      comparedFields = tests.compactMap { if case .field(let comparison) = $0 { comparison.reference } else { nil } }
      // Some of what a test is made of tells nearly all apart.
      var hasher = Hasher()
      hasher.combine(field)
      hasher.combine(modifiers.last)
      hasher.combine(values.count)
      hasher.combine(values.first)
      hasher.combine(values.last)
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
      tests: try draft.compiled(isKeyword: field.isEmpty), requiresAll: draft.requiresAll, isNegated: draft.isNegated,
      placeholders: draft.placeholders)
  }

  /// The test on another field.
  private init(_ test: FieldTest, field: String, reference: FieldReference, tests: [ValueTest]) {
    content = Content(
      field: field, reference: reference, modifiers: test.modifiers, values: test.values, tests: tests,
      requiresAll: test.requiresAll, isNegated: test.isNegated, placeholders: test.content.placeholders)
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
  var comparesFields: Bool { !content.comparedFields.isEmpty }

  private func anyFits(_ tests: some Collection<ValueTest>, _ event: Event) -> Bool {
    let fit = event.fit(of: reference) { value in tests.contains { fits($0, value, event) } }
    return switch fit {
    case .fit: true
    case .unfit: false
    case .absent: tests.contains(where: \.fitsAbsence)
    }
  }

  /// Whether a value fits one of the tests.
  func fits(_ test: ValueTest, _ value: FieldValue, _ event: Event) -> Bool {
    guard case .field(let comparison) = test else { return test.fits(value) }
    return event.fit(of: comparison.reference) { comparison.fits(value.text, $0.text) } == .fit
  }

  /// The test with its field looked up among the names that a rule gives to insertion strings.
  func bound(to parameters: [String]) -> FieldTest {
    let reference = FieldReference(name: field, parameters: parameters)
    if reference == self.reference, !comparesFields { return self }
    let bound = tests.map { test in
      if case .field(let comparison) = test { ValueTest.field(comparison.bound(to: parameters)) } else { test }
    }
    return FieldTest(self, field: field, reference: reference, tests: bound)
  }
}

extension FieldTest {
  /// The test on the field that the mapping of a log source gives it, if any.
  func mapped(by fields: [String: LogSourceMap.FieldMapping]) -> FieldTest {
    let refersToField = modifiers.contains("fieldref")
    guard fields[field] != nil || refersToField else { return self }
    let mapping = fields[field] ?? LogSourceMap.FieldMapping(name: field)
    var mapped = values
    var placeholders = content.placeholders
    if refersToField {
      mapped = values.map { $0.renamed(by: fields) }
    } else if !mapping.values.isEmpty {
      mapped = values.map(mapping.value)
      if modifiers.contains("expand") { placeholders = placeholders.mapped(mapping.text) }
    }
    // What was compiled once compiles with other texts as well.
    if mapped != values || placeholders != content.placeholders,
      let test = try? Self.compile(
        field: mapping.name, modifiers: modifiers, values: mapped, placeholders: placeholders)
    {
      return test
    }
    return FieldTest(self, field: mapping.name, reference: FieldReference(name: mapping.name), tests: tests)
  }
}

extension MatchValue {
  /// Whether two values are the same, character by character: `é` in one character and in two are not.
  fileprivate func isWritten(like other: MatchValue) -> Bool {
    guard case (.string(let text), .string(let otherText)) = (self, other) else { return self == other }
    return text == otherText && text.utf8.elementsEqual(otherText.utf8)
  }

  fileprivate func renamed(by fields: [String: LogSourceMap.FieldMapping]) -> MatchValue {
    guard case .string(let text) = self, let mapping = fields[text] else { return self }
    return .string(mapping.name)
  }
}

extension LogSourceMap.FieldMapping {
  fileprivate func value(of value: MatchValue) -> MatchValue {
    guard case .string(let written) = value else { return value }
    return .string(text(written))
  }

  fileprivate func text(_ text: String) -> String { values[FoldedText(text)] ?? text }
}

extension FieldTest: Hashable {
  /// Whether two tests were written alike and mean the same field.
  public static func == (left: FieldTest, right: FieldTest) -> Bool {
    if left.content === right.content { return true }
    return left.content.hash == right.content.hash && left.reference == right.reference && left.field == right.field
      && left.modifiers == right.modifiers && left.content.comparedFields == right.content.comparedFields
      && left.values.elementsEqual(right.values) { $0.isWritten(like: $1) }
  }

  /// Hashes what the test was written as.
  public func hash(into hasher: inout Hasher) { hasher.combine(content.hash) }
}
