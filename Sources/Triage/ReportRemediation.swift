package import RuleEngine

/// What to do about findings of rules that do not say so themselves; told once for all of them.
public struct ReportRemediation: Sendable, Hashable, Encodable {
  /// Its name.
  public var id: String
  /// The pack that it is from.
  public var packID: String
  /// What it is about.
  public var title: String
  /// The numbers of the findings that it is for.
  public var findings: [Int]
  /// The computers of those findings.
  public var computers: [String]
  /// What has happened, in plain words.
  public var meaning: String?
  /// When it is harmless.
  public var harmless: String?
  /// What to do first; Markdown of the pack's author, as the other texts.
  public var contain: String?
  /// Steps that tell whether it is harmless.
  public var checks: [ReportCheck]
  /// How to remove it.
  public var eradicate: String?
  /// How to come back to normal, and how to prevent it.
  public var recover: String?
  /// Pages that say so.
  public var references: [String]

  init(_ remediation: Remediation, for sections: [ReportSection], language: String) {
    self.init(remediation, language: language)
    findings = sections.map(\.number).sorted()
    computers = Set(sections.flatMap(\.computers)).sorted()
  }

  /// What to do whatever was found.
  package init(_ remediation: Remediation, language: String) {
    let steps = remediation.steps
    id = remediation.id
    packID = remediation.packID
    title = remediation.title.text(in: language)
    findings = []
    computers = []
    meaning = steps.meaning?.text(in: language)
    harmless = steps.harmless?.text(in: language)
    contain = steps.contain?.text(in: language)
    checks = steps.checks.map { ReportCheck($0, language: language) }
    eradicate = steps.eradicate?.text(in: language)
    recover = steps.recover?.text(in: language)
    references = steps.references
  }
}

/// The remediations of all findings, each once, in the order of the findings.
struct RemediationList {
  let list: [ReportRemediation]
  private let positions: [Int: [Int]]

  /// - Parameters:
  ///   - sections: The findings.
  ///   - found: The remediations for each, the most specific first.
  ///   - language: The language of the texts.
  init(_ sections: [ReportSection], _ found: [[Remediation]], language: String) {
    var places: [String: Int] = [:]
    var entries: [(remediation: Remediation, sections: [ReportSection])] = []
    var positions: [Int: [Int]] = [:]
    for (section, remediations) in zip(sections, found) {
      for remediation in remediations {
        let place = places[remediation.id] ?? entries.count
        if place == entries.count { entries.append((remediation, [])) }
        places[remediation.id] = place
        entries[place].sections.append(section)
        positions[section.number, default: []].append(place)
      }
    }
    list = entries.map { ReportRemediation($0.remediation, for: $0.sections, language: language) }
    self.positions = positions
  }

  /// The positions in ``list`` of what to do about a finding, the most specific first.
  func positions(finding number: Int) -> [Int] { positions[number] ?? [] }
}
