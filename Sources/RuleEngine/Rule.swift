public import EventLog

/// A rule, compiled: which events it is about and what it says about them.
///
/// There is one kind of rule, whatever it was loaded from.
public struct Rule: Sendable {
  /// What never changes, shared by all copies: rules are handed around for every event that they match.
  private let content: Content
  private var attachedCauses: [Cause] = []

  /// Compiles a definition.
  public init(_ definition: RuleDefinition) { content = Content(definition) }

  private final class Content: Sendable {
    let definition: RuleDefinition
    let condition: Condition
    let matchesOnPayload: Bool

    init(_ definition: RuleDefinition) {
      self.definition = definition
      let parameters = definition.parameters
      condition = parameters.isEmpty ? definition.condition : definition.condition.bound(to: parameters)
      var matchesOnPayload = false
      condition.forEachTest { test in
        switch test.reference {
        case .parameter, .payload: matchesOnPayload = true
        default: break
        }
      }
      self.matchesOnPayload = matchesOnPayload
    }
  }

  /// What the rule was compiled from.
  var definition: RuleDefinition { content.definition }
  private var matchesOnPayload: Bool { content.matchesOnPayload }
  /// Which events the rule is about; parameters are bound to their insertion strings.
  var condition: Condition { content.condition }

  /// What the sentence of a Sigma rule tells.
  private var tellingFields: [String] {
    guard let sigma = definition.sigmaAttributes else { return [] }
    var seen: Set<String> = []
    let tested = condition.fieldTests.compactMap { test -> String? in
      if case .payload(let name) = test.reference { name } else { nil }
    }
    return (tested + sigma.fields).filter { seen.insert($0).inserted }
  }

  /// Unique over all packs, such as `exchange-transport-1035`.
  public var id: String { definition.id }
  /// The pack that the rule is from.
  public var packID: String { definition.packID }
  /// What happened, in one line without a full stop.
  public var title: LocalizedText { definition.title }
  /// How bad it is.
  public var severity: Severity { definition.severity }
  /// Whether the rule is evidence, or a part of correlations, and no finding by itself.
  public var isSignal: Bool { definition.isSignal || definition.servesCorrelationsOnly }
  /// Whether correlations name the rule and none of them makes it a finding by itself.
  public var servesCorrelationsOnly: Bool { definition.servesCorrelationsOnly }
  /// The matches of other rules that the rule is about; nil for a rule about single events.
  public var correlation: Correlation? { definition.correlation }
  /// Whether its facts could not be verified.
  public var isUnverified: Bool { definition.isUnverified }
  /// Words that evidence finds the rule by.
  public var tags: [String] { definition.tags }
  /// The names of the insertion strings `%1` to `%n`.
  public var parameters: [String] { definition.parameters }
  /// The sentence for the report, in English.
  public var message: MessageTemplate? { definition.message }
  /// The fields and parameters whose distinct values make distinct findings.
  public var groupBy: [String] { definition.groupBy }
  /// Words for the codes of parameters and fields, by name.
  public var valueTables: [String: ValueTable] { definition.valueTables }
  /// What it means, why it happens, how to check and fix it.
  public var guidance: Guidance {
    var guidance = definition.guidance
    if guidance.causes.isEmpty { guidance.causes = attachedCauses }
    return guidance
  }
  /// The evidence for and against all causes.
  var evidence: [EvidenceDefinition] {
    let own = definition.deferredEvidence?.value ?? definition.guidance.causes.flatMap(\.evidence)
    return attachedCauses.isEmpty ? own : guidance.causes.flatMap(\.evidence)
  }
  /// The rules whose findings are known consequences of this one.
  public var explains: [String] { definition.explains }
  /// The rules of whose findings this one's are known consequences.
  public var consequenceOf: [String] { definition.consequenceOf }
  /// What the rule says about itself, if it is one of Sigma's.
  public var sigma: SigmaMetadata? { definition.sigma }
  /// Whether it is one of Sigma's.
  public var isSigma: Bool { definition.sigmaAttributes != nil }
  /// Where the events of a Sigma rule come from.
  var logSource: SigmaLogSource? { definition.sigmaAttributes?.logSource }
  /// The rule's own tests.
  public var tests: [RuleTest] { definition.tests }
  /// Where the rule stands.
  public var source: RuleSource { definition.source }

  /// The events that the rule is about, such as `MSExchangeTransport 1035`; nil when it does not name them.
  public var eventNames: String? {
    let header = HeaderRequirement(condition)
    // Of several providers, the shortest name is the one that the others are made of.
    let providers = (header.providers ?? []).map(\.spelling)
    guard let provider = providers.min(by: { ($0.count, $0) < ($1.count, $1) }) else { return nil }
    let eventIDs = (header.eventIDs ?? []).sorted().prefix(4).map(String.init)
    return eventIDs.isEmpty ? provider : "\(provider) \(eventIDs.joined(separator: ", "))"
  }

  /// The names besides the ID by which correlations may refer to the rule.
  var names: [String] { definition.names }
  /// What the fields that correlations name are called in some of the rule's events.
  var otherFieldNames: [String: [String]] { definition.otherFieldNames }

  /// The rule, knowing whether it only serves correlations.
  func servingCorrelationsOnly(_ flag: Bool) -> Rule {
    var copy = definition
    copy.servesCorrelationsOnly = flag
    return Rule(copy)
  }

  /// Whether an event fits.
  ///
  /// An event that was pasted from a ticket has no payload; the values that its rendered message shows stand in.
  public func matches(_ event: Event) -> Bool {
    condition.matches(withRecoveredValues(event))
  }

  /// The event with the values that its rendered message shows, where the rule asks for some and it has none.
  func withRecoveredValues(_ event: Event) -> Event {
    guard matchesOnPayload, let values = recoveredValues(of: event) else { return event }
    return event.filled(with: values, parameters: parameters)
  }
}

// MARK: - Causes of remediations

extension Rule {
  /// Whether the rule itself names causes.
  var hasOwnCauses: Bool { !definition.guidance.causes.isEmpty }

  /// The rule with the causes that remediations name; they only count where it has none itself.
  func attaching(_ causes: [Cause]) -> Rule {
    var copy = self
    copy.attachedCauses = causes
    return copy
  }
}

// MARK: - Saying what happened

extension Rule {
  /// What stands in a sentence for a value that the event does not have.
  static let missingValue = "(not recorded)"

  /// The rule's sentence about an event.
  ///
  /// Codes are followed by their words: `0xC000006A (wrong password)`. An event without payload, whose rendered message
  /// does not show the values, is told by the first paragraph of that message.
  ///
  /// - Parameters:
  ///   - event: An event that the rule matches.
  ///   - language: The BCP 47 tag of the wanted language.
  /// - Returns: The sentence; nil when the rule has no message and the event was not rendered.
  public func sentence(for event: Event, language: String) -> String? {
    let translation = LocalizedText.closest(to: language, in: definition.messageTranslations)
    guard let template = translation ?? message else { return sentenceOfFields(event) ?? event.renderedSummary }
    let recovered = recoveredValues(of: event) ?? [:]
    let values = Dictionary(
      uniqueKeysWithValues: template.placeholders.compactMap { name in
        recordedValue(of: name, in: event, recovered: recovered).map { (name, $0) }
      })
    if values.count < template.placeholders.count, !event.hasPayload, let summary = event.renderedSummary {
      return summary
    }
    return template.render { name in
      guard let value = values[name] else { return Self.missingValue }
      return words(for: value, of: name).map { "\(value) (\($0))" } ?? value
    }
  }

  /// The fields that a Sigma rule looks at or names as interesting, with their values; nil when the event has none.
  private func sentenceOfFields(_ event: Event) -> String? {
    let parts = tellingFields.compactMap { field -> String? in
      guard let value = event.firstValue(of: .payload(field))?.text, !value.isEmpty else { return nil }
      return "\(field): \(value.utf8.count > 400 ? value.prefix(200) + "…" : value)"
    }
    return parts.isEmpty ? nil : parts.prefix(8).joined(separator: "; ")
  }

  /// The value of a parameter, a field of the header, a named `<Data>` or a leaf of `<UserData>`.
  public func value(of name: String, in event: Event) -> String? {
    event.firstValue(of: reference(to: name))?.text ?? recoveredValues(of: event)?[name]
  }

  /// The words for a code of a parameter or field.
  public func words(for value: String, of name: String) -> String? { valueTables[name]?.words(for: value) }

  private func reference(to name: String) -> FieldReference { FieldReference(name: name, parameters: parameters) }

  /// A value without blanks at its ends, such as the one after the `Mailbox Database 1: ` of ESE; nil when it is blank.
  private func recordedValue(of name: String, in event: Event, recovered: [String: String]) -> String? {
    let value = event.firstValue(of: reference(to: name))?.text ?? recovered[name]
    guard let value = value?[...].trimmingBlanks(), !value.isEmpty else { return nil }
    return String(value)
  }

  /// The values that the rendered message of an event without payload shows.
  private func recoveredValues(of event: Event) -> [String: String]? {
    guard !event.hasPayload, let text = event.rendering?.message else { return nil }
    if let values = message?.extract(from: text) { return values }
    let translations = definition.messageTranslations.sorted { $0.key < $1.key }
    return translations.lazy.compactMap { $0.value.extract(from: text) }.first
  }
}

extension Event {
  /// The event with a payload made of values by name.
  fileprivate func filled(with values: [String: String], parameters: [String]) -> Event {
    var copy = self
    copy.data = parameters.map { DataItem(value: values[$0] ?? "") }
    copy.data += values.filter { !parameters.contains($0.key) }.sorted { $0.key < $1.key }
      .map { DataItem(name: $0.key, value: $0.value) }
    return copy
  }

  /// The first paragraph of the rendered message, in one line.
  fileprivate var renderedSummary: String? {
    guard let message = rendering?.message else { return nil }
    let lines = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .drop { $0.allSatisfy(\.isWhitespace) }
      .prefix { !$0.allSatisfy(\.isWhitespace) }
    let words = lines.flatMap { $0.split(whereSeparator: \.isWhitespace) }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
