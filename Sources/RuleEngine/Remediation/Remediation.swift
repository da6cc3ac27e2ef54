/// What to do about findings of rules that do not say so themselves, such as those of Sigma.
public struct Remediation: Sendable {
  /// Which rules a remediation is for.
  public enum Target: Sendable, Hashable {
    /// The rule of that ID; for a Sigma rule its UUID.
    case rule(String)
    /// Rules that carry a tag, such as `attack.t1110` or `attack.credential-access`.
    case tag(String)
    /// Rules of a Sigma log source; what it leaves out may be anything.
    case logSource(SigmaLogSource)
    /// Every rule that nothing more specific is for.
    case anyRule
  }

  /// Unique over all packs, such as `lsass-memory`.
  public var id: String
  /// The pack that it is from.
  public var packID: String
  /// Which rules it is for; any of them.
  public var targets: [Target]
  /// What it is about, in one line without a full stop.
  public var title: LocalizedText
  /// Where it stands.
  public var source: RuleSource
  /// What is to be done.
  public var steps: RemediationSteps { deferredSteps.value }
  /// Whether it names causes; known before the steps are read.
  let hasCauses: Bool
  /// The steps, where their reading can wait.
  let deferredSteps: OnDemand<RemediationSteps>

  /// Makes a remediation.
  public init(
    id: String, packID: String, targets: [Target], title: LocalizedText, source: RuleSource, steps: RemediationSteps
  ) {
    self.init(
      id: id, packID: packID, targets: targets, title: title, source: source, hasCauses: !steps.causes.isEmpty,
      deferredSteps: OnDemand(steps))
  }

  init(
    id: String, packID: String, targets: [Target], title: LocalizedText, source: RuleSource, hasCauses: Bool,
    deferredSteps: OnDemand<RemediationSteps>
  ) {
    self.id = id
    self.packID = packID
    self.targets = targets
    self.title = title
    self.source = source
    self.hasCauses = hasCauses
    self.deferredSteps = deferredSteps
  }
}

/// What a remediation says: first contain, then check, eradicate and recover.
public struct RemediationSteps: Sendable, Hashable {
  /// What has happened, in plain words.
  public var meaning: LocalizedText?
  /// When it is harmless, to be read after "often harmless when".
  public var harmless: LocalizedText?
  /// What to do first, so that it gets no worse; Markdown.
  public var contain: LocalizedText?
  /// Steps that tell whether it is harmless, in order; they change nothing.
  public var checks: [CheckStep] = []
  /// How to remove it; Markdown.
  public var eradicate: LocalizedText?
  /// How to come back to normal, and how to prevent it; Markdown.
  public var recover: LocalizedText?
  /// Possible causes with evidence, which the report judges as those of any rule.
  public var causes: [Cause] = []
  /// Pages that say so; absolute URLs.
  public var references: [String] = []

  /// Makes empty steps.
  public init() {}
}
