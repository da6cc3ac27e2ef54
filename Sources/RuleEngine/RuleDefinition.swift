/// Everything that a rule is made of, as a loader fills it in; ``Rule`` is what comes of it.
public struct RuleDefinition: Sendable {
  /// Unique over all packs, such as `exchange-transport-1035`.
  public var id: String
  /// The pack that the rule is from.
  public var packID: String
  /// What happened, in one line without a full stop.
  public var title: LocalizedText
  /// How bad it is.
  public var severity: Severity
  /// Which events the rule is about.
  public var condition: Condition
  /// Where the rule stands.
  public var source: RuleSource
  /// Whether the rule is evidence only and no finding by itself.
  public var isSignal = false
  /// Whether correlations name the rule and none of them makes it a finding by itself.
  public var servesCorrelationsOnly = false
  /// The matches of other rules that the rule is about; its condition is ``Condition/never`` then.
  public var correlation: Correlation?
  /// What the fields that correlations name are called in some of the rule's events.
  var otherFieldNames: [String: [String]] = [:]
  /// Whether its facts could not be verified.
  public var isUnverified = false
  /// Words that evidence finds the rule by.
  public var tags: [String] = []
  /// The names of the insertion strings `%1` to `%n`.
  public var parameters: [String] = []
  /// The sentence for the report.
  public var message: MessageTemplate?
  /// The sentence in other languages, by BCP 47 tag.
  public var messageTranslations: [String: MessageTemplate] = [:]
  /// The fields and parameters whose distinct values make distinct findings.
  public var groupBy = RuleDefinition.usualGroupBy
  /// Words for the codes of parameters and fields, by name.
  public var valueTables: [String: ValueTable] = [:]
  /// What it means, why it happens, how to check and fix it.
  public var guidance: Guidance {
    get { deferredGuidance.value }
    set { (deferredGuidance, deferredEvidence) = (OnDemand(newValue), nil) }
  }
  /// The rules whose findings are known consequences of this one.
  public var explains: [String] = []
  /// The rules of whose findings this one's are known consequences.
  public var consequenceOf: [String] = []
  /// What the rule says about itself, if it is one of Sigma's.
  public var sigma: SigmaMetadata? {
    get { sigmaAttributes?.metadata }
    set { sigmaAttributes = newValue.map { SigmaAttributes($0) } }
  }
  /// The rule's own tests.
  public var tests: [RuleTest] {
    get { deferredTests.value }
    set { deferredTests = OnDemand(newValue) }
  }
  /// The guidance, where its reading can wait.
  var deferredGuidance = OnDemand(Guidance())
  /// The evidence of the guidance alone, where that is cheaper to read.
  var deferredEvidence: OnDemand<[EvidenceDefinition]>?
  /// What a Sigma rule says about itself, where reading all of it can wait.
  var sigmaAttributes: SigmaAttributes?
  /// The tests, where their reading can wait.
  var deferredTests = OnDemand<[RuleTest]>([])

  /// How findings are told apart unless a rule says otherwise.
  static let usualGroupBy = ["Computer"]

  /// Makes a definition; the optional parts keep their defaults until they are set.
  public init(
    id: String, packID: String, title: LocalizedText, severity: Severity, condition: Condition, source: RuleSource
  ) {
    self.id = id
    self.packID = packID
    self.title = title
    self.severity = severity
    self.condition = condition
    self.source = source
  }
}

extension RuleDefinition {
  /// The names besides the ID by which correlations may refer to the rule.
  var names: [String] { [sigmaAttributes?.name].compactMap { $0 } }
}
