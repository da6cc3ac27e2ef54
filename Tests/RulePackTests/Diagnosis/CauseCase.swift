import EventLog
import ShippedRules
import TestSupport

@testable import RuleEngine
@testable import Triage

/// The shipped rules, compiled once for all tests.
enum Shipped {
  static let rules: RuleSet = {
    let loaded = ShippedRules.load()
    return RuleSet(rules: loaded.rules, packs: loaded.packs)
  }()
  static let catalog = EvidenceCatalog(rules: rules)
}

/// A cause of a shipped rule, with one event that makes the rule fire, and the logs that tests make up around it.
struct CauseCase: CustomStringConvertible {
  let rule: Rule
  let cause: Int
  /// An event of the rule's own tests.
  private(set) var finding: Event

  static let controller = "DC01.contoso.com"
  private static let noon = EventTime(ticks: 17_723_520_000_000_000)
  private static let other = "OTHER01.contoso.com"

  init(_ rule: Rule, cause: Int, finding: Event) {
    self.rule = rule
    self.cause = cause
    self.finding = finding
    self.finding.timeCreated = Self.noon
  }

  /// The event and others like it, each with another value in one place: what shows a cause in one may not in the next.
  static func variants(of event: Event) -> [Event] {
    var bare = event
    bare.binary = nil
    var events = [event, bare]
    for value in ["999", "another value"] {
      for index in event.data.indices {
        events.append(bare)
        events[events.count - 1].data[index].value = value
      }
      for index in event.userData.indices {
        events.append(bare)
        events[events.count - 1].userData[index].value = value
      }
    }
    return events
  }

  var definition: Cause { rule.guidance.causes[cause] }
  var description: String { "\(rule.id) \(definition.id)" }

  // MARK: Judging

  /// Whether the rule fires, and its event alone is no evidence for or against the cause.
  var isSilent: Bool {
    guard rule.matches(finding), let verdict = verdict(with: []) else { return false }
    return verdict.supporting.isEmpty && verdict.contradicting.isEmpty
  }

  /// The verdict on the cause when the finding and these events are all that was read.
  func verdict(with events: [Event]) -> CauseVerdict? {
    var summary = TriageSummary()
    for (position, event) in ([finding] + events).enumerated() {
      var event = event
      event.location.byteOffset = UInt64(position)
      summary.take(event)
    }
    let findings = summary.findings.filter { $0.key.ruleID == rule.id }.sorted { $0.key < $1.key }
    let diagnostician = Diagnostician(summary: summary, rules: Shipped.rules, catalog: Shipped.catalog)
    return diagnostician.conclusions(on: rule, findings.map { ($0.key, $0.value) }).verdicts.first { $0.cause == cause }
  }

  // MARK: Events around the finding

  /// The events that a statement of evidence asks for, where it asks for them; one list for each alternative.
  func events(for evidence: EvidenceDefinition) -> [[Event]] {
    models(of: evidence.selector, isTied: !evidence.conditions.isEmpty).map { model in
      var events: [Event] = []
      for scope in evidence.scope.parts {
        guard let computer = computer(scope) else { continue }
        for count in 0..<evidence.atLeast {
          var event = tied(model, evidence)
          event.computer = computer
          event.timeCreated = time(evidence).adding(seconds: Int64(count % 30))
          events.append(event)
        }
      }
      return events + [Self.filler("Directory Service", on: Self.controller, at: Self.noon)]
    }
  }

  /// Every needed log, from well before the window to well after the finding, with nothing of interest in it.
  var coveringLogs: [Event] {
    let scopes = definition.needs.flatMap { need in need.scope.parts.map { (need.channel, $0) } }
    var logs = scopes.compactMap { channel, scope in computer(scope).map { (channel, $0) } }
    // The finding's computer may be a domain controller too.
    logs += scopes.filter { $0.1 == .domainController }.map { ($0.0, finding.computer) }
    if definition.needs.isEmpty { logs.append((finding.channel, finding.computer)) }
    return (logs + [("Directory Service", Self.controller)]).flatMap { channel, computer in
      [-40 * 86_400, 25 * 3600].map { Self.filler(channel, on: computer, at: Self.noon.adding(seconds: $0)) }
    }
  }

  private static func filler(_ channel: String, on computer: String, at time: EventTime) -> Event {
    var event = Event()
    event.provider.name = "Contoso Filler"
    event.eventID = 60_000
    event.channel = channel
    event.computer = computer
    event.timeCreated = time
    return event
  }

  /// In the middle of the window, before the finding when evidence counts there.
  private func time(_ evidence: EvidenceDefinition) -> EventTime {
    let seconds = evidence.secondsBefore > 0 ? -(evidence.secondsBefore / 2) : evidence.secondsAfter / 2
    return Self.noon.adding(seconds: Int64(seconds))
  }

  private func computer(_ scope: EvidenceScope) -> String? {
    switch scope {
    case .same: finding.computer
    case .any: Self.other
    case .domainController: Self.controller
    case .named(let parameter):
      rule.groupBy.contains(parameter) ? rule.value(of: parameter, in: finding).flatMap { $0.isEmpty ? nil : $0 } : nil
    case .each(let scopes): scopes.first.flatMap(computer)
    }
  }

  /// Events that the selector names, from the tests of the rules that it stands for.
  private func models(of selector: EvidenceDefinition.Selector, isTied: Bool) -> [Event] {
    if case .match(let selection) = selector { return EventSynthesis.events(for: selection) }
    let isTag = if case .tag = selector { true } else { false }
    let rules = Shipped.catalog.probes(of: selector).compactMap { $0.ruleID.flatMap { Shipped.rules.rule(id: $0) } }
      .filter { !(isTag && $0.id == rule.id) }
    // Every rule of a tag is found in the same way, unless values must fit.
    return (isTied ? rules : Array(rules.prefix(1))).compactMap { rule in
      rule.tests.first { $0.kind == .fires }?.event
    }
  }

  /// The event with the values that tie it to the finding.
  private func tied(_ model: Event, _ evidence: EvidenceDefinition) -> Event {
    var event = model
    let parameters = Shipped.rules.matches(model).rules.first.map { Shipped.rules.rules[$0].parameters } ?? []
    for condition in evidence.conditions {
      let value = condition.template.render { rule.value(of: $0, in: finding) }
      event.set(condition.field, to: value, parameters: parameters)
    }
    return event
  }
}

extension TriageSummary {
  /// Takes an event as a session does.
  fileprivate mutating func take(_ event: Event) {
    let matches = Shipped.rules.matches(event)
    add(event, matches: matches.rules.map { Shipped.rules.rules[$0] }, sampleLimit: 4)
    addEvidence(event, matches: matches, Shipped.catalog)
  }
}
