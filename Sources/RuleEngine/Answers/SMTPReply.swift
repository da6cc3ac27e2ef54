/// One reply of a mail server, taken out of a text: `454 4.7.0 Temporary authentication failure`.
public struct SMTPReply: Sendable, Hashable {
  /// What stands before a reply and says whose it is.
  public enum Lead: Sendable, Hashable {
    /// Nothing that would say so.
    case none
    /// `responded with`, `-> `: what the next server said on the connection that the reply around this is about.
    case nextServer
    /// `setup failed on Frontend with`: what the Front End Transport service said.
    case frontEnd
    /// `Remote Server returned`, `said:`, `smtp;`: what a remote server said.
    case remoteServer
    /// `LED=`: the last error of a queue.
    case queue
    /// `Status:`, `#`, `DSN`: the status in a non-delivery report.
    case report
  }

  /// The three digits of RFC 5321, which say whether the sending server tries again.
  public var basic: Int?
  /// The code of RFC 3463, which says what is wrong.
  public var enhanced: EnhancedStatusCode?
  /// The component of Exchange that wrote the reply, such as `RESOLVER.ADR.RecipientNotFound`.
  public var token: String?
  /// The words after the codes, without replies that are quoted in it; at most ``textLimit`` bytes.
  public var text: String
  /// What stands before it.
  public var lead: Lead

  /// The most bytes of a reply's words that are kept.
  public static let textLimit = 400

  /// Makes a reply.
  public init(
    basic: Int? = nil, enhanced: EnhancedStatusCode? = nil, token: String? = nil, text: String = "", lead: Lead = .none
  ) {
    self.basic = basic
    self.enhanced = enhanced
    self.token = token
    self.text = text
    self.lead = lead
  }

  /// The codes, with one blank in between; the token for a reply without.
  public var codes: String {
    let codes = [basic.map(String.init), enhanced?.description].compactMap { $0 }
    return codes.isEmpty ? token ?? "" : codes.joined(separator: " ")
  }

  /// The class of the basic code, or else of the enhanced one: 2, 4 or 5.
  public var replyClass: Int? { basic.map { $0 / 100 } ?? enhanced?.statusClass }

  /// Whether the basic and the enhanced code say different things about trying again.
  public var contradictsItself: Bool {
    guard let basic, let enhanced else { return false }
    return basic / 100 != enhanced.statusClass
  }
}

/// An answer of mail servers as a chain of replies, each of which quotes the next one.
public struct SMTPAnswer: Sendable, Hashable {
  /// The replies, the outermost first; never empty.
  public var replies: [SMTPReply]
  /// Who took part, as far as the text around the answer says.
  public var parties = SMTPParties()

  /// Makes an answer.
  public init(replies: [SMTPReply]) { self.replies = replies }

  /// The reply that says what is wrong.
  public var deciding: SMTPReply { replies.isEmpty ? SMTPReply() : replies[decidingIndex] }

  /// The index of the reply that says what is wrong: the innermost with an enhanced code, unless it only quotes what the
  /// next server said without one; or else the innermost.
  public var decidingIndex: Int {
    let innermost = replies.count - 1
    guard let index = replies.lastIndex(where: { $0.enhanced != nil }), index < innermost else { return innermost }
    let isQuoting = replies[index + 1].lead == .nextServer || replies[index + 1].lead == .frontEnd
    return isQuoting ? innermost : index
  }

  /// The reply that says whether the sending server tries again: the outermost with a basic code, for that is what it
  /// wrote down about its own queue.
  public var retrying: SMTPReply? { replies.first { $0.basic != nil } ?? replies.first { $0.enhanced != nil } }

  /// What tells answers apart: the codes of all replies.
  var signature: [String] { replies.map { $0.codes + " " + ($0.token ?? "") } }
}

/// Who took part in an answer.
public struct SMTPParties: Sendable, Hashable {
  /// The server that wrote the report or holds the queue.
  public var sender: String?
  /// The server that refused, by name.
  public var receiver: String?
  /// Its address.
  public var receiverAddress: String?
  /// The recipient.
  public var recipient: String?
  /// What the report says was done with the message: `failed`, `delayed`, …
  public var action: String?

  /// Makes parties that nothing is known of.
  public init() {}
}
