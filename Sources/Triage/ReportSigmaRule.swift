public import RuleEngine

/// What a Sigma rule says about itself.
public struct ReportSigmaRule: Sendable, Hashable, Encodable {
  /// How far the rule has come: `stable`, `test`, `experimental` or `deprecated`.
  public var status: String?
  /// Who wrote it.
  public var author: String?
  /// The day on which it was written, `YYYY-MM-DD`.
  public var date: String?
  /// The day on which it was last changed, `YYYY-MM-DD`.
  public var modified: String?
  /// What else may look like this.
  public var falsePositives: [String]
  /// Where its events come from: `product: windows, category: process_creation`.
  public var logSource: String
  /// The techniques of MITRE ATT&CK that it looks for.
  public var techniques: [ReportAttackName]
  /// The tactics that they serve.
  public var tactics: [ReportAttackName]

  package init(_ sigma: SigmaMetadata, tables: [String: ValueTable]) {
    status = sigma.status?.rawValue
    author = sigma.author
    date = sigma.date
    modified = sigma.modified
    falsePositives = sigma.falsePositives.filter { !["unknown", "none", ""].contains(Self.letters(of: $0)) }
    logSource = sigma.logSource.description
    techniques = sigma.techniques.map { ReportAttackName(id: $0, name: tables["attack-technique"]?.words(for: $0)) }
    tactics = sigma.tactics.map { ReportAttackName(id: $0, name: tables["attack-tactic"]?.words(for: $0)) }
  }

  /// Whether the author knows of no false positives and expects none: `Unlikely`, `Very unlikely`.
  package var expectsNoFalsePositives: Bool {
    !falsePositives.isEmpty && falsePositives.allSatisfy(Self.isUnlikely)
  }

  /// The false positives that the author describes.
  package var describedFalsePositives: [String] { falsePositives.filter { !Self.isUnlikely($0) } }

  private static func isUnlikely(_ text: String) -> Bool {
    let letters = letters(of: text)
    return letters.hasSuffix("unlikely") && letters.utf8.count < 20
  }

  private static func letters(of text: String) -> String { text.lowercased().filter(\.isLetter) }
}

/// A technique or tactic of MITRE ATT&CK.
public struct ReportAttackName: Sendable, Hashable, Encodable {
  /// `T1003.001`, or the short name of a tactic.
  public var id: String
  /// Its name, where it is known.
  public var name: String?
}

/// Why the rule of a finding matched one of the listed events.
public struct ReportMatch: Sendable, Hashable, Encodable {
  /// The position of the event in ``Report/events``.
  public var event: Int
  /// The tests that decided it, and what they found.
  public var reasons: [MatchReason]
}
