/// What a rule says about an event beyond matching it: what it means, why it happens, how to check and fix it.
public struct Guidance: Sendable, Hashable {
  /// What the event means and who is affected, in one to three sentences.
  public var meaning: LocalizedText?
  /// What users, senders or administrators see.
  public var symptoms: [LocalizedText] = []
  /// Possible causes, the most likely first.
  public var causes: [Cause] = []
  /// Pages that say so; absolute URLs.
  public var references: [String] = []

  /// Makes empty guidance.
  public init() {}
}

/// One possible cause of a finding.
public struct Cause: Sendable, Hashable {
  /// Unique within its rule.
  public var id: String
  /// The cause in one line.
  public var title: LocalizedText
  /// Why it leads to the event.
  public var why: LocalizedText?
  /// What in the logs speaks for or against it.
  public var evidence: [EvidenceDefinition] = []
  /// The logs without which nothing can be said about it.
  public var needs: [NeededChannel] = []
  /// Steps that confirm or exclude it, in order.
  public var checks: [CheckStep] = []
  /// How to remedy it, in Markdown.
  public var fix: LocalizedText?
  /// Pages that say so; absolute URLs.
  public var references: [String] = []

  /// Makes a cause.
  public init(id: String, title: LocalizedText) {
    self.id = id
    self.title = title
  }
}

/// One step of a check: a command to run, or something to look at.
public struct CheckStep: Sendable, Hashable {
  /// What is to be done.
  public enum Action: Sendable, Hashable {
    /// A command to copy, for PowerShell or the command prompt.
    case run(String)
    /// Something to look at by hand.
    case look(LocalizedText)
  }

  /// What is to be done.
  public var action: Action
  /// Where, such as "the receiving Exchange server".
  public var place: LocalizedText?
  /// What to expect when all is well, or what would confirm the cause.
  public var expect: LocalizedText?

  /// Makes a step.
  public init(action: Action, place: LocalizedText? = nil, expect: LocalizedText? = nil) {
    self.action = action
    self.place = place
    self.expect = expect
  }
}

/// A log that must have been fed in before a cause can be judged.
public struct NeededChannel: Sendable, Hashable {
  /// The channel's name, such as `System`.
  public var channel: String
  /// The computer it must come from.
  public var scope: EvidenceScope

  /// Makes a need.
  public init(channel: String, scope: EvidenceScope = .same) {
    self.channel = channel
    self.scope = scope
  }
}
