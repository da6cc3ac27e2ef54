public import RuleEngine

/// What a mail answer means, taken apart.
public struct AnswerExplanation: Sendable {
  /// What becomes of the message.
  public enum Outcome: Sendable, Hashable {
    /// The sending server keeps it and tries again.
    case isRetried
    /// The sender gets it back.
    case isReturned
    /// The sender has got it back.
    case wasReturned
    /// It was taken.
    case isAccepted
  }

  /// The answer.
  public var answer: SMTPAnswer
  /// Who said what, the outermost first.
  public var hops: [AnswerHop]
  /// What becomes of the message, when the answer says so.
  public var outcome: Outcome?
  /// What the catalogue says; several entries when the answer alone does not tell them apart.
  public var entries: [AnswerDefinition]
  /// Whether the code itself is not known, but its class, subject or detail.
  public var isGeneric: Bool
  /// The rules of the events to look for, by ID.
  public var eventRules: [String: Rule] = [:]

  /// Takes an answer apart.
  public init(_ answer: SMTPAnswer, catalog: AnswerCatalog) {
    self.answer = answer
    let lookup = catalog.lookUp(answer.deciding)
    entries = lookup.entries
    isGeneric = lookup.isGeneric
    hops = AnswerHop.hops(of: answer)
    outcome = Self.outcome(of: answer)
  }

  /// The replies whose basic and enhanced codes say different things.
  public var contradictions: [SMTPReply] { answer.replies.filter(\.contradictsItself) }

  private static func outcome(of answer: SMTPAnswer) -> Outcome? {
    switch answer.parties.action {
    case "failed": return .wasReturned
    case "delayed": return .isRetried
    default: break
    }
    switch answer.retrying?.replyClass {
    case 2: return .isAccepted
    case 4: return .isRetried
    case 5: return .isReturned
    default: return nil
    }
  }
}

/// One reply of an answer with who gave it to whom.
public struct AnswerHop: Sendable, Hashable {
  /// A part that a server plays in an answer.
  public enum Role: Sendable, Hashable {
    /// The server that has the message and tries to send it.
    case sender
    /// The Front End Transport service, which passes connections on.
    case frontEnd
    /// The server that the sender connected to.
    case receiver
    /// The Exchange server that had the message and wrote the answer about its own work.
    case exchange
    /// The server that wrote the report of non-delivery.
    case reporter
    /// A server of which nothing is known.
    case someone
  }

  /// The reply.
  public var reply: SMTPReply
  /// Who gave it.
  public var speaker: Role
  /// To whom; nil for what a server noted for itself.
  public var listener: Role?
  /// Whether this is the reply that says what is wrong.
  public var decides: Bool

  static func hops(of answer: SMTPAnswer) -> [AnswerHop] {
    let replies = answer.replies
    let isRemote = answer.parties.receiver != nil
    return replies.indices.map { index in
      let next = index + 1 < replies.count ? replies[index + 1].lead : nil
      let outer = index > 0 ? replies[index - 1] : nil
      let (speaker, listener) = roles(replies[index], quotes: next, outer: outer, isRemote: isRemote)
      return AnswerHop(
        reply: replies[index], speaker: speaker, listener: listener, decides: index == answer.decidingIndex)
    }
  }

  /// Who gave a reply to whom, by what stands before it and before the one that it quotes.
  private static func roles(
    _ reply: SMTPReply, quotes next: SMTPReply.Lead?, outer: SMTPReply?, isRemote: Bool
  ) -> (speaker: Role, listener: Role?) {
    if reply.lead == .frontEnd { return (.frontEnd, .sender) }
    let isNote = next == .nextServer || next == .frontEnd
    switch reply.lead {
    case .nextServer: return (.receiver, outer?.lead == .frontEnd ? .frontEnd : .sender)
    // Reports also say so of the server's own refusals; they name another server only when there was one.
    case .remoteServer where !isNote && (isRemote || !reply.isLocal): return (.receiver, .sender)
    case .report where next != nil: return (.reporter, nil)
    default: break
    }
    if isNote || reply.lead == .queue { return (.sender, nil) }
    if reply.isLocal { return (.exchange, nil) }
    return (.someone, nil)
  }
}

extension SMTPReply {
  /// Whether a component of Exchange wrote it about its own work, and no other server.
  fileprivate var isLocal: Bool { token != nil }
}
