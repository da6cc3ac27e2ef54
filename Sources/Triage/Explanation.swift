public import EventLog
public import RuleEngine

/// The answer to "what is this?".
public struct Explanation: Sendable {
  /// The mail answers in the question, taken apart.
  public var answers: [AnswerExplanation] = []
  /// The rules that answer, the best first; those that diagnose a mail answer before others.
  public var rules: [Rule]
  /// The rules that diagnose the mail answers, by ID; the others only quote them.
  public var diagnosing: Set<String> = []
  /// What is to be said besides: a spelling that was corrected, or why there is no answer.
  public var notes: [String]
  /// The event that was asked about, when its text was given.
  public var event: Event?

  /// Whether there is nothing to show.
  public var isEmpty: Bool { rules.isEmpty && answers.allSatisfy(\.entries.isEmpty) }

  /// Makes an answer.
  ///
  /// - Parameters:
  ///   - rules: The rules that answer; those that say what it means and what to do come before Sigma's, which detect.
  ///   - notes: What is to be said besides.
  ///   - event: The event that was asked about.
  public init(rules: [Rule], notes: [String] = [], event: Event? = nil) {
    self.rules = rules.filter { !$0.isSigma } + rules.filter(\.isSigma)
    self.notes = notes
    self.event = event
  }
}

/// Finds what rules say about an event or an error, without a log.
public struct Explainer: Sendable {
  private let rules: RuleSet
  private let answers: AnswerCatalog

  /// Makes an explainer.
  public init(rules: RuleSet, answers: AnswerCatalog = .empty) {
    self.rules = rules
    self.answers = answers
  }

  /// Answers a question: a rule's ID; a provider and an event ID; an event ID; the text or the XML of an event; the
  /// answer of a mail server, alone or anywhere in a text; the text of an error that users see.
  public func explain(_ words: [String]) -> Explanation {
    let text = words.joined(separator: " ")
    if let rule = rule(id: text) { return Explanation(rules: [rule]) }
    if let event = event(in: text) { return explain(event, text) }
    let mail = MailExplainer(rules: rules, catalog: answers)
    if let answer = mail.explain(text, .query) { return answer }
    let answer = explainByRules(words, text)
    return answer.isEmpty ? mail.explain(text, .loose) ?? mail.explain(wording: text) ?? answer : answer
  }

  /// The rule of an ID, which is a UUID in small letters for most of Sigma's.
  private func rule(id: String) -> Rule? { rules.rule(id: id) ?? rules.rule(id: id.lowercased()) }

  private func explainByRules(_ words: [String], _ text: String) -> Explanation {
    guard let (provider, eventID) = Self.providerAndID(words) else { return explain(symptom: text) }
    let answer = explain(provider: provider, eventID: eventID)
    // An error's text may end with a number too.
    let symptom = answer.rules.isEmpty ? explain(symptom: text) : answer
    return symptom.rules.isEmpty ? answer : symptom
  }

  /// Answers a question that is a rule's ID, or a provider with an event ID, spelt as a rule spells it.
  ///
  /// - Returns: nil for any other question, and for one that needs the rules of more packs.
  public func explainExactly(_ words: [String]) -> Explanation? {
    let text = words.joined(separator: " ")
    if let rule = rule(id: text) { return Explanation(rules: [rule]) }
    guard let (provider, eventID) = Self.providerAndID(words), !provider.isEmpty else { return nil }
    let found = rules.rules(provider: provider, eventID: eventID)
    return found.isEmpty ? nil : Explanation(rules: found)
  }

  /// What ``explainExactly(_:)`` looks for: a provider, or else a rule's ID.
  public static func subject(of words: [String]) -> String {
    providerAndID(words)?.0 ?? words.joined(separator: " ")
  }

  // MARK: Events

  private func event(in text: String) -> Event? {
    if let event = ClassicTextReader.events(in: text).first { return event }
    guard text.contains("<Event"), let reader = try? EventReader(InputSource(text: text)) else { return nil }
    var found: Event?
    while let chunk = try? reader.next() {
      _ = chunk.decode { event in found = found ?? event }
    }
    return found
  }

  private func explain(_ event: Event, _ text: String) -> Explanation {
    let matching = rules.matches(event).rules.map { rules.rules[$0] }
    var answer =
      matching.isEmpty
      ? explain(provider: event.provider.name, eventID: event.eventID, channels: false) : Explanation(rules: matching)
    answer.event = event
    answer.answers = MailExplainer(rules: rules, catalog: answers).answers(in: text, .strict)
    return answer
  }

  private static func providerAndID(_ words: [String]) -> (String, Int?)? {
    let parts = words.flatMap { $0.split(separator: " ").map(String.init) }
    guard let last = parts.last, let eventID = Int(last), eventID >= 0 else { return nil }
    return (parts.dropLast().joined(separator: " "), eventID)
  }

  /// Rules that name only the channel of an event that is known are known not to match it.
  private func explain(provider: String, eventID: Int?, channels: Bool = true) -> Explanation {
    guard !provider.isEmpty else { return explain(eventID: eventID) }
    var exact = rules.rules(provider: provider, eventID: eventID)
    if channels, let eventID {
      let known = Set(exact.map(\.id))
      exact += rules.rules(ofChannel: provider, eventID: eventID).filter { !known.contains($0.id) }
    }
    if !exact.isEmpty { return Explanation(rules: exact) }
    let name = eventID.map { "\(provider) \($0)" } ?? provider
    for near in nearProviders(provider) {
      let found = rules.rules(provider: near, eventID: eventID)
      guard !found.isEmpty else { continue }
      return Explanation(
        rules: found, notes: ["No rule knows the provider '\(provider)'. Did you mean \(near)? This is about \(near)."])
    }
    return Explanation(rules: [], notes: ["No rule knows \(name)." + knownIDs(provider)])
  }

  private func explain(eventID: Int?) -> Explanation {
    guard let eventID else { return Explanation(rules: [], notes: ["Name a provider and an event ID."]) }
    let found = rules.rules(eventID: eventID)
    guard !found.isEmpty else { return Explanation(rules: [], notes: ["No rule knows the event ID \(eventID)."]) }
    let note = "Several rules are about event ID \(eventID); name the provider or the channel to see fewer."
    return Explanation(rules: found, notes: found.count > 1 ? [note] : [])
  }

  private func nearProviders(_ provider: String) -> [String] {
    NearMiss.suggestions(for: provider, among: rules.providers, limit: 3)
  }

  private func knownIDs(_ provider: String) -> String {
    let isKnown = rules.providers.contains { $0.lowercased() == provider.lowercased() }
    if isKnown { return " Other events of this provider are known: evtriage rules list shows the rules." }
    let near = nearProviders(provider)
    return near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
  }

  // MARK: Symptoms

  private func explain(symptom text: String) -> Explanation {
    guard text.unicodeScalars.count(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) >= 4
    else {
      return Explanation(rules: [], notes: ["Say more: '\(text)' could be anything."])
    }
    let found = rules.rules(withSymptomIn: text)
    if !found.isEmpty { return Explanation(rules: found) }
    let byName = rules.rules(provider: text, eventID: nil)
    if !byName.isEmpty { return Explanation(rules: byName) }
    let near = text.utf8.count > 200 ? [] : NearMiss.suggestions(for: text, among: rules.rules.map(\.id), limit: 3)
    let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
    return Explanation(rules: [], notes: ["No rule knows '\(text.shortened)'.\(hint)"])
  }
}

extension String {
  /// The text, or its beginning when it is long.
  fileprivate var shortened: String { utf8.count <= 200 ? self : String(prefix(200)) + "…" }
}
