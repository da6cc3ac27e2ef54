import EventLog
import RuleEngine
import Testing

@testable import Triage

/// The rules of a pack.
func rules(_ yaml: String) throws -> RuleSet {
  let loaded = RulePackLoader.load([RuleFile(path: "test.yaml", text: yaml)])
  try #require(loaded.issues.filter { $0.severity == .error } == [])
  return RuleSet(rules: loaded.rules, packs: loaded.packs)
}

/// A finding, what is evidence for its causes, and a signal.
let mailPack = """
  pack: mail
  title: Mail
  rules:
    - id: mail-failed
      title: {en: Mail failed, de: Post scheiterte}
      match: {Provider_Name: Mail, EventID: 1}
      severity: high
      parameters: [server, code]
      message: Mail to {server} failed with {code}.
      group_by: [Computer, server]
      meaning: Mail waits.
      symptoms: ["454 4.7.0 Temporary authentication failure"]
      explains: [disk-slow]
      causes:
        - id: clock
          title: The clock is wrong
          evidence:
            - {supports: {tag: clock-wrong}, within: 1h}
            - {contradicts: {rule: clock-right}, within: 1h}
          needs: [System]
          fix: Set it.
        - id: unknown
          title: Something else
    - id: clock-wrong
      title: The clock is wrong
      match: {Provider_Name: Clock, EventID: 1}
      severity: medium
      tags: [clock-wrong]
    - id: clock-right
      title: The clock is right
      match: {Provider_Name: Clock, EventID: 2}
      severity: informational
      signal: true
    - id: disk-slow
      title: The disk is slow
      match: {Provider_Name: Disk, EventID: [1, 2]}
      severity: low
  """

/// Sums up events in order, without a session.
func summary(of events: [Event], rules: RuleSet, sampleLimit: Int = 6) -> TriageSummary {
  let catalog = EvidenceCatalog(rules: rules)
  let correlations = CorrelationCatalog(rules: rules)
  var summary = TriageSummary()
  for event in events {
    let matches = rules.matches(event)
    summary.add(event, matches: matches.rules.map { rules.rules[$0] }, sampleLimit: sampleLimit)
    for index in matches.rules where correlations.fields(ofRule: index) != nil {
      summary.addCorrelated(
        event, rule: rules.rules[index].id, values: correlations.values(of: event, rule: index))
    }
    summary.addEvidence(event, matches: matches, catalog)
  }
  return summary
}

/// Merges summaries from left to right into an empty one.
func merged(_ parts: [TriageSummary]) -> TriageSummary { parts.reduce(into: TriageSummary()) { $0.merge($1) } }

/// Compares what is too long to be shown when it differs.
func expectSame<Value: Equatable>(_ left: Value, _ right: Value, sourceLocation: SourceLocation = #_sourceLocation) {
  let isSame = left == right
  #expect(isSame, "the two differ", sourceLocation: sourceLocation)
}

/// The report on events.
func report(
  on events: [Event], rules: RuleSet, _ change: (inout ReportBuilder) -> Void = { _ in }
) -> Report {
  var builder = ReportBuilder(rules: rules, about: ReportAbout(tool: "test"))
  change(&builder)
  return builder.report(on: merged([summary(of: events, rules: rules)]))
}
